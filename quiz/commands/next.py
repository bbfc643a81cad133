"""Show the card that comes next; nothing is recorded."""

from typing import Annotated, Any

import typer

from quiz.commands import _context
from quiz.commands._deck import Area, Kind, Level, Tag, Topic, deck
from quiz.commands._desk import Desk, open_desk
from quiz.memory.fsrs import retrievability
from quiz.study.card import Card, draw_seed, futures, gap
from quiz.study.day import Moment, iso
from quiz.study.recall import expected_recall


def command(
    area: Area = None,
    topic: Topic = None,
    level: Level = None,
    kind: Kind = None,
    tag: Tag = None,
    new: Annotated[int | None, typer.Option(help="New cards a study day, instead of 15.", min=0)] = None,
) -> None:
    """Show the card that comes next under these filters; nothing is recorded."""
    chosen = deck(area, topic, level, kind, tag)
    desk = open_desk()
    moment = desk.now()
    card = desk.choose(moment, chosen, new=new)
    if _context.options().json:
        _context.print_json(fields(desk, card, moment))
    elif card is None:
        due = desk.agenda.counts(moment.study_day).next_due
        print("Nothing is due." + (f" Next: {iso(due)}." if due is not None else ""))
    else:
        _print(desk, card)


def fields(desk: Desk, asked: str | None, moment: Moment) -> dict[str, Any]:
    """What `next --json` says of a card: every key is always there."""
    next_due = iso(desk.agenda.counts(moment.study_day).next_due)
    if asked is None:
        nothing = ("card", "kind", "state", "question", "options", "seed", "due", "retrievability", "recall", "outlook")
        return {**dict.fromkeys(nothing), "next_due": next_due}
    question, card = desk.found(asked).question, desk.agenda.card(asked)
    draw = draw_seed(card, bool(question.drawn_by))
    prompt = question.prompt(draw)
    drawn = bool(prompt.options) or prompt.params is not None
    four = futures(card, moment.study_day, desk.settings)
    return {
        "card": card.id,
        "kind": question.kind,
        "state": desk.agenda.state(card.id),
        "question": prompt.text,
        "options": list(prompt.options) or None,
        "seed": draw if drawn else None,
        "due": iso(card.due),
        "retrievability": _retrievability(card, moment, desk),
        "recall": _recall(card, moment, desk),
        "outlook": {
            name: {"interval_days": future.interval, "due": iso(moment.study_day + future.interval)}
            for name, future in zip(("again", "hard", "good", "easy"), four, strict=True)
        },
        "next_due": next_due,
    }


def _retrievability(card: Card, moment: Moment, desk: Desk) -> float | None:
    """FSRS's own."""
    if card.state is None:
        return None
    return retrievability(gap(card, moment.study_day), card.state.stability, desk.settings.weights)


def _recall(card: Card, moment: Moment, desk: Desk) -> float | None:
    """The same, corrected by what this learner's log has taught."""
    if card.state is None:
        return None
    day = moment.study_day
    return expected_recall(card, day, desk.settings, desk.agenda.calibration(day))


def _print(desk: Desk, card: str) -> None:
    from quiz.terminal.text import clean

    question = desk.found(card).question
    prompt = question.prompt(draw_seed(desk.agenda.card(card), bool(question.drawn_by)))
    print(f"{card}  ({question.kind}, {question.topic}, {question.level})\n\n{clean(prompt.text).rstrip()}")
    for letter, option in zip("abcdef", prompt.options, strict=False):
        print(f"  {letter}  {clean(option).rstrip()}")
    print(f"\nquiz answer {card} " + ("--response LETTER" if prompt.options else "1|2|3|4"))
