"""Queries and keys mean nothing by themselves: only W_Q W_K^T and W_V W_O matter, and their rank is at most d_k.

Topic: attention
Source: follows from Vaswani et al. 2017, eq. 1; the low rank from Bhojanapalli et al. 2020 (low-rank bottleneck)
Refutes: "The query is what a token looks for, the key what it offers": any invertible A changes both and nothing else

Scores are X W_Q (X W_K)^T = X (W_Q W_K^T) X^T. Put W_Q A and W_K A^-T in their place: A cancels. W_V B and B^-1 W_O
do the same for the output. The experiment draws A and B at random: all queries, keys and values change, the output
does not. The matrix of scores is n x n, but it passed through d_k dimensions, so d_k is its rank. It is not
symmetric: two matrices, and not one, let a token attend where it is not attended from.
"""

from collections.abc import Callable
from typing import Annotated

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, Parameter, control, mutant
from quiz.proofs.numerics import Array, attention, largest, matrix, multi_head_attention, relative


def inverse_transposed(A: Array) -> Array:
    return np.asarray(np.linalg.inv(A).T)


def measure(
    rng: Generator,
    *,
    n: Annotated[int, Parameter(64, 512, "tokens")] = 64,
    d: Annotated[int, Parameter(64, 512, "dimensions")] = 64,
    d_k: Annotated[int, Parameter(2, 48, "dimensions of a head")] = 16,
    for_keys: Callable[[Array], Array] = inverse_transposed,
    shared: bool = False,
) -> Found:
    X = rng.normal(size=(n, d))
    W_Q, W_K, W_V, W_O = matrix(rng, d, d_k), matrix(rng, d, d_k), matrix(rng, d, d_k), matrix(rng, d_k, d)
    if shared:
        W_K = W_Q
    A, B = rng.normal(size=(d_k, d_k)), rng.normal(size=(d_k, d_k))
    Y = multi_head_attention(X, W_Q, W_K, W_V, W_O)
    Y_AB = multi_head_attention(X, W_Q @ A, W_K @ for_keys(A), W_V @ B, np.linalg.inv(B) @ W_O)
    S = X @ W_Q @ (X @ W_K).T  # (n, n)
    rank, singular = int(np.linalg.matrix_rank(S)), np.linalg.svd(S, compute_uv=False)
    return Found(
        [
            Measurement(
                "largest change of the output", largest(Y_AB - Y), "<", 1e-9, "inverting costs digits: at worst 6e-11"
            ),
            Measurement("rank of the scores", rank, "=", d_k, "X W_Q has d_k columns"),
            Measurement("asymmetry |S - S^T| / |S|", relative(S, S.T), ">", 1, "sqrt 2 or so; 0 if W_Q = W_K"),
        ],
        [
            Lines(
                "Singular values of the scores",
                {"singular value": (list(range(1, n + 1)), singular.tolist())},
                x_label="index",
                log_y=True,
            )
        ],
    )


def dictionary(rng: Generator) -> Found:
    """Eight orthonormal keys, looked up by themselves: the sharper the scores, the more the weights are one-hot."""
    K, V = np.linalg.qr(rng.normal(size=(8, 8)))[0], rng.normal(size=(8, 8))
    error = largest(attention(K, K, V, scale=20) - V)
    return Found([Measurement("look-up error at sharpness 20", error, "<", 1e-6, "e^-20 of the wrong values: 1e-8")])


DEMO = Demo(
    measure,
    mutants=[
        mutant("no-transpose", "the keys get A^-1, the transpose is forgotten", for_keys=np.linalg.inv),
        mutant("queries-only", "only the queries are changed", for_keys=lambda A: np.eye(len(A))),
        mutant("shared", "W_K = W_Q: the scores are symmetric", shared=True),
    ],
    controls=[control("dictionary", "with orthonormal keys and sharp scores attention does look up", dictionary)],
    learnt="'Looks for' and 'offers' are a picture: what is learnt is one bilinear form of rank d_k per head.",
    not_shown="That trained heads have no use for the picture; under RoPE, A must also commute with the turns.",
    cost=lambda n, d, d_k: Cost(
        bytes=8 * (12 * n * n + 6 * n * d + 10 * d * d_k), seconds=2e-8 * n**3 + 1e-9 * n * d * d_k
    ),
)
