"""Markdown within a paragraph: emphasis, code, links, formulas, and the escapes that keep them from being seen."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from rich.text import Text

from quiz.terminal.text import breaks, width

GLUED: Final = 24
"""Cells; a formula up to this long is kept on one line."""

_SPECIAL = re.compile(
    r"\\(?P<escape>[!-/:-@\[-`{-~])"
    r"|(?P<ticks>`+)"
    r"|\$\$(?P<display>(?:[^$\\]|\\.)++)\$\$"
    r"|\$(?=[^\s$])(?P<formula>(?:[^$\\]|\\.)++)(?<=\S)\$(?!\d)"
    r"|!?\[(?P<label>[^\[\]]*+)\]\((?P<url>(?:[^()\s]|\([^()\s]*+\))++)(?: \"[^\"]*+\")?\)"
    r"|(?P<run>\*+|_+)",
    re.DOTALL,
)
_FENCED = re.compile(r"^ *```.*?^ *```", re.DOTALL | re.MULTILINE)
_FURTHEST: Final = 50  # openers looked back at for a closing run: enough for any writer, and keeps bad text quick


class _Run(NamedTuple):
    """A run of * or _ that may open emphasis."""

    piece: int
    mark: str
    size: int


class _Spans:
    """The pieces of a text as they will be shown, and which of them are styled."""

    def __init__(self, plain: bool) -> None:
        self.plain = plain
        self.pieces: list[str] = []
        self.styles: list[tuple[int, int, str]] = []
        self.open: list[_Run] = []

    def add(self, text: str, style: str = "") -> None:
        if style:
            self.styles.append((len(self.pieces), len(self.pieces) + 1, style))
        self.pieces.append(text)

    def emphasis(self, mark: str, count: int, opens: bool, closes: bool) -> None:
        """Match a run of `count` marks with those that are open, as far as it closes; what is left may open."""
        here = len(self.pieces)
        self.pieces.append("")
        while closes and count:
            nearest = range(len(self.open) - 1, max(-1, len(self.open) - _FURTHEST), -1)
            found = next((at for at in nearest if self.open[at].mark == mark), None)
            if found is None:
                break
            opener = self.open[found]
            used = min(2, count, opener.size)
            self.styles.append((opener.piece + 1, here, "bold" if used == 2 else "italic"))
            del self.open[found:]
            count -= used
            self.pieces[opener.piece] = mark * (opener.size - used)
            if opener.size > used:
                self.open.append(opener._replace(size=opener.size - used))
        self.pieces[here] = mark * count
        if opens and count:
            self.open.append(_Run(here, mark, count))

    def text(self) -> Text:
        starts = [0]
        for piece in self.pieces:
            starts.append(starts[-1] + len(piece))
        text = Text("".join(self.pieces))
        if not self.plain:
            for first, last, style in self.styles:
                text.stylize(style, starts[first], starts[last])
        return text


def spans(source: str, *, plain: bool) -> Text:
    """`source` (clean, one paragraph) with its inline Markdown turned into styles; `plain`: into nothing."""
    result = _Spans(plain)
    _scan(source, result)
    return result.text()


def wrapped(text: Text, cells: int) -> list[Text]:
    """`text` in lines of at most `cells` (at least 2), without spaces at their ends."""
    lines = list(text.divide(breaks(text.plain, max(2, cells))))
    for line in lines:
        line.rstrip()
    return lines


def undrawable(markdown: str) -> Iterator[str]:
    """The formulas of a text that can only be shown as their source."""
    from quiz.terminal.formula import inline

    source = _FENCED.sub("", markdown)
    closing, at = _closing_ticks(source), 0
    while found := _SPECIAL.search(source, at):
        at, kind = found.end(), found.lastgroup
        if kind == "ticks" and found.start() in closing:
            at = closing[found.start()] + len(found["ticks"])
        elif kind in ("display", "formula") and inline(found[kind]).startswith("$"):
            yield found[kind]


def _scan(source: str, result: _Spans) -> None:
    closing = _closing_ticks(source)
    at = 0
    while found := _SPECIAL.search(source, at):
        result.add(source[at : found.start()])
        at = found.end()
        kind = found.lastgroup
        if kind == "escape":
            result.add(found["escape"])
        elif kind == "ticks" and found.start() in closing:
            end = closing[found.start()]
            code = source[at:end]
            at = end + len(found["ticks"])
            result.add(source[found.start() : at] if result.plain else _unpadded(code), "code")
        elif kind in ("display", "formula"):
            result.add(found.group() if result.plain else _formula(found[kind]))
        elif kind == "url":
            _scan(found["label"], result)
            if found["url"] != found["label"]:
                result.add(f" ({found['url']})", "quiet")
        elif kind == "run":
            before, after = source[found.start() - 1 : found.start()], source[at : at + 1]
            result.emphasis(found["run"][0], len(found["run"]), *_flanks(found["run"][0], before, after))
        else:
            result.add(found.group())
    result.add(source[at:])


def _closing_ticks(source: str) -> dict[int, int]:
    """Where each run of backticks that opens code is closed: the next run of the same length."""
    closing: dict[int, int] = {}
    later: dict[int, int] = {}
    for run in reversed(list(re.finditer("`+", source))):
        size = run.end() - run.start()
        if size in later:
            closing[run.start()] = later[size]
        later[size] = run.start()
    return closing


def _unpadded(code: str) -> str:
    """Code without the one space on either side that lets it begin or end with a backtick."""
    padded = code.startswith(" ") and code.endswith(" ") and code.strip()
    return code[1:-1] if padded else code


def _formula(latex: str) -> str:
    from quiz.terminal.formula import inline

    text = inline(latex)
    return text.replace(" ", "\u00a0") if width(text) <= GLUED else text


def _flanks(mark: str, before: str, after: str) -> tuple[bool, bool]:
    """Whether a run between these two characters may open and may close emphasis (CommonMark's flanking rules)."""
    left = after.strip() != "" and (after.isalnum() or not before.isalnum())
    right = before.strip() != "" and (before.isalnum() or not after.isalnum())
    if mark == "_":  # never within a word such as d_model
        return left and not before.isalnum(), right and not after.isalnum()
    return left, right
