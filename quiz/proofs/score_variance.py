"""Dot products of d_k independent components have standard deviation sqrt(d_k); divided by it, 1 at any width.

Topic: attention
Source: Vaswani et al. 2017, §3.2.1, footnote 4

q·k is a sum of d_k products of independent numbers with mean 0 and variance 1. Each product has variance 1, variances
add, so the sum has variance d_k. The experiment draws pairs at several widths, divides by sqrt(d_k), and looks at the
standard deviation and at its exponent in d_k: 0 where the factor is right.
"""

from collections.abc import Callable
from math import sqrt
from typing import Annotated

from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, Parameter, control, mutant
from quiz.proofs.numerics import Array, slope


def normal(rng: Generator, pairs: int, d_k: int) -> Array:
    return rng.normal(size=(pairs, d_k))


def uniform(rng: Generator, pairs: int, d_k: int) -> Array:
    return rng.uniform(-sqrt(3), sqrt(3), size=(pairs, d_k))  # mean 0, variance 1 as well


def measure(
    rng: Generator,
    *,
    d_k: Annotated[tuple[int, ...], Parameter(4, 4096, "dimensions")] = (4, 16, 64, 256, 512),
    pairs: Annotated[int, Parameter(2000, 20000)] = 2000,
    scale: Callable[[int], float] = lambda d_k: 1 / sqrt(d_k),
    draw: Callable[[Generator, int, int], Array] = normal,
) -> Found:
    std = []
    for d in d_k:
        q, k = draw(rng, pairs, d), draw(rng, pairs, d)
        std.append(float(((q * k).sum(axis=1) * scale(d)).std()))
    off, exponent = max(abs(s - 1) for s in std), abs(slope(d_k, std))
    lines = {"scaled": (d_k, std)}
    return Found(
        [
            Measurement("largest |std - 1|", off, "<", 0.08, "four standard errors of the std of 2000 products"),
            Measurement("|exponent of std in d_k|", exponent, "<", 0.03, "0.5 unscaled; 0.014 at most by chance"),
        ],
        [Lines("Standard deviation of the scores", lines, "d_k", log_x=True, log_y=True, with_mutants=True)],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("no-scale", "not divided at all: the exponent is 1/2", scale=lambda d_k: 1.0),
        mutant("over-d", "divided by d_k: the exponent is -1/2", scale=lambda d_k: 1 / d_k),
        mutant("times-d", "multiplied by d_k: the exponent is 3/2", scale=lambda d_k: float(d_k)),
        mutant("fourth-root", "divided by d_k^(1/4): the exponent is 1/4", scale=lambda d_k: d_k**-0.25),
    ],
    controls=[control("uniform", "uniform components do as well: only mean and variance matter", draw=uniform)],
    learnt="sqrt(d_k), and no other power of d_k, keeps the scores' size the same at every width.",
    not_shown="Trained queries and keys: they are not independent (with k = q the scaled mean is sqrt(d_k), not 0).",
    cost=lambda d_k, pairs: Cost(bytes=8 * 4 * pairs * max(d_k), seconds=5e-8 * pairs * sum(d_k)),
)
