"""Plan to the interview: the day, a daily budget, and what to expect of it."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from quiz.commands import _context
from quiz.commands._deck import Area, Kind, Level, Tag, Topic, deck
from quiz.commands._desk import Desk, open_desk
from quiz.errors import Failed, Misused
from quiz.study.day import Moment, iso
from quiz.study.deck import Deck
from quiz.study.event import Event

if TYPE_CHECKING:
    from quiz.study.forecast import Forecast, Prospect
    from quiz.study.plan import Plan

PER_DAY = 30
"""Cards a day where nothing was said."""
FARTHEST = 1000
"""Days to an interview."""
LESS_AND_MORE = (0.5, 1.5, 2.0)
"""Other budgets that are tried out, as parts of the one that was given."""
WEAKEST = 3


def command(
    date: Annotated[str | None, typer.Argument(help="The day of the interview, like 2026-12-15.")] = None,
    per_day: Annotated[
        int | None, typer.Option("--per-day", help="Cards a study day; a failed card's repeats come on top.", min=1)
    ] = None,
    minutes: Annotated[float | None, typer.Option(help="Minutes a study day, instead.", min=1.0, max=1440.0)] = None,
    area: Area = None,
    topic: Topic = None,
    level: Level = None,
    kind: Kind = None,
    tag: Tag = None,
    clear: Annotated[bool, typer.Option("--clear", help="Drop the plan: back to ordinary review.")] = False,
) -> None:
    """Plan to the interview, so that most is known on the day; alone, show the plan and what to expect of it."""
    chosen = deck(area, topic, level, kind, tag)
    if per_day is not None and minutes is not None:
        raise Misused("A day is measured in cards or in minutes: give --per-day or --minutes, not both.")
    given = bool(date or per_day or minutes or any(chosen))
    if clear and given:
        raise Misused("--clear drops the plan and takes nothing else: clear first, then plan anew.")
    desk = open_desk()
    moment = desk.now()
    old = desk.settings.plan_on(moment.study_day)
    if clear:
        if old is None:
            raise Failed("There is no plan to clear.")
        desk.mark(Event("plan", *moment, data={"clear": True}))
    elif given:
        plan = _asked(old, date, per_day, minutes, chosen, moment.study_day)
        if not list(desk.index.rows(*plan.deck)):
            raise Misused("No question passes this filter: `quiz bank list` shows what there is.")
        desk.mark(Event("plan", *moment, data=plan.data()))
    _show(desk, moment, cleared=clear)


def _asked(
    old: "Plan | None", date: str | None, per_day: int | None, minutes: float | None, deck: Deck, today: int
) -> "Plan":
    """The plan that was asked for; what was not named stays as it was."""
    from quiz.study.day import study_day_of
    from quiz.study.plan import Plan

    if date is None and old is None:
        raise Misused("There is no plan yet: name the day of the interview, like `quiz plan 2026-12-15`.")
    try:
        day = study_day_of(date) if date else old.date if old else 0
    except ValueError:
        raise Misused(f"{date!r} is no day: write it like 2026-12-15.") from None
    if not 0 < day - today <= FARTHEST:
        when = "is over" if day < today else "is today" if day == today else f"is more than {FARTHEST} days ahead"
        what = "`quiz sheet` is for its morning" if day == today else "name a later one" if day < today else "nearer"
        raise Misused(f"{iso(day)} {when}: a plan needs at least a day to study; {what}.")
    plan = Plan(day, PER_DAY) if old is None else old._replace(date=day)
    if per_day is not None or minutes is not None:
        plan = plan._replace(per_day=per_day, minutes=minutes)
    return plan._replace(deck=deck) if any(deck) else plan


def _show(desk: Desk, moment: Moment, cleared: bool) -> None:
    plan = desk.settings.plan_on(moment.study_day)
    if _context.options().json:
        _context.print_json(_nothing() if plan is None else _fields(prospect(desk, moment, plan)))
    elif plan is None:
        past = desk.settings.plan
        if cleared:
            print("The plan is dropped: back to ordinary review.")
        elif past is not None:
            print(f"The interview was on {iso(past.date)}; since then it is ordinary review.")
        else:
            print("There is no plan. `quiz plan 2026-12-15 --per-day 30` makes one.")
    else:
        import os
        import sys

        from quiz.terminal.planned import lines
        from quiz.terminal.theme import console

        screen = console(plain=_context.options().plain, environ=os.environ, file=sys.stdout)
        for line in lines(prospect(desk, moment, plan), min(screen.width, 80)):
            screen.print(line, soft_wrap=True)


def prospect(desk: Desk, moment: Moment, plan: "Plan") -> "Prospect":
    """The plan with its forecasts; the same on the same day after the same answers."""
    from random import Random

    from quiz.study.forecast import Aim, Past, Prospect, enough, forecast
    from quiz.study.plan import final_from

    found, listed = desk.agenda.planned(moment.study_day)
    cards = [candidate.card for candidate in found]
    seen, new = desk.left(moment)
    left = {entry.id for entry in (*seen, *new)}
    first = sum(candidate.card.cost for candidate in found if candidate.id in left)
    learnt = desk.agenda.calibration(moment.study_day)
    aim = Aim(moment.study_day, plan.date, plan.budget(), desk.settings.weights, learnt)
    past = {
        card.id: Past(card.reps, card.lapses, card.last_rating or Past().last_rating) for card in desk.agenda.cards()
    }
    pasts = [past.get(candidate.id, Past()) for candidate in found]

    def follow(budget: float) -> "Forecast":
        """With more or less a day, today has that much more or less left; each time with the same luck."""
        room = max(0.0, first + budget - aim.budget)
        return forecast(cards, aim._replace(budget=budget), Random(moment.study_day).random, room, pasts)

    keep = follow(aim.budget)
    return Prospect(
        plan,
        moment.study_day,
        final_from(sum(card.cost for card in cards), plan.budget(), plan.date),
        len(cards),
        sum(card.stability is None for card in cards),
        listed,
        len(left),
        len(new),
        follow(0.0),
        keep,
        [(other, follow(other.budget())) for other in _others(plan)],
        _weakest([(found[nth].topic, its) for nth, its in keep.by_card], [candidate.topic for candidate in found]),
        _needed(plan, enough(cards, aim, Random(moment.study_day).random)) if keep.unseen >= 1 else None,
    )


def _others(plan: "Plan") -> "list[Plan]":
    if plan.per_day is None:
        return [plan._replace(minutes=round(part * (plan.minutes or 0.0), 1)) for part in LESS_AND_MORE]
    counts = {max(1, round(part * plan.per_day)) for part in LESS_AND_MORE} - {plan.per_day}
    return [plan._replace(per_day=count) for count in sorted(counts)]


def _weakest(chances: list[tuple[str, float]], topics: list[str]) -> list[tuple[str, float, int]]:
    by_topic: dict[str, list[float]] = {}
    for topic, chance in chances:
        by_topic.setdefault(topic, []).append(chance)
    means = [(topic, sum(its) / len(its), topics.count(topic)) for topic, its in by_topic.items()]
    return sorted(means, key=lambda mean: (mean[1], mean[0]))[:WEAKEST]


def _needed(plan: "Plan", budget: float) -> "Plan":
    from math import ceil

    return plan._replace(per_day=ceil(budget)) if plan.per_day else plan._replace(minutes=float(ceil(budget / 60)))


def _nothing() -> dict[str, Any]:
    keys = (
        "interview per_day minutes deck phase final_from questions unseen today forecast load weakest other reachable"
    )
    return dict.fromkeys(keys.split())


def _fields(its: "Prospect") -> dict[str, Any]:
    """What `plan --json` says: every key is always there, null without a plan."""
    plan = its.plan
    return {
        "interview": {"date": iso(plan.date), "days_left": plan.date - its.today},
        "per_day": plan.per_day,
        "minutes": plan.minutes,
        "deck": plan.deck._asdict(),
        "phase": "build" if its.today < its.final_from else "final",
        "final_from": iso(its.final_from),
        "questions": its.questions,
        "unseen": its.unseen,
        "today": {"cards": its.listed, "left": its.left, "new_left": its.left_new},
        "forecast": {"simulated": True, "stop": _numbers(its.stop), "keep": _numbers(its.keep)},
        "load": [
            {"study_day": iso(day), "cards": round(cards, 1), "new": round(new, 1)} for day, cards, new in its.keep.load
        ],
        "weakest": [
            {"topic": topic, "expected_recall": share, "questions": count} for topic, share, count in its.weakest
        ],
        "other": [
            {"per_day": other.per_day, "minutes": other.minutes, **_numbers(forecast)} for other, forecast in its.others
        ],
        "reachable": {
            "all": its.keep.unseen < 1,
            "per_day": its.needed.per_day if its.needed else None,
            "minutes": its.needed.minutes if its.needed else None,
        },
    }


def _numbers(forecast: "Forecast") -> dict[str, float]:
    return {
        "expected_recall": forecast.expected,
        "low": forecast.low,
        "high": forecast.high,
        "unseen": round(forecast.unseen, 1),
    }
