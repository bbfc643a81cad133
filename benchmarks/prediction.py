"""How well the chance of recall is foretold on a real log: FSRS-6 as it comes, fitted anew, and with our correction.

Run from the root of the repository, with the extra `test` installed:  python -m benchmarks.prediction

The log of tests/data: 12,580 reviews of one learner, study days that begin at 04:00 UTC. Foretold is each review on a
later study day than the card's last one, strictly causally: every method knows the reviews of earlier days only. The
log loss is the mean of -log of the chance given to what happened; less is better. Then the table of calibration: of the
reviews that were foretold with such a chance, how many were recalled.
"""

from collections.abc import Iterator
from itertools import groupby
from math import log
from typing import NamedTuple

import fsrs_rs_python as rs
import numpy as np

from quiz.memory.calibration import Before, Calibration, learned, recall
from quiz.memory.fsrs import DEFAULT_WEIGHTS, retrievability
from quiz.memory.replay import replay
from quiz.memory.values import Rating
from tests.memory.real_log import real_log

FEWEST = 400
"""Reviews before weights are fitted for the first time."""


class Foretold(NamedTuple):
    """One review, what was known before it, and what happened."""

    day: int
    before: Before
    recalled: bool


def foretold(weights: tuple[float, ...] = DEFAULT_WEIGHTS) -> Iterator[Foretold]:
    """The reviews on later days in their order, with retrievability under these weights."""
    log = real_log()
    gap = log.gap
    stability, _ = replay(log.card, log.rating.astype(np.int64), gap, weights, every=True)
    last: dict[int, int] = {}
    reps: dict[int, int] = {}
    lapses: dict[int, int] = {}
    for nth, card in enumerate(log.card.tolist()):
        rating, days = int(log.rating[nth]), int(gap[nth])
        if card in last and days > 0:
            chance = retrievability(days, float(stability[last[card]]), weights)
            exact = float(log.hours[nth]) / 24
            before = Before(chance, reps[card], lapses[card], int(log.rating[last[card]]), days, exact)
            yield Foretold(int(log.day[nth]), before, rating != Rating.AGAIN)
            lapses[card] += rating == Rating.AGAIN
        lapses.setdefault(card, 0)
        reps[card] = reps.get(card, 0) + 1
        last[card] = nth


def corrected(reviews: list[Foretold]) -> list[float]:
    """The chances with the correction, learnt at the end of each study day."""
    calibration, chances = Calibration(), []
    for _, day in groupby(reviews, key=lambda review: review.day):
        its = list(day)
        chances += [recall(calibration, review.before) for review in its]
        calibration = learned(calibration, ((review.before, review.recalled) for review in its))
    return chances


def refitted(reviews: list[Foretold], every: int) -> list[float]:
    """The chances under weights that are fitted anew to all earlier days, every so many days."""
    chances: dict[int, float] = {}
    fits: dict[tuple[float, ...], list[Foretold]] = {}
    weights, fitted_on = DEFAULT_WEIGHTS, None
    for day, _ in groupby(reviews, key=lambda review: review.day):
        if fitted_on is None or day - fitted_on >= every:
            weights, fitted_on = _fitted(day) or weights, day
        its = fits.setdefault(weights, [])
        if not its:
            its += foretold(weights)
        for nth, review in enumerate(its):
            if review.day == day:
                chances[nth] = review.before.retrievability
    return [chances[nth] for nth in range(len(reviews))]


def _fitted(day: int) -> tuple[float, ...] | None:
    """Weights fitted to the days before."""
    log = real_log()
    known = int(np.searchsorted(log.day, day))
    if known < FEWEST:
        return None
    items = []
    for card in np.unique(log.card[:known]):
        at = np.flatnonzero(log.card[:known] == card)
        its = [rs.FSRSReview(int(log.rating[nth]), int(log.gap[nth])) for nth in at]
        items += [rs.FSRSItem(its[: end + 1]) for end in range(1, len(at)) if log.gap[at[end]] > 0]
    return tuple(rs.FSRS(list(DEFAULT_WEIGHTS)).compute_parameters(items))


def loss(chances: list[float], reviews: list[Foretold]) -> float:
    """Mean log loss."""
    pairs = zip(chances, reviews, strict=True)
    return -sum(log(p if review.recalled else 1 - p) for p, review in pairs) / len(reviews)


def table(chances: list[float], reviews: list[Foretold]) -> Iterator[str]:
    """Of the reviews with such a chance, how many were recalled."""
    for low in (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95):
        high = {0.0: 0.5, 0.8: 0.85, 0.85: 0.9, 0.9: 0.95, 0.95: 1.0001}.get(low, low + 0.1)
        inside = [(p, review) for p, review in zip(chances, reviews, strict=True) if low <= p < high]
        if inside:
            mean = sum(p for p, _ in inside) / len(inside)
            seen = sum(review.recalled for _, review in inside) / len(inside)
            share = f"{low:4.0%} to {min(high, 1):4.0%}"
            yield f"  {share}  {len(inside):6,} reviews  foretold {mean:.3f}  recalled {seen:.3f}"


def main() -> None:
    """Print the losses and the two tables."""
    reviews = list(foretold())
    plain = [review.before.retrievability for review in reviews]
    ours = corrected(reviews)
    print(f"{len(reviews):,} reviews on later days; log loss (asked for: 0.452 with the correction)")
    first = loss(plain, reviews)
    for name, chances in (
        ("FSRS-6 defaults", plain),
        ("fitted anew every 30 days", refitted(reviews, 30)),
        ("fitted anew every 7 days", refitted(reviews, 7)),
        ("defaults with our correction", ours),
    ):
        print(f"  {name:30} {loss(chances, reviews):.4f}  ({loss(chances, reviews) / first:.3f} of the defaults)")
    for name, chances in (("FSRS-6 defaults", plain), ("defaults with our correction", ours)):
        print(f"\n{name}")
        print("\n".join(table(chances, reviews)))


if __name__ == "__main__":
    main()
