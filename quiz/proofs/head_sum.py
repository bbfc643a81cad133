"""Concatenating heads and multiplying by W_O adds them up: each head writes head_i W_O[i] into the output.

Topic: heads
Source: Vaswani et al. 2017, §3.2.2; the reading as a sum from Elhage et al. 2021 (A mathematical framework)

W_O has h d_v rows. Cut it into h blocks of d_v rows, one below the other, as the heads stand side by side: block i is
all that head i ever meets. So the layer is a sum of h terms, and taking a head out subtracts its term and touches no
other.
"""

from collections.abc import Callable
from typing import Annotated

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import BadParameter, Bars, Cost, Demo, Found, Measurement, Parameter, mutant
from quiz.proofs.numerics import Array, attention, largest, matrix, merge_heads, split_heads


def blocks(W_O: Array, h: int) -> Array:
    """(h d_v, d) -> (h, d_v, d): rows in order, d_v for each head."""
    return W_O.reshape(h, -1, W_O.shape[1])


def interleaved(W_O: Array, h: int) -> Array:
    """(h d_v, d) -> (h, d_v, d): every h-th row."""
    return W_O.reshape(-1, h, W_O.shape[1]).swapaxes(0, 1)


def measure(
    rng: Generator,
    *,
    n: Annotated[int, Parameter(2, 256, "tokens")] = 16,
    d: Annotated[int, Parameter(8, 512, "dimensions")] = 64,
    h: Annotated[int, Parameter(2, 32, "heads")] = 8,
    cut: Callable[[Array, int], Array] = blocks,
    combine: Callable[[Array], Array] = lambda terms: terms.sum(axis=0),
) -> Found:
    X, W_O = rng.normal(size=(n, d)), matrix(rng, d, d)
    Q, K, V = (split_heads(X @ matrix(rng, d, d), h) for _ in ("W_Q", "W_K", "W_V"))
    heads = attention(Q, K, V)  # (h, n, d/h)
    Y = merge_heads(heads) @ W_O
    terms = heads @ cut(W_O, h)  # (h, n, d)

    without = merge_heads(heads * (np.arange(h) > 0)[:, None, None]) @ W_O  # head 1 gives zeros
    return Found(
        [
            Measurement("largest |concat W_O - sum|", largest(Y - combine(terms)), "<", 1e-12, "rounding is 1e-15"),
            Measurement(
                "largest |Y - term 1 - Y without|", largest(Y - terms[0] - without), "<", 1e-12, "no other notices"
            ),
        ],
        [Bars("Size of each head's term", [(f"head {i + 1}", float(np.linalg.norm(t))) for i, t in enumerate(terms)])],
    )


def cost(n: int, d: int, h: int) -> Cost:
    if d % h:
        raise BadParameter(f"d is a multiple of h: {d} dimensions cannot be split into {h} heads.")
    return Cost(bytes=8 * (5 * d * d + 8 * n * d + 4 * h * n * (n + d)), seconds=2e-9 * n * d * (5 * d + 3 * n) + 2e-3)


DEMO = Demo(
    measure,
    mutants=[
        mutant("interleaved", "W_O is cut into every h-th row", cut=interleaved),
        mutant("averaged", "the terms are averaged", combine=lambda terms: terms.mean(axis=0)),
    ],
    learnt="Heads do not mix in W_O: they are added, which is why one can be pruned or studied alone.",
    not_shown="That pruning is harmless: it is for many trained heads (Michel et al. 2019), not for all.",
    cost=cost,
)
