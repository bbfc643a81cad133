"""RoPE pairs neighbours or halves: the same scores once the weights are permuted, others if code and weights differ.

Topic: positions
Source: Su et al. 2021 (RoFormer), eq. 15 (neighbours); GPT-NeoX and Llama in transformers pair halves and permute W

One layout turns the components (2i, 2i + 1) of a head, the other (i, i + d/2). Which components form a pair is a matter
of names: permute the columns of W_Q and W_K alike, and one layout does exactly what the other did. Weights that were
trained with one and are run with the other raise no error, though: shapes fit, lengths stay, and scores at distance 0
are right, since nothing is turned against anything. Everywhere else they are scores of a model that nobody trained.
"""

from typing import Annotated

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, Parameter, control, mutant
from quiz.proofs.numerics import Array, angles, largest, matrix, relative, rope

BASE = 10_000.0


def half_split(x: Array, positions: NDArray[np.int64]) -> Array:
    """RoPE on the pairs (x_i, x_(i + d/2)). x: (n, d), positions: (n,) -> (n, d)."""
    theta = angles(positions, x.shape[-1], BASE)
    cos, sin = np.cos(theta), np.sin(theta)
    first, second = np.split(x, 2, axis=-1)
    return np.concatenate([first * cos - second * sin, first * sin + second * cos], axis=-1)


def even_then_odd(d: int) -> NDArray[np.int64]:
    """0, 2, 4, ..., 1, 3, 5, ...: the columns in the order in which the halves pair them as neighbours were paired."""
    return np.concatenate([np.arange(0, d, 2), np.arange(1, d, 2)])


def measure(
    rng: Generator,
    *,
    n: Annotated[int, Parameter(8, 512, "tokens")] = 32,
    d: Annotated[int, Parameter(8, 256, "dimensions", multiple=2)] = 64,
    for_queries: str = "permuted",
    for_keys: str = "permuted",
    start: int = 0,
) -> Found:
    X, W_Q, W_K = rng.normal(size=(n, d)), matrix(rng, d, d), matrix(rng, d, d)
    order = {"permuted": even_then_odd(d), "as they are": np.arange(d), "back": np.argsort(even_then_odd(d))}
    p = np.arange(start, start + n)
    S = rope(X @ W_Q, p) @ rope(X @ W_K, p).T  # (n, n), of the layout that W was made for
    moved = half_split(X @ W_Q[:, order[for_queries]], p) @ half_split(X @ W_K[:, order[for_keys]], p).T
    mixed = half_split(X @ W_Q, p) @ half_split(X @ W_K, p).T
    elsewhere = ~np.eye(n, dtype=bool)
    distance = np.arange(min(n, 16))
    by_distance = [relative(np.diagonal(mixed, -k), np.diagonal(S, -k)) for k in distance]
    return Found(
        [
            Measurement("other layout, W permuted: change", largest(moved - S), "<", 1e-10, "only names have changed"),
            Measurement(
                "other layout, same W: change at distance 0", largest(np.diagonal(mixed - S)), "<", 1e-10,
                "q . k, whatever is paired: a test there sees nothing",
            ),
            Measurement(
                "other layout, same W: change elsewhere", relative(mixed[elsewhere], S[elsewhere]), ">", 0.3,
                "0.8 to 1 of their size: other scores altogether",
            ),
        ],
        [Lines("Change by distance, same W", {"|mixed - S| / |S|": (distance.tolist(), by_distance)}, "tokens apart")],
    )  # fmt: skip


DEMO = Demo(
    measure,
    mutants=[
        mutant("not-permuted", "the weights stay as they are", for_queries="as they are", for_keys="as they are"),
        mutant("queries-only", "only W_Q is permuted", for_keys="as they are"),
        mutant("wrong-way", "permuted by the inverse order", for_queries="back", for_keys="back"),
    ],
    controls=[control("further-on", "the same 2,000 positions further on", start=2000)],
    learnt="The layouts are equally good, but weights belong to one of them: converting a checkpoint means permuting.",
    not_shown="How badly a trained model does with the wrong layout; here its scores are merely other ones.",
    cost=lambda n, d: Cost(
        bytes=8 * (8 * d * d + 15 * n * (n + d)),
        seconds=1e-3 + 1e-7 * d * d + 3e-7 * n * (n + d) + 2e-9 * n * d * (n + d),
    ),
)
