"""A matrix as a field of cells: numbers on colours; without colours or room, numbers beside shades or shades alone."""

from collections.abc import Sequence
from string import ascii_letters
from typing import Final

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from quiz.terminal.numbers import finite, number
from quiz.terminal.text import clean, cut, wrap
from quiz.terminal.text import width as cells

_SHADES: Final = " ░▒▓█"
_RAMP: Final = ((68, 1, 84), (59, 82, 139), (33, 145, 140), (94, 201, 98), (253, 231, 37))  # viridis: even also in grey

Matrix = Sequence[Sequence[float]]


class Heatmap:
    """Draws itself with the colours that its console has, and with shades where it has too few."""

    def __init__(self, coloured: Text, shaded: Text) -> None:
        self.coloured, self.shaded = coloured, shaded

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield self.coloured if console.color_system in ("256", "truecolor") and not console.no_color else self.shaded


def heatmap(
    matrix: Matrix,
    *,
    width: int,
    row_labels: Sequence[str] | None = None,
    column_labels: Sequence[str] | None = None,
    title: str = "",
    missing: str = "",
) -> Heatmap:
    """`matrix` (rows of one length, the first on top) in `width` columns; `missing` stands for what is no number.

    Where the numbers do not fit, there are cells of shades or colours alone, the extremes in words and a key to the
    columns; where even those do not, neighbouring columns are averaged.
    """
    names = [clean(name) for name in row_labels or ("",) * len(matrix)]
    heads = [clean(name) for name in column_labels or ()]
    side = min(max(map(cells, names), default=0), width // 3)
    names = [cut(name, side) for name in names]
    values = [finite(value) for row in matrix for value in row]
    known = [value for value in values if value is not None]
    first = Text(no_wrap=True)
    if title:
        first.append(clean(title) + "\n", "title")
    if not known:
        return Heatmap(first.append("no data"), first)
    field = _Field(matrix, min(known), max(known), missing)
    figures = _figures(matrix)
    size = max(len(text) for row in figures for text in row)
    columns = max(map(len, matrix))
    if side + (size + 2) * columns <= width:
        size = max(size, min(max(map(cells, heads), default=0), (width - side) // columns - 2))
        return Heatmap(*(field.numbered(first, names, side, heads, figures, size, shades) for shades in (False, True)))
    return Heatmap(*(field.shaded(first, names, side, heads, width, shades) for shades in (False, True)))


def _figures(matrix: Matrix) -> list[list[str]]:
    """The numbers of a matrix, alike: whole, or with two decimals, or, where those do not tell, as short as they go."""
    values = [float(value) for row in matrix for value in row]
    known = [value for value in values if finite(value) is not None]
    largest = max(map(abs, known))
    whole = all(value == round(value) for value in known) and largest < 1e4
    form = "{:.0f}" if whole else "{:.2f}" if 0.1 <= largest < 100 else ""
    return [[form.format(float(value)) if form else number(value) for value in row] for row in matrix]


class _Field:
    """The cells of a matrix between its least and its greatest value."""

    def __init__(self, matrix: Matrix, low: float, high: float, missing: str) -> None:
        self.matrix, self.low, self.high, self.missing = matrix, low, high, missing

    def share(self, value: float) -> float | None:
        """Where a value lies: 0 the least, 1 the greatest, None no number."""
        known = finite(value)
        if known is None:
            return None
        return (known - self.low) / (self.high - self.low) if self.high > self.low else 0.5

    def numbered(
        self,
        first: Text,
        names: Sequence[str],
        side: int,
        heads: Sequence[str],
        figures: Sequence[Sequence[str]],
        size: int,
        shades: bool,
    ) -> Text:
        text = first.copy()
        if heads:
            text.append(" " * side + "".join(f"{cut(head, size):>{size}}".rjust(size + 1) + " " for head in heads))
            text.append("\n")
        for name, row, shown in zip(names, self.matrix, figures, strict=True):
            text.append(name + " " * (side - cells(name)), "quiet")
            for value, figure in zip(row, shown, strict=True):
                share = self.share(value)
                if share is None and self.missing:
                    text.append(f" {self.missing:>{size}} ", "quiet")
                    continue
                text.append(f" {figure:>{size}}{_shade(share) if shades else ' '}", "" if shades else _style(share))
            text.append("\n")
        return text.append_text(self.scale(shades))

    def shaded(
        self, first: Text, names: Sequence[str], side: int, heads: Sequence[str], width: int, shades: bool
    ) -> Text:
        text = first.copy()
        columns = max(map(len, self.matrix))
        room = width - side - 1
        size = 2 if 2 * columns <= room else 1
        together = -(-columns // room)
        keyed = len(heads) if together == 1 and len(heads) <= len(ascii_letters) else 0
        if keyed:
            letters = "".join(letter.ljust(size) for letter in ascii_letters[:keyed])
            text.append(" " * (side + 1) + letters.rstrip() + "\n", "quiet")
        for name, row in zip(names, self.matrix, strict=True):
            text.append(name + " " * (side - cells(name) + 1), "quiet")
            for start in range(0, len(row), together):
                share = self.share(_mean(row[start : start + together]))
                text.append((_shade(share) if shades else " ") * size, "" if shades else _style(share))
            text.append("\n")
        text.append_text(self.scale(shades))
        notes = [self.extremes(names, heads)]
        if together > 1:
            notes.append(f"each cell is the mean of {together} columns")
        if keyed:
            notes.append("columns: " + ", ".join(map(" ".join, zip(ascii_letters, heads, strict=False))))
        for note in notes:
            text.append("\n" + "\n".join(wrap(note, width)), "quiet")
        return text

    def scale(self, shades: bool) -> Text:
        text = Text(f"{number(self.low)} ")
        for step in range(5):
            text.append((_shade(step / 4) if shades else " ") * 2, "" if shades else _style(step / 4))
        return text.append(f" {number(self.high)}")

    def extremes(self, names: Sequence[str], heads: Sequence[str]) -> str:
        places = {finite(value): (i, j) for i, row in enumerate(self.matrix) for j, value in enumerate(row)}
        words = []
        for word, value in (("least", self.low), ("most", self.high)):
            i, j = places[value]
            row, column = names[i] or f"row {i + 1}", heads[j] if heads else f"column {j + 1}"
            words.append(f"{word} {number(value)} at {row}, {column}")
        return "; ".join(words)


def _mean(values: Sequence[float]) -> float:
    known = [value for value in map(finite, values) if value is not None]
    return sum(known) / len(known) if known else float("nan")


def _shade(share: float | None) -> str:
    return "?" if share is None else _SHADES[min(4, int(share * 5))]


def _style(share: float | None) -> str:
    """Black or white, whichever can be read, on the colour of a share."""
    if share is None:
        return "quiet"
    place = share * (len(_RAMP) - 1)
    below = min(int(place), len(_RAMP) - 2)
    part = place - below
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(_RAMP[below], _RAMP[below + 1], strict=True))
    ink = "black" if 0.299 * red + 0.587 * green + 0.114 * blue > 110 else "white"
    return f"{'#000000' if ink == 'black' else '#ffffff'} on #{red:02x}{green:02x}{blue:02x}"
