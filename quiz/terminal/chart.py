"""Charts of text: curves in braille, bars and histograms, each with its numbers and readable without colour.

What is not a finite number (or not positive, on a logarithmic axis) is left out and counted.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from math import ceil, floor, inf, log10, sqrt
from string import ascii_uppercase
from typing import Final, NamedTuple

from rich.text import Text

from quiz.terminal.heatmap import heatmap
from quiz.terminal.numbers import finite, number
from quiz.terminal.text import clean, wrap
from quiz.terminal.text import width as cells

__all__ = ["bars", "heatmap", "histogram", "line_chart", "spark"]

_DOTS: Final = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))  # of a braille cell, by row and column
_COLOURS: Final = 6  # series.0 ... in the theme
_EIGHTHS: Final = " ▏▎▍▌▋▊▉█"
_MARK_EVERY: Final = 16  # columns between two letters on a curve

Point = tuple[float, float]
Series = Mapping[str, tuple[Sequence[float], Sequence[float]]]


class _Axis(NamedTuple):
    """A range of values, and where in it a value lies."""

    low: float
    high: float
    log: bool

    def place(self, value: float) -> float:
        """0 at the lower end, 1 at the upper."""
        low, high, at = (log10(v) if self.log else v for v in (self.low, self.high, value))
        return (at - low) / (high - low)

    def ticks(self, most: int) -> list[float]:
        """Round values within the range, about `most`; powers of ten where a logarithmic axis has two."""
        if self.log:
            first, last = ceil(log10(self.low) - 1e-9), floor(log10(self.high) + 1e-9)
            if last > first:
                return [10.0**power for power in range(first, last + 1, ceil((last - first) / most))]
        return _round_values(self.low, self.high, most)


def _round_values(low: float, high: float, most: int, *, around: bool = False) -> list[float]:
    """The multiples of 1, 2 or 5 times a power of ten from `low` to `high`, about `most`; `around`: enclosing both."""
    rough = (high - low) / most
    power = 10.0 ** floor(log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.7)
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    if around:
        first, last = floor(low / step + 1e-9), max(ceil(high / step - 1e-9), floor(low / step + 1e-9) + 1)
    return [float(f"{i * step:.12g}") for i in range(first, last + 1)]


def _axis(values: Iterable[float], log: bool, ticks: int = 0) -> _Axis:
    """The range of `values`, never empty; with `ticks` a linear one is widened to round ends."""
    low, high = inf, -inf
    for value in values:
        low, high = min(low, value), max(high, value)
    if high - low <= 1e-9 * max(abs(low), abs(high)):
        low, high = (low / 2, high * 2) if log else (low - (abs(low) or 1) / 2, high + (abs(high) or 1) / 2)
    if ticks and not log:
        low, *_, high = _round_values(low, high, ticks, around=True)
    return _Axis(low, high, log)


def line_chart(
    series: Series,
    *,
    width: int,
    height: int = 12,
    log_x: bool = False,
    log_y: bool = False,
    title: str = "",
    x_label: str = "",
    y_label: str = "",
) -> Text:
    """Curves by name, each (xs, ys), in `width` columns and `height` rows of dots with axes and a legend around them.

    Several curves carry the letters of the legend, so that they can be told apart without colour. A gap in a curve is
    where a value is missing.
    """
    curves = {clean(name): _points(*data, log_x, log_y) for name, data in series.items()}
    known = [point for curve in curves.values() for point in curve if point]
    if not known:
        return _titled(title, ["no data"])
    ticks = max(2, height // 3)
    x_axis, y_axis = _axis((x for x, _ in known), log_x), _axis((y for _, y in known), log_y, ticks)
    labels = {round((1 - y_axis.place(value)) * (height - 1)): number(value) for value in y_axis.ticks(ticks)}
    gutter = max(map(len, labels.values()), default=0)
    plot = _Plot(max(8, width - gutter - 2), height)
    for index, curve in enumerate(curves.values()):
        plot.curve([point and (x_axis.place(point[0]), y_axis.place(point[1])) for point in curve], index, len(curves))
    chart = _titled(title, [])
    if y_label:
        chart.append(clean(y_label) + "\n", "quiet")
    for row in range(height):
        label = labels.get(row, "")
        chart.append(f"{label:>{gutter}} {'┤' if label else '│'}", "quiet").append_text(plot.row(row)).append("\n")
    chart.append(_x_axis(x_axis, gutter, plot.width, x_label), "quiet")
    for index, (name, curve) in enumerate(curves.items()):
        ys = [point[1] for point in curve if point]
        words = f"{ascii_uppercase[index % 26]} {name}: " if len(curves) > 1 else f"{name}: " if name else ""
        words += f"{number(ys[0])} → {number(ys[-1])}, {number(min(ys))} to {number(max(ys))}" if ys else "no data"
        chart.append("\n" + "\n".join(wrap(words, width)), f"series.{index % _COLOURS}")
    return _with_note(chart, sum(len(curve) for curve in curves.values()) - len(known), width)


def _points(xs: Sequence[float], ys: Sequence[float], log_x: bool, log_y: bool) -> list[Point | None]:
    pairs = ((finite(x, log_x), finite(y, log_y)) for x, y in zip(xs, ys, strict=False))
    return [None if x is None or y is None else (x, y) for x, y in pairs]


class _Plot:
    """A field of braille cells, `width` by `height`."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.dots = [[0] * width for _ in range(height)]
        self.owner = [[0] * width for _ in range(height)]
        self.marks: dict[tuple[int, int], int] = {}

    def curve(self, points: Sequence[Point | None], index: int, count: int) -> None:
        """Draw a curve through `points` (0 to 1 from the left and from the bottom); number `index` of `count`."""
        path: list[tuple[int, int]] = []
        for start, end in pairwise([None, *points]):
            if end:
                path += self.line(start or end, end)
        for row, column in path:
            self.owner[row][column] = index
        if count > 1 and path:
            self.mark(path, index, count)

    def line(self, start: Point, end: Point) -> list[tuple[int, int]]:
        """Set the dots from one point to another; the cells on the way."""
        (x0, y0), (x1, y1) = ((x * (2 * self.width - 1), (1 - y) * (4 * self.height - 1)) for x, y in (start, end))
        steps = max(1, ceil(max(abs(x1 - x0), abs(y1 - y0))))
        passed = []
        for step in range(steps + 1):
            x, y = round(x0 + (x1 - x0) * step / steps), round(y0 + (y1 - y0) * step / steps)
            self.dots[y // 4][x // 2] |= _DOTS[y % 4][x % 2]
            passed.append((y // 4, x // 2))
        return passed

    def mark(self, path: Sequence[tuple[int, int]], index: int, count: int) -> None:
        """Letters along the curve, and one at its end, beside those of the other curves."""
        end = next((cell for cell in reversed(path) if cell not in self.marks), path[-1])
        self.marks[end] = index
        for row, column in path:
            if column % _MARK_EVERY == (index * _MARK_EVERY // count + 2) % _MARK_EVERY and column < end[1] - 3:
                near = any((row + down, column + right) in self.marks for down in (-1, 0, 1) for right in (-1, 0, 1))
                self.marks |= {} if near else {(row, column): index}

    def row(self, row: int) -> Text:
        line = Text()
        for column, dots in enumerate(self.dots[row]):
            index = self.marks.get((row, column), self.owner[row][column])
            letter = ascii_uppercase[index % 26] if (row, column) in self.marks else chr(0x2800 + dots) if dots else " "
            line.append(letter, f"series.{index % _COLOURS}" if dots else "")
        return line


def _x_axis(axis: _Axis, gutter: int, width: int, label: str) -> str:
    """The line under the plot, its ticks with their numbers, and what they measure."""
    rule, figures = ["─"] * width, ""
    for value in axis.ticks(max(2, width // 12)):
        column = round(axis.place(value) * (width - 1))
        text = number(value)
        start = min(max(0, column - len(text) // 2), width - len(text))
        if start <= len(figures) and figures:
            continue
        rule[column] = "┬"
        figures = figures.ljust(start) + text
    under = " " * (gutter + 2)
    rows = [" " * gutter + " └" + "".join(rule), under + figures.rstrip()]
    return "\n".join(rows + ([under + clean(label).rjust(width)] if label else []))


def histogram(values: Sequence[float], *, bins: int = 12, width: int, title: str = "") -> Text:
    """How many of `values` fall into each of about `bins` equal ranges with round ends, the last one closed."""
    known = [value for value in map(finite, values) if value is not None]
    if not known:
        return _titled(title, ["no data"])
    axis = _axis(known, False)
    edges = _round_values(axis.low, axis.high, bins, around=True)
    counts = [0] * (len(edges) - 1)
    for value in known:
        counts[min(len(counts) - 1, floor((value - edges[0]) / (edges[1] - edges[0]) + 1e-9))] += 1
    names = [number(edge) for edge in edges]
    size = max(map(len, names))
    items = [
        (f"{a:>{size}} to {b:>{size}}", float(count)) for (a, b), count in zip(pairwise(names), counts, strict=True)
    ]
    chart = bars(items, width=width, title=title)
    mean = sum(known) / len(known)
    deviation = sqrt(sum((value - mean) ** 2 for value in known) / len(known))
    words = f"n {len(known)}, mean {number(mean)}, sd {number(deviation)}, {number(min(known))} to {number(max(known))}"
    chart.append("\n" + "\n".join(wrap(words, width)), "quiet")
    return _with_note(chart, len(values) - len(known), width)


def bars(
    items: Sequence[tuple[str, float]],
    *,
    width: int,
    unit: str = "",
    title: str = "",
    fmt: Callable[[float], str] = number,
) -> Text:
    """A bar for each (label, value) with its number and `unit`; negative ones go to the left."""
    if not items:
        return _titled(title, ["no data"])
    labels = [clean(label) for label, _ in items]
    figures = [f"{fmt(value)} {clean(unit)}".rstrip() for _, value in items]
    amounts = [finite(value) or 0.0 for _, value in items]
    name, figure = max(map(cells, labels)), max(map(cells, figures))
    above = width - name - figure - 3 < 10  # labels too long to stand beside their bars
    room = max(4, width - figure - 2 - (1 if above else name + 2))
    low, high = min(0.0, *amounts), max(0.0, *amounts)
    rows = []
    for label, text, value in zip(labels, figures, amounts, strict=True):
        bar = _bar(value, low, high, room)
        beside = label + " " * (name - cells(label)) + " "
        rows += [*wrap(label, width), f" {bar} {text:>{figure}}"] if above else [f"{beside}{bar} {text:>{figure}}"]
    return _titled(title, rows)


def _bar(value: float, low: float, high: float, room: int) -> str:
    span = (high - low) or 1
    zero = round(room * -low / span)
    if value < 0:
        size = max(1, round(room * -value / span))
        return (" " * (zero - size) + "█" * size).ljust(room)
    eighths = 8 * round(room * value / span) if low < 0 else round(8 * room * value / span)
    if value:
        eighths = min(max(1, eighths), 8 * (room - zero))
    return (" " * zero + "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()).ljust(room)


def spark(values: Sequence[float]) -> str:
    """`values` as a row of small columns, one character each; a missing one is a space."""
    known = [value for value in map(finite, values) if value is not None]
    low, span = min(known, default=0.0), max(known, default=0.0) - min(known, default=0.0)
    steps = (finite(value) for value in values)
    return "".join(" " if v is None else "▁▂▃▄▅▆▇█"[round(7 * (v - low) / span) if span else 3] for v in steps)


def _titled(title: str, rows: Sequence[str]) -> Text:
    chart = Text(no_wrap=True)
    if title:
        chart.append(clean(title) + "\n", "title")
    return chart.append("\n".join(rows))


def _with_note(chart: Text, missing: int, width: int) -> Text:
    words = f"{missing} not shown: no finite number on this axis"
    return chart.append("\n" + "\n".join(wrap(words, width)), "note") if missing else chart
