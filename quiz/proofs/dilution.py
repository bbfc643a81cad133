"""The more keys there are, the less weight one good key keeps: a score of 6 gets 0.94 of it among 16, 0.03 among 8,192.

Topic: attention
Source: follows from the softmax; the factor ln n is that of Nakanishi 2025 (Scalable-Softmax), abstract

One key scores 6, all others draw their scores from N(0, 1). Each of those is worth e^0.5 on average, so together they
are worth n e^0.5 and outweigh any fixed score e^6 sooner or later. Nothing is wrong with the scores: the best key
stays far ahead of each rival and loses to their number. Multiplied by ln n, scaled to change nothing at 128 keys, the
weights hold their own at every length.
"""

from collections.abc import Callable
from math import exp, log
from typing import Annotated

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, Parameter, control, mutant
from quiz.proofs.numerics import Array, softmax

SIZES, SCORE = (16, 128, 1024, 8192), 6.0


def normal(rng: Generator, draws: int, others: int) -> Array:
    return rng.normal(size=(draws, others))


def by_length(n: int) -> float:
    return log(n) / log(128)


def measure(
    rng: Generator,
    *,
    draws: Annotated[int, Parameter(20, 1000)] = 50,
    others: Annotated[int, Parameter(128, 20_000, "keys")] = 8191,
    rivals: Callable[[Generator, int, int], Array] = normal,
    factor: Callable[[int], float] = by_length,
) -> Found:
    def kept(others: int, factor: float = 1.0) -> float:
        """Mean weight of the key that scores 6."""
        S = np.concatenate([np.full((draws, 1), SCORE), rivals(rng, draws, others)], axis=1)
        return float(softmax(factor * S)[:, 0].mean())

    among = kept(others) / (exp(SCORE) / (exp(SCORE) + others * exp(0.5)))
    plain = [kept(n - 1) for n in SIZES]
    scaled = [kept(n - 1, factor(n)) for n in SIZES]
    return Found(
        [
            Measurement("weight among 16", plain[0], "between", (0.88, 0.97), "e^6 against 15 e^0.5: 0.94"),
            Measurement("weight among 8,192", plain[-1], "between", (0.026, 0.032), "e^6 against 8191 e^0.5: 0.029"),
            Measurement("weight / (e^6 / (e^6 + n e^0.5))", among, "between", (0.92, 1.08), "a mean over the rivals"),
            Measurement("smallest weight, scores x ln n / ln 128", min(scaled), ">", 0.5, "0.60 to 0.66 at each n"),
            Measurement("largest weight, scores x ln n / ln 128", max(scaled), "<", 0.85, "sharp enough, not one-hot"),
        ],
        [
            Lines(
                "Weight of the one good key",
                {"softmax": (SIZES, plain), "x ln n / ln 128": (SIZES, scaled)},
                "keys", log_x=True,
            )
        ],
    )  # fmt: skip


DEMO = Demo(
    measure,
    mutants=[
        mutant("no-factor", "the scores are left alone at every length", factor=lambda n: 1.0),
        mutant("root", "the factor grows as the root of n: one-hot", factor=lambda n: (n / 128) ** 0.5),
        mutant(
            "all-zero",
            "rivals score exactly 0, as if a mean score were worth e^0",
            rivals=lambda r, m, n: 0 * normal(r, m, n),
        ),
        mutant("wide", "rivals of deviation 2: each is worth e^2", rivals=lambda r, m, n: 2 * normal(r, m, n)),
    ],
    controls=[
        control(
            "uniform",
            "rivals of another law whose exponentials have the same mean",
            rivals=lambda r, m, n: np.log(exp(0.5) * r.uniform(0.5, 1.5, size=(m, n))),
        )
    ],
    learnt="A fixed gap in score buys a fixed ratio of weights, never a fixed weight: that takes one growing as ln n.",
    not_shown="What trained heads do: they can learn larger gaps, and their rivals are not drawn at random.",
    cost=lambda draws, others: Cost(
        bytes=8 * 4 * draws * max(others, 8192), seconds=2e-3 + 6e-8 * draws * (others + 19_000)
    ),
)
