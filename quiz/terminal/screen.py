"""The whole terminal as a page: a part that stays, a part that scrolls, and the keys at the bottom."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.console import Console
from rich.text import Text


class Page(NamedTuple):
    """What is on the screen, in lines no wider than it."""

    top: Sequence[Text]
    """Stays in sight while there is room: the header and the question."""
    body: Sequence[Text]
    """Scrolls."""
    bottom: Sequence[Text]
    """Always in sight: the ratings and the keys."""


def laid_out(page: Page, height: int, scroll: int) -> tuple[list[Text], int]:
    """The lines that fill a screen of `height`, and how far down the body is really scrolled.

    A top that would take more than half of the screen scrolls with the body. What is out of sight is counted.
    """
    bottom = list(page.bottom)[: max(1, height - 1)]
    room = height - len(bottom)
    top, body = list(page.top), list(page.body)
    if len(top) > room // 2:
        top, body = top[:1], top[1:] + body
    view = max(1, room - len(top))
    if len(body) > view:
        view = max(1, view - 1)
        scroll = min(scroll, len(body) - view)
        above, below = scroll, len(body) - view - scroll
        words = [f"↑ {above} lines" if above else "", f"↓ {below} more lines" if below else ""]
        body = [*body[scroll : scroll + view], Text("   ".join(filter(None, words)), "quiet")]
    else:
        scroll = 0
    lines = top + body
    lines += [Text()] * (room - len(lines))
    return (lines + bottom)[:height], scroll


ENTER, LEAVE = "\x1b[?1049h\x1b[?25l", "\x1b[?25h\x1b[?1049l"
"""The alternate screen without a cursor, so that the learner's terminal is as it was when the session ends."""


def draw(console: Console, page: Page, scroll: int = 0) -> int:
    """Draw the page in one write, so that nothing flickers; returns how far down the body is."""
    width, height = console.size
    lines, scroll = laid_out(page, height, scroll)
    with console.capture() as captured:
        for line in lines:
            console.print(line, no_wrap=True, overflow="crop", crop=True, width=width)
    rows = captured.get().split("\n")[: len(lines)]
    console.file.write("\x1b[H" + "\r\n".join(row + "\x1b[K" for row in rows) + "\x1b[J")
    console.file.flush()
    return scroll
