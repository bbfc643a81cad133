"""What choosing today's list costs, from cards in memory, in pure Python.

    python -m benchmarks.plan [--runs 15]

Cards in every state, before and in the last days of a plan, and the order of a backlog without one; medians.
"""

import argparse
import random
import time
from collections.abc import Callable
from statistics import median

from quiz.study.plan import Planned, backlog, share

BOUNDS = {1_000: 1.8, 100_000: 170.0}  # ms
DAY = 20_781


def deck(count: int) -> list[Planned]:
    """One card in five is new; siblings in pairs."""
    chance = random.Random(2026)
    cards = []
    for number in range(count):
        concept = f"concept-{number // 2}"
        if number % 5 == 0:
            cards.append(Planned(concept))
        else:
            stability, difficulty = chance.uniform(0.2, 60.0), chance.uniform(1.0, 10.0)
            cards.append(Planned(concept, stability, difficulty, DAY - chance.randint(1, 40)))
    return cards


def milliseconds(work: Callable[[], object], runs: int) -> float:
    taken = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        taken.append(1e3 * (time.perf_counter() - begun))
    return median(taken)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--runs", type=int, default=15)
    runs = arguments.parse_args().runs
    for count, bound in BOUNDS.items():
        cards = deck(count)
        per_day = count // 20
        cases = {
            "build": lambda: share(cards, DAY, DAY + 40, per_day),  # noqa: B023  # called in this turn
            "last days": lambda: share(cards, DAY, DAY + 7, per_day),  # noqa: B023
            "backlog": lambda: backlog(cards, DAY),  # noqa: B023
        }
        for name, case in cases.items():
            print(f"{count:>7} cards  {name:<10} {milliseconds(case, runs):7.2f} ms   at most {bound}")


if __name__ == "__main__":
    main()
