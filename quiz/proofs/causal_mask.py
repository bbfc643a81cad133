"""Under a causal mask an output depends on every earlier target and on the whole source, never on a later target.

Topic: masks
Source: Vaswani et al. 2017, §3.1 (decoder) and §3.2.3 (masking, cross-attention)

One decoder block: masked self-attention, then attention to the encoder's output, each added to its input. Every
target position is pushed by 1 in turn and all outputs are watched. A masked score is -inf, its weight exp(-inf) = 0,
so what lies in the future changes an earlier output by exactly nothing: no tolerance is needed. Then one source
position is pushed: cross-attention has no mask, every target moves.
"""

from collections.abc import Callable
from typing import Annotated

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Heatmap, Measurement, Parameter, mutant
from quiz.proofs.numerics import Array, causal_mask, matrix, multi_head_attention


def decoder_block(X: Array, source: Array, own: list[Array], cross: list[Array], mask: Array | None) -> Array:
    """X: (n, d), source: (m, d), W_Q, W_K, W_V, W_O of both attentions -> (n, d)."""
    X = X + multi_head_attention(X, *own, bias=mask)
    return X + multi_head_attention(X, *cross, memory=source)


def influence(f: Callable[[Array], Array], X: Array) -> Array:
    """(n, n): how far output i moves, at most, when input j is pushed by 1."""
    Y, columns = f(X), []
    for j in range(len(X)):
        pushed = X.copy()
        pushed[j] += 1
        columns.append(np.abs(f(pushed) - Y).max(axis=1))
    return np.stack(columns, axis=1)


def measure(
    rng: Generator,
    *,
    n: Annotated[int, Parameter(3, 32, "targets")] = 10,
    m: Annotated[int, Parameter(1, 64, "sources")] = 7,
    d: Annotated[int, Parameter(16, 256, "dimensions")] = 32,
    mask: Callable[[int], Array | None] = causal_mask,
    reads_source: bool = True,
) -> Found:
    own, cross = [[matrix(rng, d, d) for _ in ("W_Q", "W_K", "W_V", "W_O")] for _ in range(2)]
    if not reads_source:
        cross[3] = np.zeros((d, d))
    X, source = rng.normal(size=(n, d)), rng.normal(size=(m, d))

    moved = influence(lambda X: decoder_block(X, source, own, cross, mask(n)), X)
    unmasked = influence(lambda X: decoder_block(X, source, own, cross, None), X)
    past, future = moved[np.tril_indices(n)].min(), moved[np.triu_indices(n, k=1)].max()
    pushed = np.concatenate([source[:1] + 1, source[1:]])
    by_source = decoder_block(X, pushed, own, cross, mask(n)) - decoder_block(X, source, own, cross, mask(n))
    least = np.abs(by_source).max(axis=1).min()
    return Found(
        [
            Measurement("largest move of an earlier output", future, "=", 0, "a masked weight is exactly 0"),
            Measurement(
                "smallest move of a later output", past, ">", 1e-6, "the past is not hidden; 1e-3 or more here"
            ),
            Measurement("smallest move by the source", least, ">", 1e-6, "every target reads it; 1e-4 or more here"),
        ],
        [
            Heatmap("Move of output (row) when input (column) is pushed, masked", moved.tolist()),
            Heatmap("The same without a mask", unmasked.tolist()),
        ],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("no-mask", "every target sees every other", mask=lambda n: None),
        mutant("off-by-one", "one future token is seen", mask=lambda n: np.triu(np.full((n, n), -np.inf), k=2)),
        mutant("anti-causal", "the triangle is turned: only the future is seen", mask=lambda n: causal_mask(n).T),
        mutant("no-cross-attention", "the source is never read", reads_source=False),
    ],
    learnt="The mask makes training in parallel honest: all next tokens are predicted at once and none is seen.",
    not_shown="Padding masks, and that the target is also shifted right by one: without that, a token sees itself.",
    cost=lambda n, m, d: Cost(
        bytes=8 * (10 * d * d + 12 * (n + m) * d + 8 * n * (n + m)),
        seconds=2e-9 * n * d * (n + m) * (16 * d + n) + 1e-3 * n,
    ),
)
