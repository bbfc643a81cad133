"""The plan to the interview: which cards a study day should hold so that most is known on the day.

The rule, with N cards and a budget of B a day: until the last ceil(N / B) days what is due at a retention of 0.85, then
all new ones, then the weakest; in those last days only what raises the expected recall on the interview day, best
first. It is made anew each day from the state, so that a missed day needs nothing. Days are study days.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import ceil, exp
from typing import Any, Final, NamedTuple

from quiz.memory.fsrs import DEFAULT_WEIGHTS
from quiz.study.day import iso, study_day_of
from quiz.study.deck import Deck

RETENTION: Final = 0.85
"""Chance of recall at which a card falls due before the last days of a plan."""
BACKLOG_DAYS: Final = 30
"""Without a date, what is due is worth what it adds to recall so many days ahead."""
FIRST_GRADES: Final = (0.24, 0.094, 0.495, 0.171)
"""How often a new card is rated again, hard, good, easy: averages of many learners."""
RECALLED_GRADES: Final = (0.224, 0.631, 0.145)
"""How often a recalled card is rated hard, good, easy."""
USUAL_SECONDS, LONGEST_SECONDS = 30.0, 300.0
"""What an answer takes before anything is known of the learner, and what is thought to be a pause."""
FEW = 10
"""So many answers weigh as much as the usual."""
_DUE, _NEW = 10.0, 5.0  # above every 1 - R; a day of lateness counts 1e-4, so that the earliest due comes first


class Plan(NamedTuple):
    """What the learner asked for: the day, the budget, and which questions. One of `per_day` and `minutes` is given."""

    date: int
    """The study day of the interview."""
    per_day: int | None = None
    """Cards a study day; repeats of a failed one come on top."""
    minutes: float | None = None
    """Minutes a study day."""
    deck: Deck = Deck()

    def budget(self) -> float:
        """What a study day may cost: cards, or seconds."""
        return float(self.per_day) if self.per_day is not None else 60.0 * (self.minutes or 0.0)

    def data(self) -> dict[str, Any]:
        """The plan as the log keeps it."""
        deck = {name: list(values) for name, values in self.deck._asdict().items() if values}
        return {"date": iso(self.date), "per_day": self.per_day, "minutes": self.minutes, "deck": deck}


class Planned(NamedTuple):
    """A card as far as the rule needs it."""

    concept: str
    stability: float | None = None
    """None for a new card."""
    difficulty: float = 0.0
    last_day: int = 0
    cost: float = 1.0
    """What it takes of the budget."""


def plan_of(data: Mapping[str, Any]) -> Plan | None:
    """The plan of an event's data; None where it clears the plan, or was written by a version that means another."""
    try:
        deck = Deck(**{name: tuple(map(str, values)) for name, values in (data.get("deck") or {}).items()})
        per_day, minutes = data.get("per_day"), data.get("minutes")
        plan = Plan(
            study_day_of(data["date"]),
            None if per_day is None else int(per_day),
            None if minutes is None else float(minutes),
            deck,
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
    return plan if plan.budget() > 0 else None


def pace(answers: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Expected seconds an answer by kind, and under the empty name for kinds without one.

    `answers` are kinds and seconds. A mean of few is pulled to the usual; nobody thinks for over five minutes.
    """
    total: dict[str, float] = {"": USUAL_SECONDS * FEW}
    count: dict[str, int] = {"": FEW}
    for kind, seconds in answers:
        for name in (kind, ""):
            total[name] = total.get(name, USUAL_SECONDS * FEW) + min(max(seconds, 1.0), LONGEST_SECONDS)
            count[name] = count.get(name, FEW) + 1
    return {name: total[name] / count[name] for name in total}


def final_from(cost: float, budget: float, interview: int) -> int:
    """The first of the last days, in which there is time to see every card once more; `cost` is that of all cards."""
    return interview - ceil(cost / budget)


def share(
    cards: Sequence[Planned],
    day: int,
    interview: int,
    budget: float,
    weights: tuple[float, ...] = DEFAULT_WEIGHTS,
    room: float | None = None,
) -> list[int]:
    """Today's list: the indices of the cards to ask on `day`, most urgent first. New cards count in the order given.

    Until the last days no two of a concept. The state of the cards is that of the morning, and the list is empty after
    the interview. `room` is what today may cost, where that is not the budget of every day.
    """
    if not cards or day > interview:
        return []
    final = day >= final_from(sum(card[4] for card in cards), budget, interview)
    keys = _final_keys(cards, day, interview, weights) if final else _build_keys(cards, day, weights)
    order = sorted(range(len(keys)), key=keys.__getitem__, reverse=True)
    chosen: list[int] = []
    met: set[str] = set()
    spent, most = 0.0, (budget if room is None else room) + 1e-9
    for nth in order:
        concept, _, _, _, cost = cards[nth]
        if keys[nth] <= 0.0 or (chosen and spent + cost > most):
            break
        if not final:
            if concept in met:
                continue
            met.add(concept)
        chosen.append(nth)
        spent += cost
    return chosen


def backlog(cards: Sequence[Planned], day: int, weights: tuple[float, ...] = DEFAULT_WEIGHTS) -> list[int]:
    """The indices of cards that are due, in the order in which asking them raises recall most, 30 days ahead."""
    keys = gains(cards, day, BACKLOG_DAYS, weights)
    return sorted(range(len(keys)), key=keys.__getitem__, reverse=True)


def gains(
    cards: Iterable[Planned], day: int, ahead: float, weights: tuple[float, ...] = DEFAULT_WEIGHTS
) -> list[float]:
    """By how much asking each card on `day` raises the expected chance of recalling it `ahead` days later.

    The mean over the four ratings, a card that is recalled being rated like those of many learners. FSRS-6's step
    without its bounds, written out: this is the whole cost of a list, and a call for each card would double it.
    """
    w = weights
    decay, curve = -w[20], 0.9 ** (-1.0 / w[20]) - 1.0
    far = curve * ahead
    new = sum(p * (1.0 + far / s) ** decay for p, s in zip(FIRST_GRADES, w, strict=False))
    hard, good, easy = RECALLED_GRADES
    growth, hard_growth, easy_growth, steep = exp(w[8]), w[15], w[16], exp(w[10])
    lapse, least = w[11] * exp(w[14]), exp(-w[17] * w[18])
    w9, w10, w12, w13, w14 = -w[9], -w[10], -w[12], w[13], -w[14]
    found = []
    for _, s, d, last, _ in cards:
        if s is None:
            found.append(new)
            continue
        gap = curve * (day - last) / s if day > last else 0.0
        rate = far / s
        recall = (1.0 + gap) ** decay
        again = lapse * d**w12 * ((s + 1.0) ** w13 - 1.0) * exp(w14 * recall)
        highest = s * least
        grown = growth * (11.0 - d) * s**w9 * (steep * exp(w10 * recall) - 1.0)
        found.append(
            (1.0 - recall) * (1.0 + far / (again if again < highest else highest)) ** decay
            + recall
            * (
                hard * (1.0 + rate / (1.0 + grown * hard_growth)) ** decay
                + good * (1.0 + rate / (1.0 + grown)) ** decay
                + easy * (1.0 + rate / (1.0 + grown * easy_growth)) ** decay
            )
            - (1.0 + gap + rate) ** decay
        )
    return found


def _final_keys(cards: Sequence[Planned], day: int, interview: int, weights: tuple[float, ...]) -> list[float]:
    found = gains(cards, day, interview - day, weights)
    return [gain / card[4] for gain, card in zip(found, cards, strict=True)]


def _build_keys(cards: Sequence[Planned], day: int, weights: tuple[float, ...]) -> list[float]:
    decay, curve = -weights[20], 0.9 ** (-1.0 / weights[20]) - 1.0
    reach = (RETENTION ** (-1.0 / weights[20]) - 1.0) / curve  # interval / stability
    keys = []
    for _, s, _, last, _ in cards:
        if s is None:
            keys.append(_NEW)
            continue
        passed = day - last
        late = passed - max(1, round(s * reach))
        if late >= 0:
            keys.append(_DUE + 1e-4 * late)
        else:
            keys.append(1.0 - (1.0 + curve * passed / s) ** decay if passed > 0 else 0.0)
    return keys
