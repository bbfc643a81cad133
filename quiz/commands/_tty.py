"""The session on a terminal: one key, no Enter. Draws, reads a key, and lets the sitting decide."""

import sys
from contextlib import AbstractContextManager

from rich.console import Console, ConsoleDimensions
from rich.text import Text

from quiz.commands import _context
from quiz.commands._sitting import Sitting
from quiz.errors import QuizError
from quiz.terminal import show
from quiz.terminal.ask import SCROLLS, Turn
from quiz.terminal.keys import Keyboard, keyboard
from quiz.terminal.screen import ENTER, LEAVE, Page, draw
from quiz.terminal.text import wrap
from quiz.terminal.theme import console as themed


def run(sitting: Sitting) -> None:
    """Ask until the sitting is over or the learner quits; then say what it came to."""
    console = themed(plain=False, environ=_context.environ(), file=sys.stdout)
    keys = keyboard(sys.stdin, sys.stdout, on=ENTER, off=LEAVE)
    asked = False
    try:
        with keys:
            while sitting.advance():
                asked = True
                if not _turn(sitting, console, keys):
                    break
    except QuizError:
        if asked:  # what was on the screen stays readable, with the sentence that follows
            _print(console, _page(sitting, show.Progress(0, 0, 0), console.size))
        raise
    width = min(console.width, show.WIDE)
    for line in sitting.goodbye(width) if asked else sitting.nothing(width):
        console.print(line)


def _turn(sitting: Sitting, console: Console, keys: Keyboard) -> bool:
    """One card until it is rated, put away or taken back; False when the learner quits."""
    progress = sitting.progress()
    while True:
        page = _page(sitting, progress, console.size)
        scroll = draw(console, page, sitting.turn.scroll)
        sitting.turn = sitting.turn._replace(scroll=scroll)
        match sitting.press(keys.read_key()):
            case "quit":
                return False
            case "sure" | "reveal":
                keys.drop_waiting_input()
            case "rate" | "undo" | "bury" | "suspend":
                keys.drop_waiting_input()
                return True
            case "flag":
                progress = progress._replace(undo=True)
            case "tick":
                sitting.turn = sitting.turn._replace(scroll=max(scroll, _points_at(sitting, console.width)))
            case "prove":
                _prove(sitting.turn, console, keys)
            case "edit":
                _edit(sitting, keys.paused())


def _page(sitting: Sitting, progress: show.Progress, size: ConsoleDimensions) -> Page:
    turn, width, height = sitting.turn, min(size.width, show.WIDE), size.height
    top = [show.header(turn, progress), Text(), *show.question(turn, width, plain=False)]
    body: list[Text] = []
    bottom = [Text()]
    if turn.help:
        top, body = top[:2], show.help_lines(turn, width)
    elif turn.phase == "answer":
        body = [Text(), *sitting.aside(width), *show.answer(turn, width, plain=False).lines]
        bottom.append(show.ratings(turn, sitting.futures(), width))
    elif turn.phase == "confidence":
        bottom += [*show.sure(), Text()]
    elif turn.phase == "line":  # in sight however long the question is
        bottom += [*show.edited(turn.line, width, height), Text()]
    said = turn.note or (progress.last if turn.phase == "question" else "")
    if said:
        bottom += [Text(row, "note" if turn.note else "quiet") for row in wrap(said, width)]
    return Page(top, body, bottom + show.keys(turn, progress, width))


def _points_at(sitting: Sitting, columns: int) -> int:
    """How far down the key points are, when they are out of sight."""
    width = min(columns, show.WIDE)
    return len(sitting.aside(width)) + show.answer(sitting.turn, width, plain=False).points_at


def _prove(turn: Turn, console: Console, keys: Keyboard) -> None:
    """The question's demos, until Space or Enter goes back to the card."""
    from quiz.commands._prove import views

    title = [Text("Running ...", "quiet")]
    draw(console, Page(title, [], []))
    width, scroll = min(console.width, show.WIDE), 0
    body = views(turn, width, plain=False)
    bottom = show.hints([("Space", "back"), ("↑ ↓", "scroll")], width)
    keys.drop_waiting_input()
    while True:
        scroll = draw(console, Page([], body, bottom), scroll)
        key = keys.read_key()
        if key in ("space", "enter", "escape", "q", "ctrl-c", "eof"):
            return
        scroll = max(0, scroll + SCROLLS.get(key, 0))


def _edit(sitting: Sitting, paused: AbstractContextManager[None]) -> None:
    """This question in the learner's editor; its history stays, since its id does."""
    from quiz.commands._editor import edit_question

    try:
        with paused:
            edited = edit_question(sitting.desk.index, sitting.card.id)
        sitting.reload(edited.said)
    except QuizError as error:
        sitting.turn = sitting.turn._replace(note=str(error))


def _print(console: Console, page: Page) -> None:
    for line in (*page.top, *page.body):
        console.print(line)
