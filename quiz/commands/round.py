"""A scored set of questions, topics in turn; the score says what to review."""

import os
import sys
from typing import Annotated

import typer

from quiz.commands import _context
from quiz.commands._deck import Area, Kind, Level, Tag, Topic, deck
from quiz.commands._desk import open_desk
from quiz.errors import Failed
from quiz.store.ids import uuid7


def command(
    questions: Annotated[int, typer.Option(help="How many.", min=1, max=200)] = 10,
    area: Area = None,
    topic: Topic = None,
    level: Level = None,
    kind: Kind = None,
    tag: Tag = None,
    seed: Annotated[
        int | None, typer.Option(help="The same questions with the same numbers, for everybody.", min=0, max=2**53)
    ] = None,
    weak: Annotated[bool, typer.Option("--weak", help="Rather what you are likely to have forgotten.")] = False,
    confidence: Annotated[
        bool, typer.Option("--confidence", help="Say how sure you are before each answer is shown.")
    ] = False,
    no_record: Annotated[bool, typer.Option("--no-record", help="Leave the log and the schedule alone.")] = False,
) -> None:
    """A scored set of questions: topics in turn, no two of one chain of follow-ups. Answers count as reviews."""
    from quiz.commands._pool import pool
    from quiz.commands._round import Round
    from quiz.study.round import draw

    chosen = deck(area, topic, level, kind, tag)
    desk = open_desk()
    drawn = int.from_bytes(os.urandom(3), "big") if seed is None else seed
    items, chains = pool(desk, chosen)
    if not items:
        raise Failed("The bank has no question of that sort: `quiz bank list` with the same options shows what it has.")
    cards = [item.id for item in draw(items, chains, questions, drawn, weak)]
    if len(cards) < questions:
        print(f"quiz: {len(cards)} questions; the others are follow-ups or siblings of these.", file=sys.stderr)
    asked = Round(desk, cards, uuid7(desk.now().at, os.urandom(10)), drawn, seed is not None, not no_record, confidence)
    if _context.options().json:
        from quiz.commands import _round_script

        _round_script.run(asked)
    elif _context.on_screen():
        from quiz.commands import _tty

        _tty.run(asked)
    else:
        from quiz.commands import _lines

        _lines.run(asked)
