"""An interview on a terminal: the clock ticks, what is typed is kept, keys do what the screen says."""

import sys
from math import ceil

from rich.console import Console

from quiz.commands import _context
from quiz.commands._interview import Interview
from quiz.terminal import show
from quiz.terminal.interview import opening, page
from quiz.terminal.keys import Keyboard, keyboard
from quiz.terminal.screen import ENTER, LEAVE, Page, draw
from quiz.terminal.theme import console as themed


def run(interview: Interview, resumed: bool) -> str:
    """Ask until the interview is over: "over", "ended" early, or "left", to be gone on with later."""
    console = themed(plain=False, environ=_context.environ(), file=sys.stdout)
    with keyboard(sys.stdin, sys.stdout, on=ENTER, off=LEAVE) as keys:
        if not resumed:
            if not _opening(interview, console, keys):
                return "left"
            interview.begin()
            if not interview.advance():
                return "over"
        while True:
            do = _question(interview, console, keys)
            if do in ("leave", "end"):
                return "left" if do == "leave" else "ended"
            if not interview.advance():
                return "over"


def _opening(interview: Interview, console: Console, keys: Keyboard) -> bool:
    while True:
        width = min(console.width, show.WIDE)
        draw(
            console, Page([], opening(interview.plan, width), show.hints([("Space", "begin"), ("q", "not now")], width))
        )
        key = keys.read_key().lower()
        if key in ("space", "enter"):
            keys.drop_waiting_input()
            return True
        if key in ("q", "ctrl-c", "eof"):
            return False


def _question(interview: Interview, console: Console, keys: Keyboard) -> str:
    """One question until it is answered or skipped, or the interview ends or is left."""
    while True:
        times = interview.times()
        shown = page(interview.talk, times, min(console.width, show.WIDE), console.height)
        scroll = draw(console, shown, interview.talk.scroll)
        interview.talk = interview.talk._replace(scroll=scroll)
        key = keys.read_key(timeout=max(0.05, ceil(times.on_this + 1e-3) - times.on_this))  # until the clock ticks
        if key == "timeout":
            interview.keep()
            continue
        do = interview.press(key)
        if do in ("hand-in", "answer", "skip", "pause"):
            keys.drop_waiting_input()
        if do in ("answer", "skip", "leave", "end"):
            return do
