"""Today's session: what is due, then new cards. `quiz` alone does the same."""

import os
from typing import Annotated

import typer

from quiz.commands import _context
from quiz.commands._deck import Area, Kind, Level, Tag, Topic, deck
from quiz.commands._desk import open_desk
from quiz.commands._sitting import Sitting, Wanted
from quiz.store.ids import uuid7


def command(
    area: Area = None,
    topic: Topic = None,
    level: Level = None,
    kind: Kind = None,
    tag: Tag = None,
    new: Annotated[int | None, typer.Option(help="New cards this study day, instead of 15.", min=0)] = None,
    limit: Annotated[int | None, typer.Option(help="End after this many cards.", min=1)] = None,
    minutes: Annotated[
        float | None, typer.Option(help="End with the card that is on the screen then.", min=0.1)
    ] = None,
    ahead: Annotated[
        bool, typer.Option("--ahead", help="Practise what is not due yet; the schedule takes it for what it is.")
    ] = False,
    two_grades: Annotated[
        bool, typer.Option("--two-grades", help="Rate with 1 (not recalled) and 3 (recalled) only.")
    ] = False,
    confidence: Annotated[
        bool, typer.Option("--confidence", help="Say how sure you are before each answer is shown.")
    ] = False,
) -> None:
    """Today's session: what is due, earliest first, then new cards. Every answer is saved when it is given."""
    two_grades = two_grades or bool(_context.config().get("two_grades"))
    wanted = Wanted(deck(area, topic, level, kind, tag), new, limit, minutes, ahead, two_grades, confidence)
    desk = open_desk()
    sitting = Sitting(desk, wanted, uuid7(desk.now().at, os.urandom(10)))
    if _context.on_screen():
        from quiz.commands._tty import run
    else:
        from quiz.commands._lines import run
    run(sitting)
