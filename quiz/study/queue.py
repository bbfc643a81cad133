"""Which card comes next. It follows from the log alone, so that a session, `quiz next` and a second run agree."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from quiz.memory.values import Rating

OTHERS_BETWEEN = 5
"""A card rated *again* comes back after this many other answers ..."""
MINUTES_BETWEEN = 10
"""... or after this many minutes, or when nothing else is left."""


class Entry(NamedTuple):
    """A card that could be asked, as far as choosing needs it."""

    id: str
    concept: str
    topic: str
    level: str
    due: int | None = None
    """None for a new card."""


class Answered(NamedTuple):
    """A card that was answered on this study day, and how it went last."""

    id: str
    concept: str
    topic: str
    level: str
    at: int
    rating: int
    new: bool
    """Answered for the first time on this study day."""
    away: bool
    """Buried or suspended since: it does not come back today."""


class Candidates(NamedTuple):
    """The heads of the lists, each in its order; long enough to choose from."""

    due: Sequence[Entry]
    """Due and not answered today, earliest due day first."""
    new: Sequence[Entry]
    """Never answered, in the bank's order for learning."""
    together: bool = False
    """Siblings may come on one day, `OTHERS_BETWEEN` cards apart: the last days of a plan."""


class Counts(NamedTuple):
    """A study day in numbers. Cards that are suspended count nowhere but there: new + learning + learnt = total."""

    due: int
    """What can still be asked today: one card a concept, and those coming again."""
    new: int
    new_today: int
    """Answered for the first time on this study day."""
    learning: int
    learnt: int
    total: int
    suspended: int
    buried: int
    """Left out on this study day."""
    answered_today: int
    """Cards, however often."""
    next_due: int | None
    """The first study day after this one on which a card falls due, or that one has to wait for."""


def coming_again(today: Iterable[Answered]) -> list[Answered]:
    """The cards that were rated *again* and not recalled since, longest ago first."""
    return sorted((a for a in today if a.rating == Rating.AGAIN and not a.away), key=lambda a: a.at)


def askable(candidates: Candidates, today: Collection[Answered], new_per_day: int) -> Candidates:
    """What of the candidates may be asked today: one of each concept, no sibling of what was answered, new ones as many
    as are left of the day's number. In the last days of a plan siblings are no hindrance."""
    if candidates.together:
        return candidates
    left = max(0, new_per_day - sum(answered.new for answered in today))
    met = {answered.concept for answered in today}
    due = _one_each(candidates.due, met)
    return Candidates(due, _one_each(candidates.new, met)[:left])


def choose(
    candidates: Candidates, today: Collection[Answered], now: int, new_per_day: int, linked: Collection[str]
) -> str | None:
    """The id of the next card, or None when nothing is left for today.

    `linked` are the follow-ups and parents of the card that was asked last, `now` is in UTC ms.
    """
    again = coming_again(today)
    if again and _ready(again[0], today, now):
        return again[0].id
    due, new, _ = askable(candidates, today, new_per_day)
    latest = sorted(today, key=lambda answered: answered.at)[-OTHERS_BETWEEN:]
    near = {answered.concept for answered in latest}
    for entries in (due, new):
        if entries:
            free = [entry for entry in entries if entry.concept not in near] or entries
            apart = (e for e in free if not latest or (e.topic != latest[-1].topic and e.id not in linked))
            return next(apart, free[0]).id
    return again[0].id if again else None


def _ready(card: Answered, today: Iterable[Answered], now: int) -> bool:
    others = sum(answered.at > card.at for answered in today)
    return others >= OTHERS_BETWEEN or not 0 <= now - card.at < MINUTES_BETWEEN * 60_000


def _one_each(entries: Iterable[Entry], met: set[str]) -> list[Entry]:
    """The first entry of each concept that was not met yet; marks them as met."""
    kept = []
    for entry in entries:
        if entry.concept not in met:
            met.add(entry.concept)
            kept.append(entry)
    return kept
