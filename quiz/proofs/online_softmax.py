"""Softmax can be read tile by tile, exactly, from a running maximum and sum: no row of scores is ever held whole.

Topic: attention-cost
Source: Milakov and Gimelshein 2018 (online softmax), alg. 3; Dao et al. 2022 (FlashAttention), alg. 1
Refutes: "FlashAttention approximates attention": it reorders the sum, and only rounding differs

For each query three things are carried along: the largest score so far, the sum of exponentials under it, and the
same sum with values. When a tile brings a larger maximum, both sums are multiplied by exp(old - new). After every tile
the quotient is the attention to all keys read so far; it is compared with the direct formula, also with scores so large
that exp without the maximum overflows, and the scores alive at once are counted.
"""

from collections.abc import Callable, Iterator
from functools import partial
from math import sqrt
from typing import Annotated

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, Parameter, mutant
from quiz.proofs.numerics import Array, attention, largest

Stream = Callable[[Array, Array, Array, int], Iterator[tuple[int, Array, int]]]


def online(
    Q: Array,
    K: Array,
    V: Array,
    tile: int,
    *,
    maximum: Callable[[Array, Array], Array] = np.maximum,
    rescale: Callable[[Array, Array], Array] = lambda old, new: np.exp(old - new),
) -> Iterator[tuple[int, Array, int]]:
    """Q: (n, d), K, V: (m, d). After each tile: keys read, attention to them (n, d), scores alive."""
    top, total, weighted = np.full((len(Q), 1), -np.inf), np.zeros((len(Q), 1)), np.zeros((len(Q), V.shape[1]))
    for start in range(0, len(K), tile):
        keys = slice(start, start + tile)
        S = Q @ K[keys].T / sqrt(Q.shape[-1])  # (n, tile)
        new = maximum(top, S.max(axis=-1, keepdims=True))
        E, factor = np.exp(S - new), rescale(top, new)
        total = total * factor + E.sum(axis=-1, keepdims=True)
        weighted = weighted * factor + E @ V[keys]
        top = new
        yield start + S.shape[1], weighted / total, S.size


def averaged(Q: Array, K: Array, V: Array, tile: int) -> Iterator[tuple[int, Array, int]]:
    """The mistake of a softmax within each tile, all tiles weighing the same."""
    outputs: list[Array] = []
    for start in range(0, len(K), tile):
        keys = slice(start, start + tile)
        outputs.append(attention(Q, K[keys], V[keys]))
        yield start + len(K[keys]), np.mean(outputs, axis=0), len(Q) * len(K[keys])


def whole(Q: Array, K: Array, V: Array, tile: int) -> Iterator[tuple[int, Array, int]]:
    """The plain formula: all scores at once."""
    yield len(K), attention(Q, K, V), len(Q) * len(K)


def no_maximum(top: Array, new: Array) -> Array:
    """Subtracts 0 from all scores instead of their maximum."""
    return np.zeros_like(new)


def compare(stream: Stream, Q: Array, K: Array, V: Array, tile: int) -> tuple[list[int], list[float], int]:
    """After each tile the keys read and the distance from direct attention to them; most scores alive at once."""
    steps = [
        (read, largest(out - attention(Q, K[:read], V[:read])), alive) for read, out, alive in stream(Q, K, V, tile)
    ]
    read, apart, alive = zip(*steps, strict=True)
    return list(read), list(apart), max(alive)


def measure(
    rng: Generator,
    *,
    n: Annotated[int, Parameter(128, 1024, "tokens")] = 512,
    d: Annotated[int, Parameter(8, 256, "dimensions")] = 64,
    tile: Annotated[int, Parameter(8, 64, "keys")] = 64,
    size: Annotated[float, Parameter(1000, 10_000)] = 1000,
    stream: Stream = online,
) -> Found:
    Q, K, V = rng.normal(size=(3, n, d))
    read, apart, alive = compare(stream, Q, K, V, tile)
    with np.errstate(over="ignore", invalid="ignore"):  # the mistake without a maximum overflows
        _, huge, _ = compare(stream, size * Q, K, V, tile)
    return Found(
        [
            Measurement(
                "largest |tiled - direct|", max(apart), "<", 1e-13, "rounding is 2e-15; a wrong sum is 0.15 off"
            ),
            Measurement("the same, scores times size", np.max(huge), "<", 1e-8, "nan where exp overflows"),
            Measurement("scores alive at once", alive, "=", n * min(tile, n), f"one tile of {n * n:,} scores in all"),
        ],
        [Lines("|tiled - direct|", {"online": (read, apart)}, "keys read", log_y=True, with_mutants=True)],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant(
            "no-rescale",
            "what was summed under the old maximum is added as it is",
            stream=partial(online, rescale=lambda old, new: np.ones_like(new)),
        ),
        mutant("averaged", "each tile has its own softmax, outputs are averaged", stream=averaged),
        mutant("no-maximum", "nothing is subtracted: exp overflows", stream=partial(online, maximum=no_maximum)),
        mutant("whole", "the plain formula: right, but every score is alive", stream=whole),
    ],
    learnt="Exact attention needs n x tile scores at a time, not n x n: exp(old - new) mends the sums.",
    not_shown="Speed: on a GPU the gain is that tiles stay in fast memory; the multiplications are not fewer.",
    cost=lambda n, d, tile, size: Cost(
        bytes=8 * (8 * n * d + 5 * n * n), seconds=2 * (n / tile + 1) * (2e-4 + n * n * (1e-8 + 5e-11 * d))
    ),
)
