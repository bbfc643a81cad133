"""Untrusted text made safe to show, and its size in terminal cells."""

import re
from itertools import accumulate, pairwise

# Everything a terminal might obey or that hides or reorders text: C0 without \n and \t, DEL, C1 (CSI, OSC ... as one
# character), Unicode's bidirectional controls and line separators, and surrogates, which cannot be encoded at all.
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def clean(text: str) -> str:
    r"""`text` with every character that could steer a terminal shown as an escape: `\x1b`, `\u202e`.

    Printable text, newlines and tabs pass unchanged; Windows' line ends become `\n`. Cleaning twice changes nothing.
    """
    return UNSAFE.sub(_escape, text.replace("\r\n", "\n"))


def _escape(found: re.Match[str]) -> str:
    code = ord(found.group())
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


def width(text: str) -> int:
    """How many cells `text` (one line, no tabs) takes: wide characters two, combining ones none."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len  # the same table as everything else on the screen

    return cell_len(text)


def cut(text: str, cells: int) -> str:
    """The beginning of one line of `text` that fits into `cells`, with … where something is missing."""
    if width(text) <= cells:
        return text
    return "".join(_pieces(text, cells - 1)[:1] if cells > 1 else []) + "…" * (cells > 0)


def breaks(text: str, cells: int) -> list[int]:
    """Where to divide `text`, so that each piece (spaces at its end aside) fits into `cells` (at least 2).

    Lines end at a newline or after a space; a word too long for a line is divided. A no-break space is not a space.
    """
    found = []
    used = 0
    for match in re.finditer(r"[^ \n]*(?:\n| +|$)", text):
        word = match.group().rstrip(" \n")
        size = width(word)
        if used and word and used + size > cells:
            found.append(match.start())
            used = 0
        if size > cells:
            *full, last = _pieces(word, cells)
            found += (match.start() + done for done in accumulate(map(len, full)))
            size = width(last)
        used += size + match.group().count(" ")
        if match.group().endswith("\n"):
            found.append(match.end())
            used = 0
    return found


def wrap(text: str, cells: int) -> list[str]:
    """`text` in lines of at most `cells`: `breaks` applied, without the spaces and newlines at the ends."""
    return [text[start:end].rstrip(" \n") for start, end in pairwise([0, *breaks(text, cells), len(text)])]


def _pieces(word: str, cells: int) -> list[str]:
    """`word` in pieces of at most `cells`, none within a character and its accents."""
    from rich.cells import chop_cells

    return [piece for piece in chop_cells(word, cells) if piece]
