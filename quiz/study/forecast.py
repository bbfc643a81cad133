"""What a plan will come to, found out by following it with virtual copies of the learner. These are simulations."""

from collections.abc import Callable, Sequence
from math import cos, exp, log, pi, sqrt
from typing import Final, NamedTuple

from quiz.memory.calibration import Before, Calibration, recall
from quiz.memory.fsrs import DEFAULT_WEIGHTS, retrievability, step
from quiz.memory.values import MemoryState, Rating
from quiz.study.plan import FIRST_GRADES, RECALLED_GRADES, Plan, Planned, share

FEWEST, MOST, EFFORT = 6, 100, 300_000
"""Virtual copies of the learner, at least and at most, and about how many cards they may look at in all their days."""
SAMPLE: Final = 400
"""So many questions stand for a larger bank."""
PACE: Final = 0.3
"""Standard deviation, between copies, of the logarithm of how much faster they forget than the model thinks."""
NINE_IN_TEN: Final = 1.645
"""Standard deviations on each side that hold nine in ten."""

Chance = Callable[[], float]
"""Evenly spread in [0, 1)."""


class Load(NamedTuple):
    """A study day: cards to ask, the mean of the copies; repeats of failed ones come on top."""

    study_day: int
    cards: float
    new: float


class Forecast(NamedTuple):
    """The interview day as it looks from here."""

    expected: float
    """Mean chance of recall over all questions; one never seen counts 0."""
    low: float
    """Nine in ten copies know a share between this ..."""
    high: float
    """... and this."""
    unseen: float
    """Questions that are never asked, the mean of the copies."""
    load: Sequence[Load]
    by_card: Sequence[tuple[int, float]]
    """Index of a card (of those that stand for all) and its mean chance."""


class Prospect(NamedTuple):
    """A plan and where it leads."""

    plan: Plan
    today: int
    final_from: int
    """The first of the last days."""
    questions: int
    unseen: int
    listed: int
    """Cards on today's list ..."""
    left: int
    """... and of them, those that were not answered yet ..."""
    left_new: int
    """... and of these, the new ones."""
    stop: Forecast
    keep: Forecast
    others: Sequence[tuple[Plan, Forecast]]
    """What more or less time a day would change."""
    weakest: Sequence[tuple[str, float, int]]
    """(topic, mean chance on the day, questions), the weakest first."""
    needed: Plan | None
    """With what every question would be seen; None where the plan reaches that."""


class Aim(NamedTuple):
    """What is planned: from which study day to which, and what a day may cost (in the unit of the cards' costs)."""

    today: int
    interview: int
    budget: float
    weights: tuple[float, ...] = DEFAULT_WEIGHTS
    calibration: Calibration = Calibration()
    """What the log has taught about this learner; it corrects the chances on the day, not how a copy learns."""


class Past(NamedTuple):
    """What the correction needs to know of a card."""

    reps: int = 0
    lapses: int = 0
    last_rating: int = int(Rating.GOOD)


def forecast(
    cards: Sequence[Planned], aim: Aim, chance: Chance, first: float | None = None, pasts: Sequence[Past] = ()
) -> Forecast:
    """Follow the rule until the interview. `first` is what is left of today's budget, where that is not all of it.

    With a budget of 0 nothing more is done: what is known if the learner stops now. `pasts` belong to `cards`.
    """
    near = _in_reach(cards, aim)
    beyond = sorted(set(range(len(cards))).difference(near))
    every = max(1, -(-len(near) // SAMPLE)) if aim.budget else 1
    chosen = near[::every]
    some = [cards[nth] for nth in chosen]
    before = [pasts[nth] for nth in chosen] if pasts else [Past()] * len(some)
    scale = len(near) / len(some) if some else 1.0
    first, aim = (aim.budget if first is None else first) / scale, aim._replace(budget=aim.budget / scale)
    days = max(1, aim.interview - aim.today) if aim.budget else 1
    copies = max(FEWEST, min(MOST, EFFORT // (days * max(1, len(some)))))
    runs = [_followed(some, before, aim, chance, first) for _ in range(copies)]
    part = len(near) / max(1, len(cards))
    shares = [part * _known(run, aim, chance, len(near)) for run in runs]
    by_card = [sum(_recall(run.cards[nth], run.pasts[nth], aim) for run in runs) / copies for nth in range(len(some))]
    mean = sum(shares) / copies
    expected = part * sum(by_card) / max(1, len(some))
    reach = NINE_IN_TEN * sqrt(sum((share - mean) ** 2 for share in shares) / (copies - 1))
    return Forecast(
        expected,
        max(0.0, expected - reach),
        min(1.0, expected + reach),
        scale * sum(card.stability is None for run in runs for card in run.cards) / copies + len(beyond),
        [_mean([run.load[nth] for run in runs], scale) for nth in range(len(runs[0].load))],
        [*zip(chosen, by_card, strict=True), *((nth, 0.0) for nth in beyond[::every])],
    )


def _in_reach(cards: Sequence[Planned], aim: Aim) -> list[int]:
    """The cards that may be asked until the interview: all that were seen, and the first new ones."""
    room = aim.budget * max(0, aim.interview - aim.today)
    near = []
    for nth, card in enumerate(cards):
        if card.stability is None:
            if room <= 0:
                continue
            room -= card.cost
        near.append(nth)
    return near


def enough(cards: Sequence[Planned], aim: Aim, chance: Chance) -> float:
    """About the smallest budget, above the given one, with which every question is seen by the interview."""
    low, high = aim.budget, max(aim.budget, sum(card.cost for card in cards))
    while high - low > max(1.0, low / 50):
        middle = (low + high) / 2
        every_card = forecast(cards, aim._replace(budget=middle), chance).unseen < 1
        low, high = (low, middle) if every_card else (middle, high)
    return high


class _Run(NamedTuple):
    cards: Sequence[Planned]
    pasts: Sequence[Past]
    pace: float
    load: Sequence[Load]


def _followed(cards: Sequence[Planned], pasts: Sequence[Past], aim: Aim, chance: Chance, first: float) -> _Run:
    """One copy, from today, with what is left of it, up to the eve of the interview.

    A day's room that is too small for a card (of a bank for which a few cards stand) is kept for the next day.
    """
    cards, pasts = list(cards), list(pasts)
    pace = exp(PACE * _normal(chance))
    load = []
    room = 0.0
    for day in range(aim.today, aim.interview if aim.budget else aim.today):
        room += first if day == aim.today else aim.budget
        asked = share(cards, day, aim.interview, aim.budget, aim.weights, room)
        if asked and cards[asked[0]].cost > room + 1e-9:
            asked = []
        room = min(room - sum(cards[nth].cost for nth in asked), cards[asked[-1]].cost if asked else room)
        load.append(Load(day, len(asked), sum(cards[nth].stability is None for nth in asked)))
        for nth in asked:
            cards[nth], pasts[nth] = _answered(cards[nth], pasts[nth], day, pace, aim.weights, chance)
    return _Run(cards, pasts, pace, load)


def _answered(
    card: Planned, past: Past, day: int, pace: float, weights: tuple[float, ...], chance: Chance
) -> tuple[Planned, Past]:
    """The card after its answer; after *again* it comes back the same day until it is recalled."""
    if card.stability is None:
        state, gap, rating = None, 0, _drawn(FIRST_GRADES, chance)
    else:
        state, gap = MemoryState(card.stability, card.difficulty), day - card.last_day
        recalled = chance() < retrievability(pace * max(0, gap), card.stability, weights)
        rating = 1 + _drawn(RECALLED_GRADES, chance) if recalled else Rating.AGAIN
    state = step(state, rating, gap, weights)
    past = Past(past.reps + 1, past.lapses + (rating == Rating.AGAIN and gap > 0), rating)
    if rating == Rating.AGAIN:
        state = step(state, Rating.GOOD, 0, weights)
        past = Past(past.reps + 1, past.lapses, int(Rating.GOOD))
    return card._replace(stability=state.stability, difficulty=state.difficulty, last_day=day), past


def _recall(card: Planned, past: Past, aim: Aim, pace: float = 1.0) -> float:
    if card.stability is None:
        return 0.0
    days = max(0, aim.interview - card.last_day)
    chance = retrievability(pace * days, card.stability, aim.weights)
    if days < 1 or not any(aim.calibration.weights):
        return chance
    return recall(aim.calibration, Before(chance, past.reps, past.lapses, past.last_rating, days, float(days)))


def _known(run: _Run, aim: Aim, chance: Chance, count: int) -> float:
    """The share of `count` questions that a copy knows on the day, by its own pace and by luck."""
    chances = [_recall(card, past, aim, run.pace) for card, past in zip(run.cards, run.pasts, strict=True)]
    luck = sqrt(sum(p * (1 - p) for p in chances) / max(1, len(chances)) / max(1, count))
    return sum(chances) / max(1, len(chances)) + luck * _normal(chance)


def _mean(loads: Sequence[Load], scale: float) -> Load:
    cards, new = (scale * sum(load[nth] for load in loads) / len(loads) for nth in (1, 2))
    return Load(loads[0].study_day, cards, new)


def _drawn(shares: Sequence[float], chance: Chance) -> int:
    """1 for the first, 2 for the second ..., each as often as its share."""
    point, nth = chance(), 1
    for share_ in shares[:-1]:
        if point < share_:
            break
        point -= share_
        nth += 1
    return nth


def _normal(chance: Chance) -> float:
    """A standard normal number (Box and Muller)."""
    return sqrt(-2.0 * log(1.0 - chance())) * cos(2.0 * pi * chance())
