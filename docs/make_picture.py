"""Draw the picture in the README: a card of the shipped bank, as the session draws it, on a screen of 90 by 34.

python docs/make_picture.py
"""

import io
import re
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text
from rich.theme import Theme

from quiz.bank.index import open_index
from quiz.bank.places import BankFile, shipped
from quiz.study.card import futures, replay
from quiz.study.event import Event
from quiz.study.settings import Settings
from quiz.terminal import show
from quiz.terminal.ask import begin, press
from quiz.terminal.keys import Key
from quiz.terminal.screen import Page, laid_out
from quiz.terminal.theme import STYLES

WIDTH, HEIGHT = 90, 36
CARD, DAY = "attention-scaling", 20_000


def picture() -> str:
    """The SVG."""
    with tempfile.TemporaryDirectory() as cache:
        index = open_index([BankFile(shipped(), shipped=True)], cache)
        found = index.question(CARD)
        assert found is not None
        names = (index.question(name) for name in found.question.follow_ups)
        follow_ups = tuple((follow.question.id, follow.question.question) for follow in names if follow)
        index.close()
    turn = begin(found.question, 1, follow_ups)
    for key in ("space", "a", "c", "d"):
        turn, _ = press(turn, Key(key))
    reviews = [Event("review", day, 0, day, card=CARD, rating=3, id=str(day)) for day in (DAY - 9, DAY - 6)]
    four = futures(replay(CARD, reviews, Settings()), DAY, Settings())
    progress = show.Progress(4, 20, 2, undo=True)
    top = [show.header(turn, progress), Text(), *show.question(turn, WIDTH, plain=False)]
    shown = show.answer(turn, WIDTH, plain=False)
    page = Page(
        top, [Text(), *shown.lines], [Text(), show.ratings(turn, four, WIDTH), *show.keys(turn, progress, WIDTH)]
    )
    lines, _ = laid_out(page, HEIGHT, shown.points_at)
    screen = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, theme=Theme(STYLES))
    for line in lines:
        screen.print(line, no_wrap=True, crop=True, highlight=False)
    svg = screen.export_svg(title="quiz", unique_id="session")
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)  # nothing is fetched to show it


if __name__ == "__main__":
    target = Path(__file__).parent / "session.svg"
    target.write_text(picture(), encoding="utf-8")
    print(f"Drew {target}")
