"""Of 2,048 random directions in 512 dimensions no two come closer than about 76 degrees, though only 512 can be at 90.

Topic: similarity
Source: Elhage et al. 2022 (toy models of superposition), "Background" (almost orthogonal directions)

Four times as many directions as dimensions are drawn and all two million angles between them looked at, a direction and
its opposite counted as one. Cosines scatter by 1/sqrt(512), which is 2.5 degrees around 90; the closest of so many
pairs is five deviations out. They cannot all be orthogonal, for they span 512 dimensions only, but none is near
another. In few dimensions, or where all share a part, the same number of directions is crowded.
"""

from collections.abc import Callable
from math import acos, degrees
from typing import Annotated

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, Parameter, control, mutant
from quiz.proofs.numerics import Array

Draw = Callable[[Generator, int, int], Array]


def cosines(x: Array) -> Array:
    """|cosine| of each two rows, 0 on the diagonal. x: (n, d) -> (n, n)."""
    u = (x / np.linalg.norm(x, axis=1, keepdims=True)).astype(np.float32)  # half the time; off by 1e-7
    C: Array = np.abs(u @ u.T)
    np.fill_diagonal(C, 0)
    return C


def angle(cosine: float) -> float:
    return degrees(acos(min(float(cosine), 1.0)))


def measure(
    rng: Generator,
    *,
    d: Annotated[int, Parameter(256, 1024, "dimensions")] = 512,
    times: Annotated[int, Parameter(2, 4)] = 4,
    draw: Draw = lambda rng, n, d: rng.normal(size=(n, d)),
) -> Found:
    sizes = (32, 64, 128, 256)
    curve = [angle(cosines(draw(rng, times * size, size)).max()) for size in sizes]
    n = times * d
    C = cosines(draw(rng, n, d))
    smallest, near = angle(C.max()), 100 * np.count_nonzero(np.cos(np.radians(80)) < C) / (n * (n - 1))
    scatter = d * float(np.einsum("ij,ij->", C, C)) / (n * (n - 1))
    return Found(
        [
            Measurement(
                "smallest angle between two", smallest, "between", (67, 85), "75 to 78 at 512, 69 to 73 at 256", "°"
            ),
            Measurement("pairs closer than 80 degrees", near, "<", 1, "four deviations at 512: 0.008 %", "%"),
            Measurement("mean squared cosine x d", scatter, "between", (0.97, 1.03), "a deviation of 1/sqrt(d)"),
        ],
        [Lines("Smallest angle of 4d directions", {"degrees": ((*sizes, d), (*curve, smallest))}, "d", "degrees")],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("few-dimensions", "all in a subspace of 32", draw=lambda r, n, d: r.normal(size=(n, 32))),
        mutant(
            "shared", "all share an offset of 0.5 in each component", draw=lambda r, n, d: r.normal(size=(n, d)) + 0.5
        ),
        mutant(
            "pairs",
            "each direction comes with one near it",
            draw=lambda r, n, d: np.repeat(r.normal(size=(n // 2, d)), 2, axis=0) + r.normal(size=(n, d)) / 2,
        ),
    ],
    controls=[
        control("signs", "corners of a cube do as well", draw=lambda r, n, d: r.choice([-1.0, 1.0], size=(n, d)))
    ],
    learnt="There is room for many more features than dimensions, at the price of a little interference.",
    not_shown="That models use the room, and how many features are active at once, on which the interference depends.",
    cost=lambda d, times: Cost(
        bytes=5 * times * d * (4 * d + 2 * times * d) + 4e6,
        seconds=5e-3 + 4e-8 * times * d * d + 3e-11 * times**2 * d**3,
    ),
)
