"""Code blocks: as they stand, long lines folded visibly, Python with quiet highlights."""

import re
from collections.abc import Sequence

from rich.text import Text

from quiz.terminal.inline import wrapped
from quiz.terminal.text import width

_PYTHON = re.compile(
    r"(?P<comment>#.*)"
    r"|(?P<string>[rbfRBF]{0,2}(?:\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'))"
    r"|(?P<keyword>\b(?:and|as|assert|async|await|break|case|class|continue|def|del|elif|else|except|finally|for|from"
    r"|global|if|import|in|is|lambda|match|nonlocal|not|or|pass|raise|return|try|while|with|yield|None|True|False)\b)"
    r"|(?P<number>\b\d[\d_.]*(?:[eE][-+]?\d+)?\b)"
)


def code(lines: Sequence[str], language: str, room: int, *, plain: bool, numbers: bool) -> list[Text]:
    """`lines` of code (clean, no tabs) in at most `room` cells, indented or numbered; nothing is cut off."""
    digits = len(str(len(lines)))
    done: list[Text] = []
    for number, line in enumerate(lines, 1):
        first = f"{number:>{digits}}{'  ' if plain else ' │ '}" if numbers else "    "
        text = Text(line.rstrip())
        if not plain and language.partition(" ")[0].lower() in ("python", "py"):
            _highlight(text)
        pieces = [text]
        if width(text.plain) > room - len(first):
            pieces = wrapped(text, room - len(first) - 2)
        for nth, piece in enumerate(pieces):
            prefix = " " * len(first) + "↳ " if nth else first
            style = "quiet" if (numbers or nth) and not plain else ""
            done.append(Text.assemble((prefix, style), piece))
    for text in done:
        text.rstrip()
    return done


def _highlight(text: Text) -> None:
    for found in _PYTHON.finditer(text.plain):
        text.stylize(f"code.{found.lastgroup}", *found.span())
