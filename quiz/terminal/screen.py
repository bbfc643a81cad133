"""The whole terminal as a page: a part that stays, a part that scrolls, and the keys at the bottom."""

from collections.abc import Sequence
from types import TracebackType
from typing import NamedTuple, Self

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
        body = [*body[scroll : scroll + view], Text("   ".join(filter(None, words)), "dim")]
    else:
        scroll = 0
    lines = top + body
    lines += [Text()] * (room - len(lines))
    return (lines + bottom)[:height], scroll


class Screen:
    """The alternate screen, so that the learner's terminal is as it was when the session ends."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def __enter__(self) -> Self:
        self.console.set_alt_screen(True)
        self.console.show_cursor(False)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.console.show_cursor(True)
        self.console.set_alt_screen(False)

    def draw(self, page: Page, scroll: int = 0) -> int:
        """Draw the page in one write, so that nothing flickers; returns how far down the body is."""
        width, height = self.console.size
        lines, scroll = laid_out(page, height, scroll)
        with self.console.capture() as captured:
            for line in lines:
                self.console.print(line, no_wrap=True, overflow="crop", crop=True, highlight=False, width=width)
        rows = captured.get().split("\n")[: len(lines)]
        self.console.file.write("\x1b[H" + "\r\n".join(row + "\x1b[K" for row in rows) + "\x1b[J")
        self.console.file.flush()
        return scroll
