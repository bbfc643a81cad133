"""FSRS-6, one review at a time: how memory changes with an answer and when to ask next. The formulas: docs/memory.md.

`weights` are the 21 numbers w[0]..w[20] of FSRS-6, inside its bounds; a rating is 1..4 (`Rating`). Neither is checked.
Gaps and intervals are whole study days; a gap of 0 (or less) is a second review on the same study day.
"""

from math import exp
from typing import NamedTuple
from zlib import crc32

from quiz.memory.values import MemoryState, Rating

# The defaults of FSRS-6 (py-fsrs 6.3), fitted to the logs of many learners.
DEFAULT_WEIGHTS: tuple[float, ...] = (
    *(0.212, 1.2931, 2.3065, 8.2956),  # stability after a first again, hard, good, easy
    *(6.4133, 0.8334, 3.0194, 0.001),  # difficulty: first two for the first answer, then step and pull to the mean
    *(1.8722, 0.1666, 0.796),  # growth of stability after recall
    *(1.4835, 0.0614, 0.2629, 1.6483),  # stability after a lapse
    *(0.6014, 1.8729),  # factors of hard and easy
    *(0.5425, 0.0912, 0.0658),  # the same study day
    0.1542,  # decay of the forgetting curve
)
AGAIN, HARD, GOOD, EASY = Rating
MIN_STABILITY, MAX_STABILITY = 0.001, 36500.0  # days, as in fsrs-rs
MAX_INTERVAL = 36500  # days


class Future(NamedTuple):
    """What a rating would lead to; the interval is in study days, 0 for again: asked until recalled the same day."""

    state: MemoryState
    interval: int


def first(rating: int, weights: tuple[float, ...] = DEFAULT_WEIGHTS) -> MemoryState:
    """The state after a card's first review."""
    return _within_bounds(weights[rating - 1], _first_difficulty(rating, weights))


def step(
    state: MemoryState | None, rating: int, gap_days: float, weights: tuple[float, ...] = DEFAULT_WEIGHTS
) -> MemoryState:
    """The state after a review `gap_days` study days after the last one; a state of None is a card never seen."""
    if state is None:
        return first(rating, weights)
    w = weights
    s, d = state
    if gap_days <= 0:
        growth = exp(w[17] * (rating - 3 + w[18])) * s ** -w[19]
        after = s * growth if rating == AGAIN or growth > 1.0 else s
    else:
        forgotten = 1.0 - retrievability(gap_days, s, w)
        if rating == AGAIN:
            lapse = w[11] * d ** -w[12] * ((s + 1.0) ** w[13] - 1.0) * exp(w[14] * forgotten)
            after = min(lapse, s * exp(-w[17] * w[18]))
        else:
            growth = exp(w[8]) * (11.0 - d) * s ** -w[9] * (exp(w[10] * forgotten) - 1.0)
            if rating != GOOD:
                growth *= w[15] if rating == HARD else w[16]
            after = s * (1.0 + growth)
    moved = d - w[6] * (rating - 3) * (10.0 - d) / 9.0  # the less room is left, the smaller the step
    return _within_bounds(after, w[7] * _first_difficulty(EASY, w) + (1.0 - w[7]) * moved)


def retrievability(days: float, stability: float, weights: tuple[float, ...] = DEFAULT_WEIGHTS) -> float:
    """The chance of recall `days` after the last review: 1 at once, 0.9 after `stability` days."""
    chance: float = (1.0 + _curve(weights) * days / stability) ** -weights[20]
    return chance


def interval(stability: float, retention: float, weights: tuple[float, ...] = DEFAULT_WEIGHTS) -> int:
    """After how many days retrievability falls to `retention` (above 0, up to 1), in whole days from 1 to 36500."""
    days: float = stability / _curve(weights) * (retention ** (-1.0 / weights[20]) - 1.0)
    return round(min(max(days, 1.0), MAX_INTERVAL))


def fuzz_bounds(interval: int) -> tuple[int, int]:
    """The shortest and the longest interval that Anki may make of this one."""
    if interval < 2.5:
        return interval, interval
    spread = 1.0 + 0.15 * (min(interval, 7.0) - 2.5)
    spread += 0.1 * max(min(interval, 20.0) - 7.0, 0.0) + 0.05 * max(interval - 20.0, 0.0)
    return round(interval - spread), min(round(interval + spread), MAX_INTERVAL)


def fuzzed(interval: int, seed: str) -> int:
    """The interval moved within Anki's bounds, so that cards learnt together part; a seed always gives the same."""
    shortest, longest = fuzz_bounds(interval)
    return shortest + int(_fraction(seed) * (longest - shortest + 1))


def outlook(
    state: MemoryState | None, gap_days: float, retention: float, weights: tuple[float, ...], seed: str
) -> tuple[Future, Future, Future, Future]:
    """The futures behind the four buttons (index: rating - 1), intervals fuzzed alike and hard <= good <= easy."""
    again, *recalled = (step(state, rating, gap_days, weights) for rating in Rating)
    days = 1
    futures = [Future(again, 0)]
    for after in recalled:
        days = max(days, interval(after.stability, retention, weights))  # weights may put a first hard above good
        futures.append(Future(after, fuzzed(days, seed)))
    return futures[0], futures[1], futures[2], futures[3]


def _within_bounds(stability: float, difficulty: float) -> MemoryState:
    if not MIN_STABILITY <= stability <= MAX_STABILITY:
        stability = MIN_STABILITY if stability < MIN_STABILITY else MAX_STABILITY
    if not 1.0 <= difficulty <= 10.0:
        difficulty = 1.0 if difficulty < 1.0 else 10.0
    return MemoryState(stability, difficulty)


def _first_difficulty(rating: int, weights: tuple[float, ...]) -> float:
    return weights[4] - exp(weights[5] * (rating - 1)) + 1.0


def _curve(weights: tuple[float, ...]) -> float:
    """The factor f with (1 + f)^-w20 = 0.9, which makes stability the time to 0.9."""
    factor: float = 0.9 ** (-1.0 / weights[20]) - 1.0
    return factor


def _fraction(seed: str) -> float:
    """Evenly spread in [0, 1).

    A checksum alone is linear: cards that share a fraction once would share it at every later repetition. The
    multiplication (by 2^32 over the golden ratio, Knuth's multiplicative hash) parts them.
    """
    return (crc32(seed.encode()) * 2654435761 & 0xFFFFFFFF) / 2**32
