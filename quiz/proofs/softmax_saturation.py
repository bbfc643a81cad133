"""Scores divided by sqrt(d_k) keep softmax out of saturation; left undivided they kill its gradient.

Topic: attention
Source: Vaswani et al. 2017, §3.2.1 and footnote 4, where it is a suspicion ("we suspect"); measured here

Random queries and keys have components of mean 0 and variance 1, so their products have standard deviation sqrt(d_k):
at d_k = 512 about 23. Softmax of numbers that far apart puts nearly all weight on one key. Its derivative is the
matrix diag(p) - p p^T, which is zero when p is one-hot: nothing flows back to Q and K. Too small a factor is wrong as
well: the weights become equal whatever the keys are, so the entropy is bounded on both sides.
"""

from collections.abc import Callable
from math import log, sqrt
from typing import Annotated

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, Parameter, mutant
from quiz.proofs.numerics import Array, entropy, softmax

CURVE = (4, 16, 64, 256, 1024)


def measure(
    rng: Generator,
    *,
    d_k: Annotated[int, Parameter(1, 16384, "dimensions")] = 512,
    n: Annotated[int, Parameter(16, 128, "keys")] = 64,
    queries: Annotated[int, Parameter(64, 4096)] = 256,
    scale: Callable[[int], float] = lambda d_k: 1 / sqrt(d_k),
) -> Found:
    def weights(d_k: int) -> Array:
        Q, K = rng.normal(size=(queries, d_k)), rng.normal(size=(n, d_k))
        return softmax(Q @ K.T * scale(d_k))  # (queries, n)

    P = weights(d_k)
    gradient = np.median([np.linalg.norm(np.diag(p) - np.outer(p, p)) for p in P])
    share, sharp = entropy(P).mean() / log(n), 100 * np.mean(P.max(axis=-1) > 0.9)
    curve = [entropy(weights(d)).mean() for d in CURVE]
    return Found(
        [
            Measurement("median gradient |diag(p) - p p^T|", gradient, ">", 0.1, "0.18 scaled, 0.002 unscaled"),
            Measurement(
                "mean entropy / ln n", share, "between", (0.80, 0.97), "below one key takes all, above none counts"
            ),
            Measurement("rows with a weight above 0.9", sharp, "<", 5, "a one-hot row passes no gradient", unit="%"),
        ],
        [Lines("Mean entropy against d_k", {"scaled": (CURVE, curve)}, "d_k", "nats", log_x=True, with_mutants=True)],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("no-scale", "Q K^T goes into softmax as it is", scale=lambda d_k: 1.0),
        mutant("over-d", "divided by d_k, the root forgotten", scale=lambda d_k: 1 / d_k),
        mutant("times-d", "multiplied by d_k, as the formula is often garbled", scale=lambda d_k: float(d_k)),
    ],
    learnt="With the factor the entropy stays near 3.7 of 4.16 nats at every d_k; without, the gradient dies.",
    not_shown="That training suffers: trained weights can grow and undo, or mend, any factor (hence QK-norm).",
    cost=lambda d_k, n, queries: Cost(
        bytes=8 * (3 * queries * n + (queries + n) * max(d_k, 1024) + 4 * n * n),
        seconds=5e-9 * queries * n * (n + d_k / 8),
    ),
)
