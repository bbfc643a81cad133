"""Attention is softmax(Q K^T / sqrt(d_k)) V, softmax over the keys; another factor or axis is something else.

Topic: attention
Source: Vaswani et al. 2017, §3.2.1, eq. 1
Refutes: "softmax(d_k Q K^T) V", the formula as it reads once root and fraction line are lost

The matrix form is compared with three plain loops: score each key by its dot product with the query over sqrt(d_k),
turn the scores of one query into weights that sum to 1, and add up the values by weight. d_v differs from d_k on
purpose: were they equal, dividing by sqrt(d_v) would pass.
"""

from collections.abc import Callable
from math import exp, sqrt
from typing import Annotated

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Heatmap, Measurement, Parameter, mutant
from quiz.proofs.numerics import Array, attention_weights, largest, percent, softmax


def by_hand(Q: Array, K: Array, V: Array) -> Array:
    """Attention in three loops: Q: (n, d_k), K: (m, d_k), V: (m, d_v) -> (n, d_v)."""
    output = []
    for q in Q:
        scores = [sum(q_c * k_c for q_c, k_c in zip(q, k, strict=True)) / sqrt(len(q)) for k in K]
        total = sum(exp(s) for s in scores)
        weights = [exp(s) / total for s in scores]
        output.append([sum(w * v[c] for w, v in zip(weights, V, strict=True)) for c in range(V.shape[1])])
    return np.array(output)


def measure(
    rng: Generator,
    *,
    n: Annotated[int, Parameter(2, 32, "queries")] = 6,
    m: Annotated[int, Parameter(3, 32, "keys")] = 10,
    d_k: Annotated[int, Parameter(1, 256, "dimensions")] = 64,
    d_v: Annotated[int, Parameter(1, 256, "dimensions")] = 32,
    scale: Callable[[int, int], float] = lambda d_k, d_v: 1 / sqrt(d_k),
    axis: int = -1,
) -> Found:
    Q, K, V = rng.normal(size=(n, d_k)), rng.normal(size=(m, d_k)), rng.normal(size=(m, d_v))
    A = softmax(Q @ K.T * scale(d_k, d_v), axis=axis)  # (n, m)
    Y = A @ V  # (n, d_v)
    apart, beyond = largest(Y - by_hand(Q, K, V)), np.maximum(Y - V.max(axis=0), V.min(axis=0) - Y).max()
    factors = {"right": 1 / sqrt(d_k), "unscaled": 1.0, "times d_k": float(d_k)}
    return Found(
        [
            Measurement(
                "largest |matrix form - loops|", apart, "<", 1e-12, "rounding is 1e-15, a wrong factor 0.4 or more"
            ),
            Measurement("largest |sum of weights - 1|", largest(A.sum(axis=1) - 1), "<", 1e-12, "one query's weights"),
            Measurement("output beyond the values' range", beyond, "<", 1e-12, "weights >= 0 with sum 1 only average"),
        ],
        [
            Heatmap(
                "Weights of the first query over the keys, in %",
                [percent(attention_weights(Q[:1], K, scale=factor))[0] for factor in factors.values()],
                row_labels=list(factors),
                column_labels=[f"k{j}" for j in range(m)],
            )
        ],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant(
            "times-d", "multiplied by d_k: the formula with root and fraction line lost", scale=lambda d_k, d_v: d_k
        ),
        mutant("no-scale", "not scaled", scale=lambda d_k, d_v: 1.0),
        mutant("over-d", "divided by d_k, the root forgotten", scale=lambda d_k, d_v: 1 / d_k),
        mutant("root-d-v", "divided by sqrt(d_v)", scale=lambda d_k, d_v: 1 / sqrt(d_v)),
        mutant("over-queries", "softmax over the queries in place of the keys", axis=0),
    ],
    learnt="n x d_k, m x d_k and m x d_v give n x d_v; each output row averages the value rows by one query's weights.",
    not_shown="Why sqrt(d_k): see score-variance and softmax-saturation. Nor masks, which are added before softmax.",
    cost=lambda n, m, d_k, d_v: Cost(
        bytes=8 * 8 * (n + m) * (d_k + d_v) + 64 * n * d_v + 24 * n * m, seconds=4e-7 * n * m * (d_k + d_v)
    ),
)
