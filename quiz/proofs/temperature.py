"""Temperature changes how many tokens are real choices, from 1 to 787 of 1,000, and never which one is likelier.

Topic: sampling
Source: Hinton et al. 2015, §2, eq. 1; Zipf's law for the logits; exp(H) is the perplexity of the choice
Refutes: "A higher temperature makes the model consider other tokens first": the order stays, only the odds shrink

1,000 tokens in shuffled order get the logits -ln rank, as Zipf's law has it, and p = softmax(z / T). exp(H), the
exponential of the entropy, says among how many equal tokens one would choose as uncertainly. At every T the order of
the tokens is compared with the order at T = 1, and the odds of the first two with 2^(1/T).
"""

from collections.abc import Callable
from typing import Annotated

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, Parameter, control, mutant
from quiz.proofs.numerics import Array, entropy, softmax

V = 1000
Warp = Callable[[Array, float], Array]


def divided(z: Array, T: float) -> Array:
    return softmax(z / T)


def powered(z: Array, T: float) -> Array:
    p = softmax(z) ** (1 / T)
    normalised: Array = p / p.sum()
    return normalised


def multiplied(z: Array, T: float) -> Array:
    return softmax(z * T)


def after_softmax(z: Array, T: float) -> Array:
    p = softmax(z) / T
    normalised: Array = p / p.sum()
    return normalised


def negated(z: Array, T: float) -> Array:
    return softmax(-z / T)


def softmax_twice(z: Array, T: float) -> Array:
    return softmax(softmax(z) / T)


def measure(
    rng: Generator,
    *,
    T: Annotated[tuple[float, ...], Parameter(0.05, 20)] = (0.1, 0.25, 0.5, 0.7, 1.0, 1.5, 2.0, 4.0),
    warp: Warp = divided,
) -> Found:
    rank = rng.permutation(V) + 1
    z = -np.log(rank)

    def choices(t: float) -> float:
        return float(np.exp(entropy(warp(z, t))))

    def odds(t: float) -> float:
        p = warp(z, t)
        return float(p[rank == 1][0] / p[rank == 2][0])

    temperatures = sorted({*T, 0.1, 1.0, 2.0})
    moved = sum(int((np.argsort(-warp(z, t)) != np.argsort(rank)).sum()) for t in temperatures)
    off = max(abs(odds(t) / 2 ** (1 / t) - 1) for t in temperatures)
    cold, one, hot = choices(0.1), choices(1.0), choices(2.0)
    return Found(
        [
            Measurement("choices at T = 0.1", cold, "between", (1.00, 1.02), "1.01; greedy is 1"),
            Measurement("choices at T = 1", one, "between", (179, 181), "180 of 1,000"),
            Measurement("choices at T = 2", hot, "between", (786, 788), "787; 1,000 if T were infinite"),
            Measurement("tokens that change places", moved, "=", 0, "z / T grows with z for every T > 0"),
            Measurement("odds of the first two against 2^(1/T)", off, "<", 1e-9, "a gap of ln 2, divided by T"),
        ],
        [Lines("Effective choices exp(H) of 1,000", {"z / T": (T, [choices(t) for t in T])}, "T", with_mutants=True)],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("times-T", "logits multiplied by T: hot is cold", warp=multiplied),
        mutant("after-softmax", "probabilities divided by T and normalised: nothing happens", warp=after_softmax),
        mutant("minus", "the sign of an energy, exp(-z / T): the rarest word comes first", warp=negated),
        mutant("softmax-twice", "probabilities taken for logits: nearly uniform at T = 1", warp=softmax_twice),
    ],
    controls=[control("power", "p^(1/T), normalised, is the same", warp=powered)],
    learnt="T scales every gap between logits: 1 choice at 0.1, 180 at 1, 787 at 2, the order untouched.",
    not_shown="Quality: which temperature a task needs. T = 0 is greedy by convention, the formula has no value there.",
    cost=lambda T: Cost(bytes=1e6, seconds=1e-3 + 4e-4 * len(T)),
)
