"""Cosines of random vectors scatter around 0 by 1/sqrt(d): by 0.036 at 768, by 0.12 at most in 1,000 pairs.

Topic: similarity
Source: Vershynin 2018 (High-Dimensional Probability), remark 3.2.5 (independent vectors are almost orthogonal)

Vectors of independent components with mean 0 are drawn in pairs and their cosines taken, in 8 to 768 dimensions. The
sum of d products of either sign grows as the root of d, the product of the lengths as d: what is left is 1/sqrt(d).
Only the mean has to be 0. Where the components share an offset, as contextual vectors do (anisotropy), all cosines lie
far above 0, and a cosine of 0.5 says nothing.
"""

from collections.abc import Callable
from math import sqrt
from typing import Annotated

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Histogram, Lines, Measurement, Parameter, control, mutant
from quiz.proofs.numerics import Array, slope

SIZES = (8, 32, 128, 512)
Draw = Callable[[Generator, tuple[int, ...]], Array]


def cosine(x: Array, y: Array) -> Array:
    """Of each row of x with that of y: (n, d), (n, d) -> (n,)."""
    c: Array = (x * y).sum(axis=-1) / np.linalg.norm(x, axis=-1) / np.linalg.norm(y, axis=-1)
    return c


def measure(
    rng: Generator,
    *,
    pairs: Annotated[int, Parameter(400, 4000)] = 1000,
    d: Annotated[int, Parameter(32, 4096, "dimensions")] = 768,
    draw: Draw = lambda rng, shape: rng.normal(size=shape),
    compare: Callable[[Array, Array], Array] = cosine,
) -> Found:
    def compared(d: int) -> Array:
        x, y = draw(rng, (2, pairs, d))
        return compare(x, y)

    c = compared(d)
    spread = [float(np.std(compared(size))) for size in SIZES]
    return Found(
        [
            Measurement("mean of the cosines", c.mean(), "between", (-0.02, 0.02), "0, off by 1/sqrt(pairs d): 0.001"),
            Measurement("std of the cosines", c.std(), "between", (0.9 / sqrt(d), 1.1 / sqrt(d)), "1/sqrt(d): 0.036"),
            Measurement("largest |cosine|", np.abs(c).max(), "<", 5 / sqrt(d), "3 to 4.8 deviations: 0.10 to 0.17"),
            Measurement("exponent of the std in d", slope(SIZES, spread), "between", (-0.53, -0.46), "-1/2"),
        ],
        [
            Histogram(f"Cosines of {pairs} random pairs, d = {d}", c.tolist(), "cosine"),
            Lines("Std of the cosine", {"measured": (SIZES, spread)}, "d", log_x=True, log_y=True, with_mutants=True),
        ],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("offset", "all vectors share an offset of 1 in each component", draw=lambda r, s: r.normal(size=s) + 1),
        mutant("positive", "components between 0 and 1, as after a ReLU", draw=lambda r, s: r.uniform(size=s)),
        mutant("dot-product", "the lengths are not divided out", compare=lambda x, y: (x * y).sum(axis=-1)),
        mutant(
            "eight-alive",
            "all but eight components are almost 0",
            draw=lambda r, s: r.normal(size=s) * np.where(np.arange(s[-1]) < 8, 1, 0.01),
        ),
    ],
    controls=[
        control("signs", "components of +1 or -1 do as well", draw=lambda r, s: r.choice([-1.0, 1.0], size=s)),
        control("uniform", "so do components between -1 and 1", draw=lambda r, s: r.uniform(-1, 1, size=s)),
    ],
    learnt="In 768 dimensions a cosine of 0.2 between unrelated vectors would be 5 deviations off, if they had mean 0.",
    not_shown="That trained embeddings behave like this: most do not have mean 0, so measure their own background.",
    cost=lambda pairs, d: Cost(
        bytes=8 * 5 * pairs * max(d, 512), seconds=2e-3 + 4e-8 * pairs * (d + sum(SIZES)) + 5e-3
    ),
)
