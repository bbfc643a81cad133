"""What FSRS's chance of recall has to be corrected by, for this learner: eight numbers learnt from the log as it grows.

A logistic regression on the log-odds of retrievability R and a few facts about the card, one Adagrad step for each
graded review of a later study day. It starts as no correction at all. Intervals and `retrievability` stay FSRS's.
"""

from collections.abc import Iterable
from math import exp, log, log1p
from typing import NamedTuple

from quiz.memory.values import Rating

RATE = 0.1
DECAY = 1e-4
"""How much of a correction is forgotten at each step."""
MOST = 1e-6
"""How near to 0 and 1 retrievability is taken."""


class Before(NamedTuple):
    """A card as it was when it was asked, on a later study day than the last time."""

    retrievability: float
    reps: int
    """Reviews so far."""
    lapses: int
    """Times it was forgotten on a later study day than the one before."""
    last_rating: int
    days: int
    """Study days since the last review, at least 1."""
    exact_days: float
    """The same in days of 24 hours."""


class Calibration(NamedTuple):
    """The correction learnt so far: a weight for each feature, and the sum of its squared gradients."""

    weights: tuple[float, ...] = (0.0,) * 8
    squares: tuple[float, ...] = (1.0,) * 8


def recall(calibration: Calibration, before: Before) -> float:
    """The chance that this learner recalls the card now."""
    return _chance(calibration.weights, _log_odds(before.retrievability), _features(before))


def learned(calibration: Calibration, reviews: Iterable[tuple[Before, bool]]) -> Calibration:
    """The correction after some more reviews, in their order; each with whether it was recalled."""
    weights, squares = list(calibration.weights), list(calibration.squares)
    for before, recalled in reviews:
        features = _features(before)
        error = _chance(weights, _log_odds(before.retrievability), features) - recalled
        for nth, feature in enumerate(features):
            gradient = error * feature + DECAY * weights[nth]
            squares[nth] += gradient * gradient
            weights[nth] -= RATE * gradient / squares[nth] ** 0.5
    return Calibration(tuple(weights), tuple(squares))


def _features(before: Before) -> tuple[float, ...]:
    return (
        1.0,
        _log_odds(before.retrievability) - 1.5,
        log1p(before.reps) - 1.5,
        log1p(before.lapses) - 0.5,
        float(before.last_rating == Rating.AGAIN),
        float(before.last_rating == Rating.HARD) - float(before.last_rating == Rating.EASY),
        log(max(before.days, 1)) - 2.0,
        min(max(before.exact_days - before.days, -1.0), 1.0),
    )


def _log_odds(chance: float) -> float:
    chance = min(max(chance, MOST), 1.0 - MOST)
    return log(chance / (1.0 - chance))


def _chance(weights: Iterable[float], log_odds: float, features: Iterable[float]) -> float:
    total = log_odds + sum(weight * feature for weight, feature in zip(weights, features, strict=True))
    return 1.0 / (1.0 + exp(-min(max(total, -30.0), 30.0)))
