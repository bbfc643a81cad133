"""One question taken out of a bank file's text and put back, other lines left as they are; pure functions on text."""

import re
from typing import NamedTuple

from quiz.bank.events import Raw
from quiz.bank.parse import parse
from quiz.errors import Failed

HEAD = "schema: 1\nquestions:\n"
_LIST = re.compile(r"^questions:([ \t]*\[[ \t]*\])?(?=[ \t]*(#|\r?$))", re.MULTILINE)


class Span(NamedTuple):
    """The lines of a question in a text, `start` included, `end` not; from 0."""

    start: int
    end: int
    column: int
    """Where its dash stands."""


def taken(text: str, question: str) -> str:
    """The lines of a question, from its dash on, as they stand; raises Failed where they cannot be told apart."""
    lines = _lines(text)
    span = _span(text, question)
    return "".join(lines[span.start : span.end]).replace("\r\n", "\n")


def drafted(block: str, note: str) -> str:
    """What the editor shows: a note as comments, then the question as a bank file of its own."""
    return "".join(f"# {line}\n" for line in note.splitlines()) + "\n" + HEAD + block


def typed(draft: str) -> str:
    """The question's lines out of an edited draft: all below `questions:`, with the comments among them."""
    below = re.split(r"^questions:[^\n]*\n", draft.replace("\r\n", "\n"), maxsplit=1, flags=re.MULTILINE)[-1]
    return below.strip("\n") + "\n"


def replacing(block: str, version: str) -> str:
    """A shipped question's lines with `replaces:` as the last field, so that a change of the original is noticed."""
    first = re.match(r"\s*-\s*", block)
    column = len(first[0]) - (first[0].rfind("\n") + 1) if first else 0
    return f"{block}{' ' * column}replaces: {version}\n"


def put_back(text: str, question: str, block: str) -> str:
    """The text with the lines of a question replaced by `block`; raises Failed if any other question would change."""
    span = _span(text, question)
    lines = _lines(text)
    lines[span.start : span.end] = _fitted(block, span.column, text)
    return _kept(text, _joined(lines, text), _place(text, question))


def added(text: str, block: str) -> str:
    """The text with a question more, at the end of its list; an empty text becomes a bank file."""
    if not text.strip():
        return HEAD + "".join(_fitted(block, 2, ""))
    if raws := _raws(text):
        lines = _lines(text)
        span = _extent(raws[-1], lines)
        lines[span.end : span.end] = ["\r\n" if "\r\n" in text else "\n", *_fitted(block, span.column, text)]
    elif begin := _LIST.search(text):
        lines = _lines(text[: begin.start()] + "questions:" + text[begin.end() :])
        here = text[: begin.start()].count("\n") + 1
        lines[here:here] = _fitted(block, 2, text)
    else:
        raise Failed("The bank file has no `questions:` to add to: repair it first (`quiz bank check`).")
    return _kept(text, _joined(lines, text))


def _span(text: str, question: str) -> Span:
    return _extent(_raws(text)[_place(text, question)], _lines(text))


def _place(text: str, question: str) -> int:
    for place, raw in enumerate(_raws(text)):
        if raw.fields.get("id") == question:
            return place
    raise Failed(f"The question {question!r} is no longer in the file: another program has changed it. Try again.")


def _raws(text: str) -> list[Raw]:
    whole = text if text.endswith("\n") else text + "\n"
    return [item for item in parse(whole.encode("utf-8", "surrogatepass")) if isinstance(item, Raw)]


def _extent(raw: Raw, lines: list[str]) -> Span:
    """Where a question stands: from the line of its dash up to its last line that is neither blank nor a comment."""
    start = raw.line - 1
    while start and lines[start].lstrip(" \ufeff")[:1] != "-":
        start -= 1
    dash = re.match(r"( *)-(?: +[^\s\[{]| *\r?$)", lines[start])
    if not raw.end or not dash:
        raise Failed(
            f"The question on line {raw.line} cannot be told apart from the lines around it: edit the file itself."
        )
    column, end = len(dash[1]), raw.end - 1
    while end - 1 > start and _between(lines[end - 1], column):
        end -= 1
    return Span(start, end, column)


def _between(line: str, column: int) -> bool:
    """Whether a line behind a question belongs to nobody: blank, or a comment that is not part of a block of text."""
    bare = line.strip()
    return not bare or (bare.startswith("#") and len(line) - len(line.lstrip(" ")) <= column + 2)


def _fitted(block: str, column: int, text: str) -> list[str]:
    """The block's lines with its dash in `column` and the text's line ends."""
    lines = _lines(block)
    first = next((line for line in lines if line.lstrip(" ").startswith("-")), "")
    shift = column - (len(first) - len(first.lstrip(" ")))
    moved = [" " * shift + line if shift > 0 else line.removeprefix(" " * -shift) for line in lines]
    kept = [line if fit.isspace() else fit for line, fit in zip(lines, moved, strict=True)]
    return [line.replace("\n", "\r\n") for line in kept] if "\r\n" in text else kept


def _kept(before: str, after: str, place: int | None = None) -> str:
    """`after`, once it is certain that only one question differs: that at `place`, or a new one."""
    old, new = ([raw.fields for raw in _raws(text)] for text in (before, after))
    if place is not None:
        del old[place]
    same = next((at for at, (ours, theirs) in enumerate(zip(old, new, strict=False)) if ours != theirs), len(old))
    if len(new) != len(old) + 1 or new[:same] + new[same + 1 :] != old:
        raise Failed("The question cannot be put back without changing others: edit the file itself.")
    return after


def _lines(text: str) -> list[str]:
    whole = text if text.endswith("\n") else text + "\n"
    return [line + "\n" for line in whole.split("\n")[:-1]]


def _joined(lines: list[str], text: str) -> str:
    joined = "".join(lines)
    return joined if text.endswith("\n") else joined.removesuffix("\n").removesuffix("\r")
