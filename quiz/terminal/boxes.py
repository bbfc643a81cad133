"""Parts of a formula as boxes of text, set beside and above one another with the spaces that LaTeX would leave."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from quiz.terminal.symbols import LOWERED, RAISED, TALL
from quiz.terminal.text import width

_ENDS: Final = frozenset(("operand", "group", "fraction", "word", "limit", "big", "close"))  # what an operator follows
_STARTS: Final = frozenset(("operand", "group", "fraction", "word", "limit", "big", "open"))
_NAMES: Final = ("word", "limit", "big")
_SMALL: Final = frozenset("^_").union(*RAISED.values(), *LOWERED.values()) - {"*", "′"}


class Box(NamedTuple):
    """A part of a formula."""

    rows: tuple[str, ...]
    """All of one width."""
    base: int = 0
    """The row that sits on the line."""
    kind: str = "operand"
    """How it meets its neighbours: operand, group (bracketed), fraction, word (log), limit (max: a word that carries
    limits), big (a sum), relation, sign (+: a relation once something stands before it), comma, tight, open, close,
    space."""
    loose: int = 0
    """0 one thing, 1 a product, 2 a sum or looser: what needs brackets in a fraction or under a root."""

    @property
    def text(self) -> str:
        """The row on the line; all there is, where the box has one row."""
        return self.rows[self.base]

    @property
    def flat(self) -> bool:
        return len(self.rows) == 1


def line(text: str, kind: str = "operand") -> Box:
    return Box((text,), 0, kind)


def bracketed(box: Box, least: int) -> str:
    """The text of a flat box, in brackets when it is at least as loose as `least`."""
    return f"({box.text})" if box.loose >= least else box.text


def compact(box: Box) -> str:
    """The text of a flat box without the spaces around its operators."""
    return re.sub(r" ?([^\w\s]) ?", r"\1", box.text)


def script(box: Box | None, mark: str) -> str:
    """An index (`mark` is _) or exponent (^): small where Unicode has all its letters, else `_model` or `_(x∼p)`."""
    if box is None:
        return ""
    table = RAISED if mark == "^" else LOWERED
    text = compact(box)
    if all(letter in table for letter in text):
        return "".join(table[letter] for letter in text)
    simple = re.fullmatch(r"[<>≤≥−]?\w+(?:\.\d+)?", text) and _SMALL.isdisjoint(text)
    return mark + text if simple or (text.startswith("(") and not box.loose) else f"{mark}({text})"


def with_scripts(box: Box, lower: Box | None, upper: Box | None, *, primes: str = "", flat: bool) -> Box:
    """`box` with an index and an exponent; those of sums and limits stand under and over it unless all is `flat`."""
    if not flat and (lower or upper) and (box.kind == "limit" or (box.kind == "big" and box.text not in "∫∬∮")):
        over, under = ([line(compact(part))] if part else [] for part in (upper, lower))
        return stacked([*over, box, *under], box)
    low, high = script(lower, "_"), primes + script(upper, "^")
    if not low and not high:
        return box
    if box.kind == "fraction":
        box = fenced("(", box, ")")
    ends = [""] * len(box.rows)
    ends[-1] = low
    ends[0] += high
    size = max(map(width, ends))
    rows = (row + end + " " * (size - width(end)) for row, end in zip(box.rows, ends, strict=True))
    return box._replace(rows=tuple(rows))


def join(boxes: Sequence[Box]) -> Box:
    """The boxes of one group side by side, with the spaces that belong between them."""
    if len(boxes) == 1:
        return boxes[0]
    solid = [box for box in boxes if box.kind != "space"]
    pieces: list[Box] = []
    seen: list[Box] = []
    for box in boxes:
        spaced = not pieces or pieces[-1].text.endswith(" ")
        if box.kind == "space":
            pieces += [] if spaced else [box]
            continue
        before = seen[-1] if seen else line("", "open")
        after = solid[len(seen) + 1] if len(seen) + 1 < len(solid) else line("", "close")
        if box.kind == "sign" and before.kind in _ENDS:
            box = box._replace(kind="relation")
        if box.kind == "fraction" and box.flat and (before.kind in _ENDS or after.kind in _STARTS):
            box = fenced("(", box, ")")
        if not spaced and _apart(before, box):
            pieces.append(line(" "))
        pieces.append(box)
        seen.append(box)
    return beside(pieces)._replace(loose=_looseness(seen))


def _apart(before: Box, box: Box) -> bool:
    """Whether a space belongs between two neighbours."""
    if "relation" in (before.kind, box.kind) or before.kind == "comma":
        return True
    if before.kind in _NAMES:
        return box.kind in _STARTS and (before.kind == "big" or box.kind not in ("open", "group"))
    if box.kind in _NAMES:
        return before.kind in _ENDS
    return box.text[:1].isalnum() and re.search(r"[_^]\w+$", before.text) is not None


def _looseness(boxes: Sequence[Box]) -> int:
    """0: one thing, such as f(x) or ∂w; 1: a product; 2: a sum, a list, anything with a sign."""
    if len(boxes) > 1 and boxes[0].text in ("∂", "∇", "Δ"):
        boxes = boxes[1:]
    if len(boxes) > 1 and boxes[0].kind in ("operand", "word", "limit") and boxes[1].kind in ("open", "group"):
        boxes = boxes[1:]
    if len(boxes) == 1:
        return boxes[0].loose
    depth, whole = 0, True
    for box in boxes[:-1]:
        depth += (box.kind == "open") - (box.kind == "close")
        if depth <= 0 and box.kind in ("relation", "comma", "sign"):
            return 2
        whole = whole and depth > 0
    if whole:
        return 0
    return 2 if any(box.kind in _NAMES for box in boxes) else 1  # log p/n could be log(p/n)


def beside(boxes: Sequence[Box]) -> Box:
    """Boxes next to one another, all on one line."""
    above = max((box.base for box in boxes), default=0)
    below = max((len(box.rows) - box.base for box in boxes), default=1)
    rows = [""] * (above + below)
    for box in boxes:
        first = above - box.base
        blank = " " * width(box.text)
        for row in range(len(rows)):
            rows[row] += box.rows[row - first] if first <= row < first + len(box.rows) else blank
    return Box(tuple(rows), above)


def stacked(boxes: Sequence[Box], middle: Box) -> Box:
    """Boxes on top of one another, centred; the line goes through `middle`, whose kind the whole has."""
    size = max(width(box.text) for box in boxes)
    rows: list[str] = []
    base = 0
    for box in boxes:
        if box is middle:
            base = len(rows) + box.base
        rows += padded(box, size, "center").rows
    return Box(tuple(rows), base, middle.kind)


def padded(box: Box, size: int, align: str) -> Box:
    """`box` in a width of `size`: left, right or center."""
    free = size - width(box.text)
    left = {"left": 0, "right": free}.get(align, free // 2)
    return box._replace(rows=tuple(" " * left + row + " " * (free - left) for row in box.rows))


def fraction(upper: Box, lower: Box, *, flat: bool) -> Box:
    if flat:
        return Box((bracketed(upper, 2) + "/" + bracketed(lower, 1),), 0, "fraction", 2)
    bar = line("─" * (max(width(upper.text), width(lower.text)) + 2), "fraction")
    return stacked([upper, bar, lower], bar)


def fenced(left: str, box: Box, right: str) -> Box:
    """`box` between delimiters as tall as it is; an empty one is no delimiter."""
    if box.flat:
        return line(left + box.text + right, "group")
    return beside([_tall(left, box), box, _tall(right, box)])._replace(kind="group")


def _tall(delimiter: str, box: Box) -> Box:
    if delimiter not in TALL:
        return beside([line(delimiter), box._replace(rows=("",) * len(box.rows))])
    top, middle, bottom, fill = tuple(TALL[delimiter])
    rows = [fill] * len(box.rows)
    rows[len(rows) // 2] = middle
    rows[0], rows[-1] = top, bottom
    return Box(tuple(rows), box.base)


def grid(rows: Sequence[Sequence[Box]], aligns: str, gap: int) -> Box:
    """Rows of cells in columns; `aligns` names the alignment of the columns in turn: l, r or c."""
    count = max(map(len, rows))
    cells = [[*row, *[line("")] * (count - len(row))] for row in rows]
    sizes = [max(width(row[column].text) for row in cells) for column in range(count)]
    names = {"l": "left", "r": "right", "c": "center"}
    done: list[str] = []
    for row in cells:
        parts = []
        for column, cell in enumerate(row):
            parts += [line(" " * gap), padded(cell, sizes[column], names[aligns[column % len(aligns)]])]
        done += beside(parts[1:]).rows
    return Box(tuple(done), len(done) // 2, "group")
