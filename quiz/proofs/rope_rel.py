"""Rotated by their positions, a query and a key score by their distance alone, wherever in the text they stand.

Topic: positions
Source: Su et al. 2021 (RoFormer), §3.2 and eq. 16

RoPE turns each pair of components of the query at position m by m w and of the key at n by n w. A dot product sees
only the difference of two angles, (m - n) w, so moving both along the text changes nothing. That alone would also hold
for no rotation at all: the experiment checks as well that one pair scores differently at different distances. Positions
run to 4000, where sinusoids added to query and key instead spread the scores of one distance over about 40 units.
"""

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from quiz.proofs._demo import Cost, Demo, Found, Heatmap, Lines, Measurement, Parameter, control, mutant
from quiz.proofs.numerics import Array, angles, rope

Place = Callable[[Array, NDArray[Any]], Array]


def add_sinusoids(x: Array, positions: NDArray[Any]) -> Array:
    """x: (..., n, d), positions: (n,) -> (..., n, d): the encoding of each position added to its row."""
    theta = angles(positions, x.shape[-1])
    y: Array = x + np.stack([np.sin(theta), np.cos(theta)], axis=-1).reshape(len(positions), -1)
    return y


def half_split(x: Array, positions: NDArray[Any]) -> Array:
    """RoPE in the other layout, which pairs x_i with x_(i + d/2). x: (..., n, d) -> (..., n, d)."""
    d = x.shape[-1]
    order = np.arange(d).reshape(2, d // 2).T.ravel()  # 0, d/2, 1, d/2 + 1, ...
    return rope(x[..., order], positions)[..., np.argsort(order)]


def not_placed(x: Array, positions: NDArray[Any]) -> Array:
    return x


def measure(
    rng: Generator,
    *,
    d: Annotated[int, Parameter(16, 512, "dimensions", multiple=2)] = 64,
    furthest: Annotated[int, Parameter(100, 100_000, "positions")] = 4000,
    pairs: Annotated[int, Parameter(1, 200)] = 20,
    distances: Annotated[tuple[int, ...], Parameter(0, 90)] = (0, 1, 2, 5, 10),
    place_q: Place = rope,
    place_k: Place = rope,
) -> Found:
    def scores(q: Array, k: Array, m: NDArray[Any], n: NDArray[Any]) -> Array:
        """q, k: (pairs, d), m, n: positions (points,) -> (pairs, points)."""
        Q, K = (np.broadcast_to(x[:, None], (len(x), len(m), d)) for x in (q, k))
        S: Array = (place_q(Q, m) * place_k(K, n)).sum(axis=-1)
        return S

    q, k = rng.normal(size=(2, pairs, d))
    n = np.linspace(3, furthest, 32).astype(int)
    at = np.stack([scores(q, k, n + distance, n) for distance in distances])  # (distances, pairs, points)
    spread, differ = np.ptp(at, axis=2).max(), at.mean(axis=2).std(axis=0).mean()

    grid = np.arange(8)
    m, n_ = (x.ravel() for x in np.meshgrid(grid, grid, indexing="ij"))
    table = scores(q[:1], k[:1], m, n_).reshape(8, 8)
    return Found(
        [
            Measurement("spread of a score along the text", spread, "<", 1e-9, "rounding of the angles: 5e-12"),
            Measurement("mean std of a score over distances", differ, ">", 0.1, "2 to 4; without rotation 0"),
        ],
        [
            Lines(
                "Score of one pair, first distance", {"rope": (n.tolist(), at[0, 0].tolist())}, "n", with_mutants=True
            ),
            Heatmap("Scores of one pair: alike along each diagonal", np.round(table, 1).tolist()),
        ],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("added", "sinusoids are added to query and key", place_q=add_sinusoids, place_k=add_sinusoids),
        mutant("no-rotation", "nothing is placed: all distances score alike", place_q=not_placed, place_k=not_placed),
        mutant("query-only", "the key is not rotated", place_k=not_placed),
        mutant("turned-back", "the key is turned the other way: the sum counts", place_k=lambda k, n: rope(k, -n)),
        mutant("mixed-layouts", "the query pairs neighbours, the key halves of the vector", place_k=half_split),
        mutant("other-base", "query with base 10,000, key with 500,000", place_k=partial(rope, base=500_000.0)),
    ],
    controls=[
        control("half-split", "the other layout does as well, used for both", place_q=half_split, place_k=half_split),
        control(
            "base-500000",
            "Llama 3's base does as well",
            place_q=partial(rope, base=500_000.0),
            place_k=partial(rope, base=500_000.0),
        ),
    ],
    learnt="Each position is rotated by itself, absolutely; the score that results is relative.",
    not_shown="That scores fall with distance, or that a model reads beyond its training length: neither follows.",
    cost=lambda d, furthest, pairs, distances: Cost(
        bytes=8 * pairs * 32 * d * 8 + 8 * 32 * pairs * len(distances),
        seconds=len(distances) * (1e-3 + pairs * d * 32 * 3e-8),
    ),
)
