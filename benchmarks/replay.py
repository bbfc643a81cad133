"""How long `replay` takes for 1,000,000 reviews, as a multiple of fsrs-rs-python for the same states.

Run from the root of the repository, with the extra `test` installed:  python -m benchmarks.replay [REVIEWS]

Both start from the same three arrays (card, rating, gap; the cards interleaved) and end in two arrays, stability and
difficulty. So the time of fsrs-rs-python includes what its interface asks for: reviews grouped by card, objects built,
results read back. It gets its quickest calls, all cards in one (`memory_state_batch`, or for the states after every
review `historical_memory_state_batch`), and the packed sort that `replay` has. It is timed in two manners:
  own     an FSRSReview for each review, as its interface is meant;
  shared  an FSRSReview for each pair of rating and gap that occurs, used again for every review like it.
Two logs: `real` draws whole cards of the shipped log (half of its reviews are same-day ones), `later` has 10 reviews a
card, one in ten of them *again* and one in twenty on the same day. Medians of 7 repetitions, interleaved.
"""

import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import NamedTuple

import fsrs_rs_python as rs
import numpy as np
from numpy.typing import NDArray

from quiz.memory.fsrs import DEFAULT_WEIGHTS
from quiz.memory.replay import replay
from tests.memory.real_log import real_log

REPETITIONS = 7

Ints = NDArray[np.int64]
States = tuple[NDArray[np.float64], NDArray[np.float64]]


class Log(NamedTuple):
    """The reviews in the order they were made: card (0..n-1), rating, gap in study days."""

    card: Ints
    rating: NDArray[np.int8]
    gap: Ints


def real(reviews: int) -> Log:
    """Cards of the real log, drawn with replacement and interleaved as they were."""
    source, chance = real_log(), np.random.default_rng(1)
    lengths = np.bincount(source.card)
    drawn = chance.integers(len(lengths), size=reviews)
    drawn = drawn[: np.searchsorted(np.cumsum(lengths[drawn]), reviews)]
    by_card = np.argsort(source.card, kind="stable")
    starts = np.cumsum(lengths) - lengths
    position = np.concatenate([by_card[starts[c] : starts[c] + lengths[c]] for c in drawn])
    card = np.repeat(np.arange(len(drawn)), lengths[drawn])
    in_time = np.argsort(position + chance.random(len(position)), kind="stable")
    position, card = position[in_time], card[in_time]
    return Log(card, source.rating[position], source.gap[position])


def later(reviews: int) -> Log:
    """About 10 reviews a card, nearly all on later days and recalled."""
    chance = np.random.default_rng(2)
    card = np.unique(chance.integers(reviews // 10, size=reviews), return_inverse=True)[1]
    rating = chance.choice(np.array([1, 2, 3, 4], np.int8), size=reviews, p=[0.1, 0.1, 0.7, 0.1])
    gap = np.where(chance.random(reviews) < 0.05, 0, chance.integers(1, 60, size=reviews))
    return Log(card, rating, gap)


def in_rust(log: Log, shared: bool, every: bool) -> States:
    """The same states from fsrs-rs-python."""
    packed = log.card * len(log.card) + np.arange(len(log.card))
    packed.sort()
    order = packed % len(log.card)
    rating, gap = log.rating[order], log.gap[order]
    if shared:
        code = gap * 4 + rating - 1
        objects = np.empty(int(code.max()) + 1, object)
        for c in np.flatnonzero(np.bincount(code)).tolist():
            objects[c] = rs.FSRSReview(c % 4 + 1, c // 4)
        reviews = objects[code].tolist()
    else:
        reviews = list(map(rs.FSRSReview, rating.tolist(), gap.tolist()))
    ends = np.cumsum(np.bincount(log.card)).tolist()
    items = [rs.FSRSItem(reviews[start:end]) for start, end in zip([0, *ends[:-1]], ends, strict=True)]
    model = rs.FSRS(list(DEFAULT_WEIGHTS))
    if not every:
        states = model.memory_state_batch(items)
        return np.array([s.stability for s in states]), np.array([s.difficulty for s in states])
    histories = model.historical_memory_state_batch(items)
    stability, difficulty = np.empty(len(order)), np.empty(len(order))
    stability[order] = [s.stability for history in histories for s in history]
    difficulty[order] = [s.difficulty for history in histories for s in history]
    return stability, difficulty


def timed(call: Callable[[], States]) -> tuple[float, States]:
    begin = perf_counter()
    states = call()
    return perf_counter() - begin, states


def compare(log: Log, every: bool) -> str:
    """One line: the medians, the ratios, and how far the states are from one another at most."""
    ways: dict[str, Callable[[], States]] = {
        "replay": lambda: replay(*log, every=every),
        "own": lambda: in_rust(log, False, every),
        "shared": lambda: in_rust(log, True, every),
    }
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    states: dict[str, States] = {}
    for _ in range(REPETITIONS):
        for name, call in ways.items():
            taken, states[name] = timed(call)
            seconds[name].append(taken)
    ours, own, shared = (1000 * median(seconds[name]) for name in ways)
    apart = max(float(np.abs(a / b - 1).max()) for a, b in zip(states["replay"], states["own"], strict=True))
    return f"{ours:8.1f} {own:8.1f} {shared:8.1f} {ours / own:11.3f} {ours / shared:11.3f} {apart:10.1e}"


def main() -> None:
    reviews = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    print("log    states  reviews  replay  own (ms)   shared    to own  to shared  states differ by (relative)")
    for name, log in (("real", real(reviews)), ("later", later(reviews))):
        for every in (False, True):
            print(f"{name:6} {'every' if every else 'last':6} {len(log.card):8}", compare(log, every))


if __name__ == "__main__":
    main()
