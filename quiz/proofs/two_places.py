"""Two half-width heads read two places at once without error; one full-width head can only average them.

Topic: heads
Source: Vaswani et al. 2017, §3.2.2: "with a single attention head, averaging inhibits this"

The target is the first half of token 1's value beside the second half of token 5's. Two heads of half the width look
at one token each and are concatenated. One head has one row of weights for the whole width: it mixes both tokens as a
v_1 + (1 - a) v_5. Both get the best W_O there is, by least squares. The values are independent, so a mixture holds
half of what is wanted, at every a.
"""

from collections.abc import Callable
from typing import Annotated

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, Parameter, mutant
from quiz.proofs.numerics import Array


def read(V: Array, first: int, second: int) -> Array:
    """Two heads with one-hot weights, each on its half of the width, concatenated: V: (N, tokens, d) -> (N, d)."""
    half = V.shape[-1] // 2
    return np.concatenate([V[:, first, :half], V[:, second, half:]], axis=1)


def average(V: Array, a: float) -> Array:
    """One head over the full width: (N, tokens, d) -> (N, d)."""
    mixed: Array = a * V[:, 1] + (1 - a) * V[:, 5]
    return mixed


def error(head: Array, target: Array) -> float:
    """What the best W_O leaves of the target: squared error / squared target."""
    W_O = np.linalg.lstsq(head, target)[0]
    return float(np.sum((head @ W_O - target) ** 2) / np.sum(target**2))


def measure(
    rng: Generator,
    *,
    sets: Annotated[int, Parameter(1000, 20000)] = 2000,
    d: Annotated[int, Parameter(4, 64, "dimensions", multiple=2)] = 16,
    heads: Callable[[Array], Array] = lambda V: read(V, 1, 5),
) -> Found:
    V = rng.normal(size=(sets, 8, d))
    target = read(V, 1, 5)
    two, a = error(heads(V), target), np.linspace(0, 1, 21)
    one = [error(average(V, share), target) for share in a]
    return Found(
        [
            Measurement("error of two heads", two, "<", 1e-12, "they hold the target itself; one place leaves a half"),
            Measurement(
                "least error of one head", min(one), ">", 0.4, "a half in theory, a little less as W_O is fitted"
            ),
        ],
        [
            Lines(
                "Error against the weight a on token 1",
                {"one head": (a.tolist(), one), "two heads": (a.tolist(), [two] * len(a))},
                x_label="a",
            )
        ],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("one-head", "a single head that weighs both places equally", heads=lambda V: average(V, 0.5)),
        mutant("same-place", "two heads that look at the same token", heads=lambda V: read(V, 1, 1)),
        mutant("swapped", "each head looks at the other's token", heads=lambda V: read(V, 5, 1)),
    ],
    learnt="Heads cost no more than one full-width head; what they buy is several places at once.",
    not_shown="That trained heads specialise, or that more are better: 32 heads lost again in the paper (table 3, A).",
    cost=lambda sets, d: Cost(bytes=8 * sets * d * 20, seconds=22 * (2e-8 * sets * d * d + 1e-3)),
)
