"""What a learner wants to see at a glance, from the log and the cards. Days are study days, chances 0..1."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from quiz.study.card import Card
from quiz.study.history import Asked, Foretold

WEEK = 7
LEECH_LAPSES = 4
"""Times forgotten on a later day from which on a card is a leech. Anki waits for 8; an interview comes sooner."""
LONGEST_ANSWER = 600.0
"""Seconds that one answer counts at most: who left the desk was not studying."""
HARDEST = 8


class Week(NamedTuple):
    """A week's reviews of cards from earlier days."""

    first_day: int
    reviews: int
    recalled: int
    foretold: float
    """How many were expected to be recalled."""


class Band(NamedTuple):
    """Reviews that were given such a chance."""

    low: float
    high: float
    reviews: int
    recalled: int
    foretold: float


class Cell(NamedTuple):
    """The cards of a topic and level."""

    topic: str
    level: str
    seen: int
    cards: int
    recall: float | None
    """The mean chance of recalling those seen, now."""


class Hard(NamedTuple):
    """A card that was missed often."""

    card: str
    reviews: int
    missed: int
    lapses: int
    recall: float


class Stats(NamedTuple):
    """All of it."""

    reviews: int
    days_studied: int
    streak: int
    """Study days in a row up to today, or up to yesterday while today has no answer."""
    longest_streak: int
    hours: float
    minutes_a_day: float
    """On days with an answer."""
    new: int
    learning: int
    learnt: int
    suspended: int
    retention: float | None
    """Recalled of the foretold, over the last 30 days."""
    weeks: Sequence[Week]
    bands: Sequence[Band]
    load: Sequence[int]
    """Cards that fall due on each of the next days, the overdue on the first."""
    cells: Sequence[Cell]
    hardest: Sequence[Hard]
    leeches: Sequence[Hard]


class Entry(NamedTuple):
    """A question of the bank and its card."""

    card: Card
    topic: str
    level: str
    status: str
    """new, learning, learnt or suspended."""


def stats(
    asked: Sequence[Asked],
    told: Sequence[Foretold],
    bank: Sequence[Entry],
    today: int,
    load: Sequence[int],
    chance: Callable[[Card], float],
) -> Stats:
    """Everything, as of study day `today`; `chance` is that of recalling a card now."""
    days = sorted({one.study_day for one in asked})
    streak, longest = streaks(days, today)
    seconds = sum(min(one.seconds or 0.0, LONGEST_ANSWER) for one in asked)
    counts = Counter(entry.status for entry in bank)
    recent = [one for one in told if today - 30 < one.asked.study_day <= today]
    hard = _hard(asked, bank, chance)
    return Stats(
        reviews=len(asked),
        days_studied=len(days),
        streak=streak,
        longest_streak=longest,
        hours=seconds / 3600,
        minutes_a_day=seconds / 60 / len(days) if days else 0.0,
        new=counts["new"],
        learning=counts["learning"],
        learnt=counts["learnt"],
        suspended=counts["suspended"],
        retention=sum(one.asked.recalled for one in recent) / len(recent) if recent else None,
        weeks=weeks(told, today),
        bands=bands(told),
        load=load,
        cells=cells(bank, chance),
        hardest=[one for one in hard if one.missed][:HARDEST],
        leeches=[one for one in hard if one.lapses >= LEECH_LAPSES],
    )


def streaks(days: Collection[int], today: int) -> tuple[int, int]:
    """The streak that goes on, and the longest ever. Days with an answer, each once and in order."""
    known, longest, run, before = set(days), 0, 0, None
    for day in days:
        run = run + 1 if before is not None and day == before + 1 else 1
        longest, before = max(longest, run), day
    last = today if today in known else today - 1
    now = 0
    while last - now in known:
        now += 1
    return now, longest


def weeks(told: Iterable[Foretold], today: int, most: int = 12) -> list[Week]:
    """The last weeks, the one that ends today last; a week without a foretold review has zeros."""
    groups: defaultdict[int, list[Foretold]] = defaultdict(list)
    for one in told:
        if one.asked.study_day <= today:
            groups[(today - one.asked.study_day) // WEEK].append(one)
    if not groups:
        return []
    return [_week(groups[back], today - WEEK * back - WEEK + 1) for back in range(min(most - 1, max(groups)), -1, -1)]


def _week(its: Sequence[Foretold], first_day: int) -> Week:
    return Week(first_day, len(its), sum(one.asked.recalled for one in its), sum(one.chance for one in its))


def bands(told: Sequence[Foretold]) -> list[Band]:
    """The reviews by the chance that they were given; bands without any are left out."""
    edges = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0)
    made = []
    for low, high in pairwise(edges):
        its = [one for one in told if low <= one.chance < high or (high == 1.0 == one.chance)]
        if its:
            made.append(Band(low, high, len(its), sum(one.asked.recalled for one in its), sum(o.chance for o in its)))
    return made


def cells(bank: Iterable[Entry], chance: Callable[[Card], float]) -> list[Cell]:
    """The bank by topic and level, in the order met, without what is suspended."""
    groups: dict[tuple[str, str], list[Entry]] = {}
    for entry in bank:
        if entry.status != "suspended":
            groups.setdefault((entry.topic, entry.level), []).append(entry)
    made = []
    for (topic, level), its in groups.items():
        known = [chance(entry.card) for entry in its if entry.card.state is not None]
        made.append(Cell(topic, level, len(known), len(its), sum(known) / len(known) if known else None))
    return made


def _hard(asked: Iterable[Asked], bank: Iterable[Entry], chance: Callable[[Card], float]) -> list[Hard]:
    """The bank's cards that were answered, the most often missed first."""
    tried, missed = Counter[str](), Counter[str]()
    for one in asked:
        tried[one.card] += 1
        missed[one.card] += not one.recalled
    known: Mapping[str, Card] = {entry.card.id: entry.card for entry in bank if entry.status != "suspended"}
    hard = [
        Hard(id, times, missed[id], known[id].lapses, chance(known[id])) for id, times in tried.items() if id in known
    ]
    return sorted(hard, key=lambda one: (-one.lapses, -one.missed, one.recall, one.card))
