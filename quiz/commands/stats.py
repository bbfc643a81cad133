"""Show your progress: retention, load, recall by topic, what is hard."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from quiz.commands import _context

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from quiz.commands._desk import Desk
    from quiz.study.confidence import Calibration
    from quiz.study.stats import Stats

DAYS = 30
PICTURE = 80
WIDEST = 100


def command(
    save: Annotated[
        str | None, typer.Option(metavar="FILE.svg", help="Keep the screen as a picture.", show_default=False)
    ] = None,
) -> None:
    """Show your progress: what is learnt, retention against what was foretold, the load to come, recall by topic."""
    from quiz.commands._confidence import calibrated
    from quiz.commands._desk import open_desk
    from quiz.errors import Misused

    if save is not None and not save.lower().endswith(".svg"):
        raise Misused(f"--save {save} does not say what to keep: end the name in .svg.")
    desk = open_desk()
    today = desk.now().study_day
    found, sure = _collected(desk), calibrated(desk)
    if _context.options().json:
        _context.print_json({**_fields(found, today), "confidence": _confidence(sure)})
    else:
        _show(found, sure, today)
    if save is not None:
        _save(save, found, sure, today)


def _collected(desk: "Desk") -> "Stats":
    """The log read once, and the bank with its cards."""
    from quiz.store.reviews import events_of
    from quiz.study.card import Card
    from quiz.study.event import standing
    from quiz.study.history import foretold, history
    from quiz.study.recall import expected_recall
    from quiz.study.stats import Entry, stats

    now = desk.now()
    current = desk.agenda.current_ids()
    events = standing(event for event, retracted in events_of(desk.store) if not retracted)
    asked = list(history(events, desk.settings, lambda id: current.get(id, id)))
    told, _ = foretold(asked)
    calibration = desk.agenda.calibration(now.study_day)

    def chance(card: Card) -> float:
        return expected_recall(card, now.study_day, desk.settings, calibration) or 0.0

    cards = {card.id: card for card in desk.agenda.cards()}
    rows = {row.id: row for row in desk.index.rows()}
    bank = [
        Entry(cards.get(id) or Card(id), rows[id].topic, rows[id].level, status) for id, status in desk.agenda.states()
    ]
    return stats(asked, told, bank, now.study_day, desk.agenda.coming(DAYS, now.study_day), chance)


def _fields(found: "Stats", today: int) -> dict[str, Any]:
    from quiz.study.day import iso

    fields: dict[str, Any] = {"study_day": iso(today), **found._asdict()}
    for name in ("weeks", "bands", "cells", "hardest", "leeches"):
        fields[name] = [one._asdict() for one in fields[name]]
    for week in fields["weeks"]:
        week["first_day"] = iso(week["first_day"])
    return {**fields, "load": list(found.load)}


def _confidence(sure: "Calibration") -> list[dict[str, Any]]:
    """What was said beside what came true, a level each; empty where nobody asked."""
    return [{"said": level.said, "times": level.times, "right": level.right} for level in sure.levels]


def _pieces(found: "Stats", sure: "Calibration", today: int, width: int) -> "Iterator[RenderableType]":
    from rich.text import Text

    from quiz.terminal.confidence import report
    from quiz.terminal.stats import view

    yield from view(found, today, width)
    if sure.whole is not None:
        yield Text()
        yield from report(sure, width)


def _show(found: "Stats", sure: "Calibration", today: int) -> None:
    import sys

    from quiz.terminal.theme import console

    screen = console(plain=_context.options().plain, environ=_context.environ(), file=sys.stdout)
    for piece in _pieces(found, sure, today, min(screen.width, WIDEST)):
        screen.print(piece)


def _save(path: str, found: "Stats", sure: "Calibration", today: int) -> None:
    from rich.console import Group

    from quiz.commands._editor import replace_file
    from quiz.terminal.picture import svg

    replace_file(path, svg(Group(*_pieces(found, sure, today, PICTURE)), PICTURE, "quiz stats"))
