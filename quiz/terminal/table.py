"""Tables: columns shrunk to the screen with their cells wrapped, or, where even that is too wide, cell under cell."""

import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from rich.text import Text

from quiz.terminal.inline import spans, wrapped

_BETWEEN = re.compile(r"\\.|`[^`]*+`|\$[^$]*+\$|\|")  # a | within code or a formula divides nothing
_THINNEST: Final = 8  # cells; columns that would have to be thinner are shown under one another
_GAP: Final = "  "


def is_table(lines: Sequence[str], at: int) -> bool:
    """Whether a table begins at this line: a row, and under it the dashes that make it a head."""
    if "|" not in lines[at] or at + 1 == len(lines):
        return False
    dashes = lines[at + 1].strip()
    if set(dashes) - set("|:- ") or "-" not in dashes or "|" not in dashes:
        return False
    return len(cells(lines[at])) == len(cells(dashes))


def table(lines: Sequence[str], at: int, width: int, *, plain: bool) -> tuple[list[Text], int]:
    """The table that begins at this line, in at most `width` cells, and the line after it."""
    right = [cell.endswith(":") and not cell.startswith(":") for cell in cells(lines[at + 1])]
    rows = [_row(lines[at], len(right), plain)]
    at += 2
    while at < len(lines) and "|" in lines[at]:
        rows.append(_row(lines[at], len(right), plain))
        at += 1
    for cell in rows[0]:
        cell.style = "" if plain else "bold"
    wanted = [max(row[column].cell_len for row in rows) for column in range(len(right))]
    sizes = _sizes(wanted, width - len(_GAP) * (len(right) - 1))
    if any(size < min(want, _THINNEST) for want, size in zip(wanted, sizes, strict=True)):
        return _listed(rows, width), at
    rule = Text(_GAP.join(("-" if plain else "─") * size for size in sizes))
    head, *body = [_side_by_side(row, sizes, right) for row in rows]
    return [*head, rule, *(line for row in body for line in row)], at


def cells(row: str) -> list[str]:
    """The cells of a row; a | within code or a formula, or behind a backslash, divides nothing."""
    row = row.strip().removeprefix("|")
    marked = _BETWEEN.sub(lambda found: "\0" if found.group() == "|" else found.group(), row)
    return [cell.strip() for cell in marked.removesuffix("\0").split("\0")]


def _row(line: str, count: int, plain: bool) -> list[Text]:
    """`count` cells: missing ones are empty, surplus ones join the last."""
    found = cells(line)
    found[count - 1 :] = [" | ".join(found[count - 1 :])]
    return [spans(cell.replace(r"\|", "|"), plain=plain) for cell in found + [""] * (count - len(found))]


def _sizes(wanted: Sequence[int], room: int) -> list[int]:
    """The widths of the columns: as wanted, or the widest cut down to what lets all fit."""
    most = max(wanted)
    while most > 1 and sum(min(size, most) for size in wanted) > room:
        most -= 1
    return [min(size, most) for size in wanted]


def _side_by_side(row: Sequence[Text], sizes: Sequence[int], right: Sequence[bool]) -> list[Text]:
    columns = [wrapped(cell, size) for cell, size in zip(row, sizes, strict=True)]
    done = []
    for parts in zip_longest(*columns, fillvalue=Text()):
        line = Text()
        for part, size, to_the_right in zip(parts, sizes, right, strict=True):
            line.append(_GAP if line else "")
            space = " " * (size - part.cell_len)
            line.append(space if to_the_right else "").append_text(part).append("" if to_the_right else space)
        line.rstrip()
        done.append(line)
    return done


def _listed(rows: Sequence[Sequence[Text]], width: int) -> list[Text]:
    """Each row as `head: cell` lines, rows apart."""
    done: list[Text] = []
    for row in rows[1:]:
        done += [Text()] if done else []
        for head, cell in zip(rows[0], row, strict=True):
            done += wrapped(Text.assemble(head, ": ", cell), width)
    return done
