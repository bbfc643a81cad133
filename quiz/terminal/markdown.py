"""Markdown as lines of styled text, wrapped and indented: the part of CommonMark that questions are written in.

Paragraphs, headings, lists, quotes, code, tables, rules, emphasis, links and formulas. HTML stays as it is written, so
that <pad> is seen; what is not Markdown here is text. Rendering never fails and takes time in proportion to the text.
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from rich.text import Text

from quiz.terminal.code import code
from quiz.terminal.inline import spans, wrapped
from quiz.terminal.table import is_table, table
from quiz.terminal.text import clean

NARROWEST: Final = 16
"""Columns that are taken for granted."""
_ROOM: Final = 12  # columns; text that would be left with fewer is not indented further
DEEPEST: Final = 10
"""Lists and quotes within one another; deeper ones are text."""
_FARTHEST: Final = 40  # lines of a display formula


class Page(NamedTuple):
    """How to render."""

    width: int
    plain: bool
    numbers: bool
    depth: int = 0

    def within(self, prefix: str) -> "Page":
        return self._replace(width=self.width - len(prefix), depth=self.depth + 1)

    @property
    def full(self) -> bool:
        """Whether there is no room to indent further."""
        return self.width < _ROOM or self.depth > DEEPEST

    def style(self, name: str) -> str:
        return "" if self.plain else name


Block = tuple[list[Text], int]
"""A rendered block, and the line after it."""


def render(markdown: str, *, width: int, plain: bool = False, numbers: bool = False) -> list[Text]:
    """`markdown` as lines of at most `width` cells (taken as at least NARROWEST), drawn formulas included.

    `plain`: no styles and no drawings, formulas as LaTeX. `numbers`: the lines of fenced code are numbered.
    """
    lines = clean(markdown).expandtabs(4).split("\n")
    return _blocks(lines, Page(max(NARROWEST, width), plain, numbers))


_START = re.compile(
    r" {0,3}(?:(?P<fence>```+|~~~+)|(?P<display>\$\$)|(?P<heading>#{1,6})(?= |$)|(?P<quote>> ?)"
    r"|(?P<rule>([-*_])(?: *\6){2,} *$)|(?P<item>[-*+]|\d{1,9}[.)])(?= |$))| {4}(?P<indented>)"
)


def _kind(line: str) -> str:
    """What a line begins: the name of a group of _START, or a paragraph."""
    start = _START.match(line)
    return (start and start.lastgroup) or "paragraph"


def _blocks(lines: Sequence[str], page: Page) -> list[Text]:
    """The blocks of `lines` under one another, with an empty line where the source has any."""
    done: list[Text] = []
    at, gap, number = 0, False, 0
    while at < len(lines):
        if not lines[at].strip():
            at, gap = at + 1, True
            continue
        kind = _kind(lines[at])
        if kind == "item":  # numbers run on from the first, as in HTML
            first = re.match(r" *(\d+)", lines[at])
            number = 0 if not first else number + 1 if number else int(first[1])
            block = _item(lines, at, page, number)
        else:
            number = 0
            block = _block(kind, lines, at, page)
        if block is None:
            block = _paragraph(lines, at, page)
        done += [Text()] if gap and done else []
        done += block[0]
        at, gap = block[1], False
    return done


def _block(kind: str, lines: Sequence[str], at: int, page: Page) -> Block | None:
    match kind:
        case "fence":
            return _fence(lines, at, page)
        case "display":
            return _display(lines, at, page)
        case "heading":
            words = spans(lines[at].strip().strip("#").strip(), plain=page.plain)
            words.style = page.style("title")
            return wrapped(words, page.width), at + 1
        case "quote":
            return _quote(lines, at, page)
        case "rule":
            return [Text("---" if page.plain else "─" * page.width, page.style("quiet"))], at + 1
        case "indented":
            return _indented_code(lines, at, page)
    if is_table(lines, at):
        return table(lines, at, page.width, plain=page.plain)
    return None


def _indented(lines: Sequence[Text], first: str, rest: str, style: str = "") -> list[Text]:
    """`lines` behind a prefix."""
    done = [Text.assemble((rest if nth else first, style), line) for nth, line in enumerate(lines)]
    for line in done:
        line.rstrip()
    return done


def _paragraph(lines: Sequence[str], at: int, page: Page) -> Block:
    words = ""
    start = at
    while at < len(lines) and lines[at].strip() and (at == start or not _interrupts(lines, at)):
        line = lines[at].lstrip()
        words += line.removesuffix("\\").rstrip() + ("\n" if line.endswith(("  ", "\\")) else " ")
        at += 1
    return wrapped(spans(words.rstrip(), plain=page.plain), page.width), at


def _interrupts(lines: Sequence[str], at: int) -> bool:
    """Whether a line ends the paragraph before it; a number does so only if it is 1."""
    start = _START.match(lines[at])
    if start and start["item"]:
        return start["item"] in ("-", "*", "+", "1.", "1)")
    return _kind(lines[at]) not in ("paragraph", "indented") or is_table(lines, at)


def _item(lines: Sequence[str], at: int, page: Page, number: int) -> Block | None:
    """One item of a list, with all that is indented under it."""
    start = _START.match(lines[at])
    assert start is not None
    marker = start["item"]
    prefix = f"{number}{marker[-1]} " if marker[0].isdigit() else "- " if page.plain else "• "
    inner = page.within(prefix)
    if inner.full:
        return None
    content = lines[at][start.end() :]
    spaces = len(content) - len(content.lstrip())
    offset = start.end() + (spaces if 1 <= spaces <= 4 and content.strip() else 1)
    body = [lines[at][offset:]]
    at += 1
    while at < len(lines):
        ahead = at
        while ahead < len(lines) and not lines[ahead].strip():
            ahead += 1
        if ahead == len(lines):
            break
        line = lines[ahead]
        if len(line) - len(line.lstrip()) >= offset:
            body += [""] * (ahead - at) + [line[offset:]]
        elif ahead == at and _kind(line) in ("paragraph", "indented"):
            body.append(line.lstrip())
        else:
            break
        at = ahead + 1
    return _indented(_blocks(body, inner) or [Text()], prefix, " " * len(prefix), page.style("quiet")), at


def _quote(lines: Sequence[str], at: int, page: Page) -> Block | None:
    prefix = "> " if page.plain else "│ "
    inner = page.within(prefix)
    if inner.full:
        return None
    body: list[str] = []
    while at < len(lines) and lines[at].strip():
        start = _START.match(lines[at])
        if start and start["quote"]:
            body.append(lines[at][start.end() :])
        elif _kind(lines[at]) == "paragraph" and body[-1].strip():
            body.append(lines[at])
        else:
            break
        at += 1
    return _indented(_blocks(body, inner) or [Text()], prefix, prefix, page.style("quiet")), at


def _fence(lines: Sequence[str], at: int, page: Page) -> Block | None:
    opening = lines[at].lstrip()
    indent = len(lines[at]) - len(opening)
    mark = opening[: len(opening) - len(opening.lstrip(opening[0]))]
    language = opening[len(mark) :].strip()
    if "`" in language:
        return None
    body: list[str] = []
    at += 1
    while at < len(lines):
        line = lines[at].strip()
        at += 1
        if line.startswith(mark) and not line.strip(mark[0]):
            break
        whole = lines[at - 1]
        body.append(whole[min(indent, len(whole) - len(whole.lstrip())) :])
    return code(body, language, page.width, plain=page.plain, numbers=page.numbers), at


def _indented_code(lines: Sequence[str], at: int, page: Page) -> Block:
    body: list[str] = []
    while at < len(lines) and (_kind(lines[at]) == "indented" or not lines[at].strip()):
        body.append(lines[at][4:])
        at += 1
    while not body[-1].strip():
        body.pop()
        at -= 1
    return code(body, "", page.width, plain=page.plain, numbers=False), at


def _display(lines: Sequence[str], at: int, page: Page) -> Block | None:
    """A formula between $$ and $$, alone on its lines (a full stop or comma behind it aside)."""
    first, closed, rest = lines[at].strip()[2:].partition("$$")
    body = [first]
    ahead = at + 1
    while not closed and ahead < min(len(lines), at + _FARTHEST):
        line, closed, rest = lines[ahead].partition("$$")
        body.append(line)
        ahead += 1
    latex = "\n".join(body).strip()
    if not closed or not latex or rest.strip(" .,;"):
        return None
    indent = "    " if page.width >= 60 else "  "
    return _indented(_drawn(latex, page.width - len(indent), page.plain), indent, indent), ahead


def _drawn(latex: str, width: int, plain: bool) -> list[Text]:
    """A formula as a drawing; where that is too wide, in one wrapped line; where it is not understood, its source."""
    from quiz.terminal import formula

    if not plain:
        drawn = formula.draw(latex, max_width=width)
        if drawn is not None:
            return [Text(row) for row in drawn]
        inline = formula.inline(latex)
        if inline != f"${latex}$":
            return wrapped(Text(inline), width)
    return wrapped(Text(latex), width)
