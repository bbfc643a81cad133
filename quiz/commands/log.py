"""Show the log: every answer and every other event, oldest first."""

from typing import Annotated, Any

import typer

from quiz.commands import _context
from quiz.commands._complete import card_ids
from quiz.commands._desk import open_desk
from quiz.memory.values import Rating
from quiz.store.reviews import events_of
from quiz.study.day import instant, iso
from quiz.study.event import Event


def command(
    card: Annotated[
        str | None, typer.Argument(help="Only the events of this card.", metavar="[CARD]", autocompletion=card_ids)
    ] = None,
) -> None:
    """Show the log: every answer and every other event, oldest first. Nothing in it is ever deleted."""
    desk = open_desk()
    for event, retracted in events_of(desk.store, desk.found(card).question.id if card else None):
        if _context.options().json:
            _context.print_json(_fields(event, retracted))
        else:
            what = Rating(event.rating).name.lower() if event.rating else event.type
            gone = "   (taken back)" if retracted else ""
            about = event.card or (event.data.get("date", "cleared") if event.type == "plan" else "")
            print(f"{instant(event.at)}  {what:<9} {about}{gone}")


def _fields(event: Event, retracted: bool) -> dict[str, Any]:
    days = {"at": instant(event.at), "study_day": iso(event.study_day)}
    return {**event._asdict(), **days, "data": dict(event.data), "retracted": retracted}
