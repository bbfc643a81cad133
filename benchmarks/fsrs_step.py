"""Microseconds that one step of FSRS-6 takes, by rating, on a later study day and on the same one.

Run from the root of the repository, with the extra `test` installed:  python -m benchmarks.fsrs_step
Each figure is the median of 15 repetitions of 10,000 calls, interleaved, the loop and the call included.
py-fsrs, which also copies its card and writes a log entry, is timed beside it.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from statistics import median
from timeit import Timer

import fsrs as py_fsrs

from quiz.memory.fsrs import DEFAULT_WEIGHTS, outlook, step
from quiz.memory.values import MemoryState, Rating

REPETITIONS, CALLS = 15, 10_000
STATE = MemoryState(10.0, 5.0)


def calls() -> dict[str, Callable[[], object]]:
    """What is timed, by name."""
    timed: dict[str, Callable[[], object]] = {
        f"{rating.name.lower()}, {when}": partial(step, STATE, rating, gap)
        for rating in Rating
        for gap, when in ((9, "later day"), (0, "same day"))
    }
    timed["outlook of a card"] = partial(outlook, STATE, 9, 0.9, DEFAULT_WEIGHTS, "card/7")

    at = datetime(2026, 11, 23, tzinfo=UTC)
    scheduler = py_fsrs.Scheduler(enable_fuzzing=False)
    card = py_fsrs.Card(1, py_fsrs.State.Review, None, *STATE, due=at, last_review=at)
    timed["py-fsrs: good, later day"] = partial(
        scheduler.review_card, card, py_fsrs.Rating.Good, at + timedelta(days=9)
    )
    return timed


def main() -> None:
    timers = {name: Timer(call) for name, call in calls().items()}
    micro: dict[str, list[float]] = {name: [] for name in timers}
    for _ in range(REPETITIONS):
        for name, timer in timers.items():
            micro[name].append(1e6 * timer.timeit(CALLS) / CALLS)
    for name, taken in micro.items():
        print(f"{name:28}{median(taken):7.2f} µs")


if __name__ == "__main__":
    main()
