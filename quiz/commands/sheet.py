"""One page for the morning of the interview: the weakest points, to read in ten minutes."""

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from quiz.commands import _context
from quiz.commands._desk import Desk, open_desk
from quiz.errors import Failed, Misused
from quiz.study.day import Moment, iso

if TYPE_CHECKING:
    from quiz.study.sheet import Item

ENDINGS = (".md", ".html")


def command(
    save: Annotated[str | None, typer.Option(metavar="FILE", help="Keep it as .md or .html.")] = None,
) -> None:
    """Print the weakest points by expected recall, to read in ten minutes; nothing is recorded."""
    ending = os.path.splitext(save)[1].lower() if save else ""
    if save and ending not in ENDINGS:
        raise Misused(f"--save {save} does not say what to keep: end the name in .md or .html.")
    desk = open_desk()
    moment = desk.now()
    items = _items(desk, moment)
    if not items:
        raise Failed("Nothing was answered yet, so nothing is weak: `quiz` starts the first session.")
    plan = desk.settings.plan_on(moment.study_day)
    day = plan.date if plan else moment.study_day
    title = f"The weakest points for {iso(day)}: expected recall, then what to say"
    if save:
        _save(save, ending, title, items)
    if _context.options().json:
        shown = [{**each._asdict(), "points": list(each.points)} for each in items]
        _context.print_json({"day": iso(day), "items": shown, "saved": save})
    elif save:
        print(f"{len(items)} questions in {save}.")
    else:
        from quiz.terminal.markdown import render
        from quiz.terminal.sheet import markdown
        from quiz.terminal.theme import console

        screen = console(plain=_context.options().plain, environ=_context.environ(), file=sys.stdout)
        for line in render(markdown(title, items), width=min(screen.width, 80), plain=not screen.is_terminal):
            screen.print(line, soft_wrap=True)


def _items(desk: Desk, moment: Moment) -> "list[Item]":
    from quiz.study.card import seed
    from quiz.study.recall import expected_recall
    from quiz.study.sheet import item, readable, weakest

    plan = desk.settings.plan_on(moment.study_day)
    day = plan.date if plan else moment.study_day
    cards = desk.agenda.studied(moment.study_day)
    learnt = desk.agenda.calibration(moment.study_day)
    expected = ((c.id, concept, expected_recall(c, day, desk.settings, learnt) or 0.0) for c, concept in cards)
    chances = weakest(expected)
    reps = {card.id: card.reps for card, _ in cards}
    return list(readable(item(desk.found(id).question, share, seed(id, reps[id])) for id, share in chances))


def _save(path: str, ending: str, title: str, items: "list[Item]") -> None:
    from quiz.terminal.sheet import html, markdown

    try:
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write((html if ending == ".html" else markdown)(title, items))
    except OSError as error:
        raise Failed(f"{path} could not be written: {error.strerror}.") from None
