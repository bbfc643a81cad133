"""With sinusoids, a shift by k is one fixed rotation: PE(p + k) = M_k PE(p) at every position p.

Topic: positions
Source: Vaswani et al. 2017, §3.5, where it is the hypothesis behind the choice

Each pair (sin p w, cos p w) is a point on a circle that has turned by p w. Moving on by k turns it by k w more,
wherever it stood: M_k consists of d/2 rotations of a plane, built here from the angles. (Fitting M_k by least squares
fails: the slow pairs hardly move, and the fit is ill-conditioned.) So all |PE| are sqrt(d/2) and PE(p) . PE(p + k)
depends on k alone.
"""

from collections.abc import Callable
from math import sqrt
from typing import Annotated

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Heatmap, Lines, Measurement, Parameter, mutant
from quiz.proofs.numerics import Array, angles, largest, sinusoidal


def rotation(k: int, d: int) -> Array:
    """M_k: (d, d), one 2 x 2 rotation by k w_i for each pair (sin, cos)."""
    M, theta = np.zeros((d, d)), angles(np.array([k]), d)[0]
    even, odd = np.arange(0, d, 2), np.arange(1, d, 2)
    M[even, even] = M[odd, odd] = np.cos(theta)
    M[even, odd], M[odd, even] = np.sin(theta), -np.sin(theta)
    return M


def measure(
    rng: Generator,
    *,
    n: Annotated[int, Parameter(1024, 8192, "positions")] = 2048,
    d: Annotated[int, Parameter(8, 512, "dimensions", multiple=2)] = 128,
    k: Annotated[tuple[int, ...], Parameter(1, 1000)] = (1, 7, 100, 500),
    table: Callable[[Generator, int, int], Array] = lambda rng, n, d: sinusoidal(n, d),
    rotate: Callable[[int, int], Array] = rotation,
) -> Found:
    PE = table(rng, n, d)
    moved, spread, bent = [], [], []
    for shift in k:
        M = rotate(shift, d)
        moved.append(largest(PE[shift:] - PE[:-shift] @ M.T))
        bent.append(largest(M.T @ M - np.eye(d)))
        spread.append(np.ptp((PE[:-shift] * PE[shift:]).sum(axis=1)))
    lengths, offsets = np.linalg.norm(PE, axis=1), list(range(129))
    return Found(
        [
            Measurement("largest |PE(p+k) - M_k PE(p)|", max(moved), "<", 1e-10, "rounding of angles up to n: 2e-13"),
            Measurement("largest |M^T M - 1|", max(bent), "<", 1e-12, "a rotation, to rounding"),
            Measurement(
                "largest ||PE(p)| - sqrt(d/2)|", largest(lengths - sqrt(d / 2)), "<", 1e-12, "sin^2 + cos^2 = 1"
            ),
            Measurement("spread of PE(p) . PE(p+k) over p", max(spread), "<", 1e-10, "it depends on k alone: 1e-12"),
        ],
        [
            Lines(
                "PE(p) . PE(p + k), the same at every p",
                {"dot product": (offsets, (PE[offsets] @ PE[0]).tolist())},
                x_label="k",
            ),
            Heatmap(
                "The table: fast pairs left, slow ones right",
                PE[:12, :: max(1, d // 8)].tolist(),
                row_labels=[f"p={p}" for p in range(12)],
            ),
        ],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant(
            "random-table", "a random table of the same size", table=lambda rng, n, d: rng.normal(size=(n, d)) / sqrt(2)
        ),
        mutant("turned-back", "the rotation turns the other way", rotate=lambda k, d: rotation(k, d).T),
        mutant("scaled", "M_k also grows by a tenth of a percent", rotate=lambda k, d: 1.001 * rotation(k, d)),
    ],
    learnt="Relative position is a linear, even orthogonal, function of absolute sinusoids: what RoPE then builds on.",
    not_shown="That a model uses it: learnt tables did as well in the paper (table 3, row E).",
    cost=lambda n, d, k: Cost(
        bytes=8 * (6 * n * d + 6 * d * d), seconds=len(k) * (1e-9 * n * d * d / 4 + 2e-8 * n * d + 1e-8 * d**2)
    ),
)
