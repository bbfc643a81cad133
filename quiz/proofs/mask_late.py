"""A mask belongs before the softmax, as -inf: later, rows no longer sum to one; as a zero, 40 % leaks to the future.

Topic: masks
Source: Vaswani et al. 2017, §3.2.3 (illegal connections set to -inf in the input of the softmax)

Random scores of 32 tokens are masked causally in several ways. Set to -inf before the softmax, a future key gets weight
0 and the others still sum to 1. Zeroed after the softmax, the weights of the first rows hardly add up to anything: the
future had been counted in the sum below. A masked score of 0 is worse, for 0 is an ordinary score: e^0 = 1 counts like
any other key. Dividing the late rows by their sums mends them, since exp(s) / sum is all that was missing.
"""

from collections.abc import Callable
from typing import Annotated, Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from quiz.proofs._demo import Cost, Demo, Found, Heatmap, Lines, Measurement, Parameter, control, mutant
from quiz.proofs.numerics import Array, largest, percent, softmax

Masked = Callable[[Array, NDArray[Any]], Array]


def set_to(value: float) -> Masked:
    """The scores of the future become `value`, before the softmax."""
    return lambda S, future: softmax(np.where(future, value, S))


def before(S: Array, future: NDArray[Any]) -> Array:
    return set_to(-np.inf)(S, future)


def late(S: Array, future: NDArray[Any]) -> Array:
    return np.where(future, 0.0, softmax(S))


def late_and_divided(S: Array, future: NDArray[Any]) -> Array:
    P = late(S, future)
    return np.asarray(P / P.sum(axis=-1, keepdims=True))


def measure(
    rng: Generator,
    *,
    n: Annotated[int, Parameter(16, 128, "tokens")] = 32,
    d_k: Annotated[int, Parameter(16, 256, "dimensions")] = 64,
    draws: Annotated[int, Parameter(10, 200)] = 20,
    masked: Masked = before,
) -> Found:
    Q, K = rng.normal(size=(2, draws, n, d_k))
    S = Q @ K.swapaxes(1, 2) / np.sqrt(d_k)  # (draws, n, n)
    future = np.triu(np.ones((n, n), bool), k=1)
    P, P_late, P_zero = masked(S, future), late(S, future), set_to(0)(S, future)

    def leak(P: Array) -> float:
        return 100 * float(np.where(future, P, 0).sum(axis=-1).mean())

    sums = P_late.sum(axis=-1).mean(axis=0)
    return Found(
        [
            Measurement("weight on the future", leak(P), "=", 0, "exp(-inf) is exactly 0", "%"),
            Measurement("largest |row sum - 1|", largest(P.sum(-1) - 1), "<", 1e-12, "softmax saw no other keys"),
            Measurement(
                "weight on the future, zeros for -inf", leak(P_zero), "between", (30, 50), "41 or so: e^0 = 1", "%"
            ),
            Measurement("smallest row sum, masked late", P_late.sum(-1).min(), "<", 0.07, "the first row: about 1/n"),
        ],
        [
            Lines("Mean row sum, masked after the softmax", {"late": (list(range(n)), sums.tolist())}, "row"),
            Heatmap("Weights in %, zeros for -inf: first tokens", percent(P_zero[0, :12, :12])),
        ],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("late", "weights are zeroed after the softmax", masked=late),
        mutant("zeros", "masked scores become 0", masked=set_to(0)),
        mutant("minus-10", "masked scores become -10, which is small and not nothing", masked=set_to(-10)),
        mutant(
            "off-by-one",
            "each token sees the next one too",
            masked=lambda S, future: softmax(np.where(np.triu(future, k=2), -np.inf, S)),
        ),
    ],
    controls=[
        control("late-and-divided", "late, but each row divided by its sum", masked=late_and_divided),
        control("minus-1e9", "-1e9 does as well as -inf in 64 bits", masked=set_to(-1e9)),
    ],
    learnt="A softmax hands out all of its weight among what it sees: take keys away before it, not after.",
    not_shown="Late masking followed by a division is right on paper, yet loses digits where little is left.",
    cost=lambda n, d_k, draws: Cost(
        bytes=8 * draws * (2 * n * d_k + 12 * n * n), seconds=1e-3 + draws * n * (d_k * 6e-8 + n * 2.5e-7)
    ),
)
