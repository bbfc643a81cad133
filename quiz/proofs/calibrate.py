"""One fitted temperature takes the calibration error of a model that triples its logits from 0.22 to about 0.01.

Topic: failures
Source: Guo et al. 2017 (calibration), §2, eq. 3 (ECE) and §4.2 (temperature scaling)
Refutes: "An overconfident model must be retrained": where the logits are too large by one factor, one number mends it

Ten classes, logits z ~ N(0, 9), labels drawn from softmax(z): that law is calibrated by construction. The model says
softmax(3 z) instead. On half of the data one temperature T is fitted by the likelihood of the labels; on the other half
the expected calibration error is taken before and after: 15 equal bins of confidence, in each the distance of mean
confidence and share of right answers, weighed by the number of answers. For a model that says z the fit finds T = 1.
"""

from collections.abc import Callable
from typing import Annotated, Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from quiz.proofs._demo import Bars, Cost, Demo, Found, Measurement, Parameter, control, mutant
from quiz.proofs.numerics import Array, cross_entropy, softmax

CLASSES, BINS, FACTOR = 10, 15, 3.0
Labels = NDArray[np.int64]
Cool = Callable[[Array, float], Array]


def task(rng: Generator, answers: int) -> tuple[Array, Labels]:
    """Logits and labels drawn from their softmax. -> (answers, 10), (answers,)."""
    z = 3 * rng.normal(size=(answers, CLASSES))
    y = (softmax(z).cumsum(axis=1) < rng.random((answers, 1))).sum(axis=1)
    return z, np.minimum(y, CLASSES - 1)


def of_answers(count: Array) -> Array:
    share: Array = count / count.sum()
    return share


def of_bins(count: Array) -> Array:
    share: Array = (count > 0) / np.count_nonzero(count)
    return share


def bins(p: Array, y: Labels) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Answers, right ones and summed confidence in each bin. p: (n, 10), y: (n,) -> three of (15,)."""
    confidence, right = p.max(axis=1), p.argmax(axis=1) == y
    place = np.minimum((confidence * BINS).astype(int), BINS - 1)
    count = np.bincount(place, minlength=BINS).astype(float)
    return count, np.bincount(place, right, BINS), np.bincount(place, confidence, BINS)


def ece(p: Array, y: Labels, weigh: Callable[[Array], Array] = of_answers) -> float:
    """Expected calibration error of the answers arg max p. p: (n, 10), y: (n,)."""
    count, right, confidence = bins(p, y)
    return float(weigh(count) @ (np.abs(right - confidence) / np.maximum(count, 1)))


def divided(z: Array, T: float) -> Array:
    return z / T


def added(z: Array, T: float) -> Array:
    return z - T


def fitted(z: Array, y: Labels, cool: Cool) -> float:
    """The T from 0.2 to 20 with the largest likelihood, by golden section on ln T. z: (n, 10), y: (n,)."""
    low, high, golden = np.log(0.2), np.log(20.0), 0.381966
    while high - low > 1e-3:
        a, b = low + golden * (high - low), high - golden * (high - low)
        if cross_entropy(cool(z, float(np.exp(a))), y) < cross_entropy(cool(z, float(np.exp(b))), y):
            high = b
        else:
            low = a
    return float(np.exp((low + high) / 2))


def honest(rng: Generator, *, answers: int) -> Found:
    T = fitted(*task(rng, answers), divided)
    return Found([Measurement("T fitted to a model that says z", T, "between", (0.9, 1.1), "nothing to mend")])


def measure(
    rng: Generator,
    *,
    answers: Annotated[int, Parameter(4000, 50_000)] = 10_000,
    cool: Cool = divided,
    weigh: Callable[[Array], Array] = of_answers,
) -> Found:
    (z, y), (test_z, test_y) = task(rng, answers), task(rng, answers)
    said = FACTOR * test_z
    T = fitted(FACTOR * z, y, cool)
    before, after = softmax(said), softmax(cool(said, T))
    loose, tight = ece(before, test_y, weigh), ece(after, test_y, weigh)
    moved = int((before.argmax(axis=1) != after.argmax(axis=1)).sum())
    sure, right = (100 * float(x) for x in (before.max(axis=1).mean(), (before.argmax(axis=1) == test_y).mean()))
    return Found(
        [
            Measurement("ECE before", loose, "between", (0.19, 0.25), "0.22; s.e. below 0.008"),
            Measurement("ECE after", tight, "<", 0.035, "0.01 of 10,000 answers; noise gives 0.03 of 4,000"),
            Measurement("T", T, "between", (2.7, 3.3), "3, what the logits were multiplied by"),
            Measurement("mean confidence before", sure, "between", (86, 90), "88", "%"),
            Measurement("answers that are right", right, "between", (62, 70), "66", "%"),
            Measurement("answers that change", moved, "=", 0, "dividing by T keeps the order"),
        ],
        [Bars("Expected calibration error", [("before", loose), ("after", tight)])],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("times-T", "logits multiplied by T: the fit has to find a third", cool=lambda z, T: z * T),
        mutant("shift", "T subtracted from every logit, which softmax does not see", cool=added),
        mutant("sign", "the cooled logits negated: the answers change", cool=lambda z, T: -z / T),
    ],
    controls=[control("honest", "a model that says z itself", honest)],
    learnt="Temperature mends confidence and leaves every answer as it was: T = 3 undoes the factor of 3.",
    not_shown="A fault that is not one common factor, or data unlike those of the fit; any real model.",
    cost=lambda answers: Cost(bytes=2e5 + 1200.0 * answers, seconds=0.01 + 1.1e-5 * answers),
)
