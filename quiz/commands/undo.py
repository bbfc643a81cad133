"""Take back the last thing recorded on this device, or on one card."""

from typing import Annotated

import typer

from quiz.commands import _context
from quiz.commands._complete import card_ids
from quiz.commands._desk import open_desk
from quiz.errors import Failed
from quiz.memory.values import Rating
from quiz.store.reviews import last_event


def command(
    card: Annotated[
        str | None, typer.Argument(help="Only on this card.", metavar="[CARD]", autocompletion=card_ids)
    ] = None,
) -> None:
    """Take back this device's last event, of one card where it is named. The log keeps both."""
    desk = open_desk()
    named = desk.found(card).question.id if card else None
    event = last_event(desk.store, named)
    if event is None:
        raise Failed(
            f"There is nothing to take back{' on ' + named if named else ''}: `quiz log` shows what was recorded."
        )
    desk.retract(event.id, desk.now())
    if _context.options().json:
        _context.print_json({"retracted": event.id, "type": event.type, "card": event.card})
    else:
        what = Rating(event.rating).name.lower() if event.rating else event.type
        print(f"Took back: {what} on {event.card}.")
