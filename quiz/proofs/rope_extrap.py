"""Scores made of RoPE's waves, fitted within +-1 up to 2,048 tokens, run to 100s beyond it; squeezed in, they do not.

Topic: positions
Source: Chen et al. 2023 (Position Interpolation), §2.2 and figure 2, whose experiment is repeated here

As a function of distance a RoPE score is a sum of d cosines and sines. For d = 128 one is fitted by least squares
(with a ridge of 1e-6) to random scores between -1 and 1 at the distances 0 to 2047. Within them it stays small. From
2048 on nothing holds it: slow waves that had cancelled each other over the known stretch of their circle part ways.
Position interpolation maps 0 to 4095 onto the old range instead, to the places halfway between two known distances as
well, and there the sum is as small as it was.
"""

from collections.abc import Callable
from typing import Annotated

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, Parameter, mutant
from quiz.proofs.numerics import Array, angles, largest

WITHIN, D = 2048, 128


def waves(positions: Array, base: float) -> Array:
    """cos and sin of each pair's angle: (n,) -> (n, d)."""
    theta = angles(positions, D, base)
    return np.concatenate([np.cos(theta), np.sin(theta)], axis=1)


def measure(
    rng: Generator,
    *,
    ridge: Annotated[float, Parameter(1e-8, 1e-5)] = 1e-6,
    factor: Annotated[float, Parameter(1.5, 8)] = 2.0,
    squeeze: Callable[[Array, float], Array] = lambda p, factor: p / factor,
    base: float = 10_000.0,
    held: float = 0.0,
) -> Found:
    inside = np.arange(WITHIN, dtype=float)
    beyond = np.arange(WITHIN, int(factor * WITHIN), dtype=float)
    A = waves(inside, base)
    fitted = np.linalg.solve(A.T @ A + (ridge + held) * np.eye(D), A.T @ rng.uniform(-1, 1, size=WITHIN))

    within, outside = waves(inside, base) @ fitted, waves(beyond, base) @ fitted
    squeezed = waves(squeeze(beyond, factor), base) @ fitted
    every = slice(None, None, 32)
    return Found(
        [
            Measurement("largest score, 0 to 2047", largest(within), "<", 0.8, "0.25 to 0.55: noise averages out"),
            Measurement("largest score from 2048 on", largest(outside), ">", 20, "80 to 2,500, by the draw"),
            Measurement("largest score, positions squeezed", largest(squeezed), "<", 0.8, "0.25 to 0.55, as within"),
        ],
        [
            Lines(
                "Size of the score by distance",
                {
                    "within": (inside[every].tolist(), np.abs(within[every]).tolist()),
                    "beyond": (beyond[every].tolist(), np.abs(outside[every]).tolist()),
                    "squeezed": (beyond[every].tolist(), np.abs(squeezed[every]).tolist()),
                },
                "tokens apart", log_y=True,
            )
        ],
    )  # fmt: skip


DEMO = Demo(
    measure,
    mutants=[
        mutant("not-squeezed", "the far positions are used as they are", squeeze=lambda p, factor: p),
        mutant("stretched", "positions are multiplied by the factor", squeeze=lambda p, factor: p * factor),
        mutant("held", "a strong ridge keeps the weights of the waves small, so nothing explodes", held=100.0),
        mutant("fast-waves", "base 4: every wave is short, and all of its circle was seen", base=4.0),
    ],
    learnt="Only the offset matters and it still does not extrapolate: a fit holds between the points it was made of.",
    not_shown="A trained model: its scores are held by more than a fit. And interpolation crowds near tokens together.",
    cost=lambda ridge, factor: Cost(bytes=8 * 128 * WITHIN * (6 + 6 * factor), seconds=0.02 + 0.01 * factor),
)
