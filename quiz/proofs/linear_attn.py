"""Without a softmax (Q K^T) V is Q (K^T V), and the causal form is a recurrence whose state does not grow.

Topic: attention-cost
Source: Katharopoulos et al. 2020 (Transformers are RNNs), §3.2 to §3.4
Refutes: "Linear attention is the same attention, reordered": the reordering is exact, the softmax has gone

Queries and keys go through a feature map, elu + 1 as in the paper, so that all weights are positive; each row is
divided by its sum. The quadratic form with its mask is compared with a loop that carries a d x d state and a vector of
d, and reads no earlier token. Multiplications are counted from the shapes. Scores of a softmax cannot be reordered so:
the rows of its exponentials have full rank, those of the feature map at most d.
"""

from collections.abc import Callable
from typing import Annotated

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, Parameter, mutant
from quiz.proofs.numerics import Array, largest


def elu_plus_one(x: Array) -> Array:
    return np.where(x > 0, x + 1, np.exp(np.minimum(x, 0)))


def keep_all(S: Array, new: Array) -> Array:
    return S + new


def only_new(S: Array, new: Array) -> Array:
    """The mistake of a state that is overwritten."""
    return new


def unmasked(A: Array) -> Array:
    return A


def softmaxed(Q: Array, K: Array, feature: Callable[[Array], Array]) -> Array:
    """exp(q.k / sqrt d) for all pairs: no product of features of width d."""
    A: Array = np.exp(Q @ K.T / np.sqrt(Q.shape[1]))
    return A


def products(Q: Array, K: Array, feature: Callable[[Array], Array]) -> Array:
    """phi(Q) phi(K)^T: (n, n)."""
    return feature(Q) @ feature(K).T


def recurrent(Q: Array, K: Array, V: Array, update: Callable[[Array, Array], Array]) -> tuple[Array, int]:
    """One token at a time from S: (d, d_v) and z: (d,), whatever n is. -> (n, d_v), and the numbers in S."""
    S, z, out = np.zeros((K.shape[1], V.shape[1])), np.zeros(K.shape[1]), []
    for q, k, v in zip(Q, K, V, strict=True):
        S, z = update(S, np.outer(k, v)), update(z, k)
        out.append(q @ S / (q @ z))
    return np.array(out), S.size


def multiplications(A: Array, B: Array) -> int:
    """That A B takes: A: (n, k), B: (k, m)."""
    return int(A.size * B.shape[1])


def measure(
    rng: Generator,
    *,
    n: Annotated[int, Parameter(64, 1024, "tokens")] = 512,
    d: Annotated[int, Parameter(4, 64, "dimensions")] = 32,
    scores: Callable[[Array, Array, Callable[[Array], Array]], Array] = products,
    mask: Callable[[Array], Array] = np.tril,
    update: Callable[[Array, Array], Array] = keep_all,
) -> Found:
    Q, K, V = rng.normal(size=(3, n, d))
    q, k = elu_plus_one(Q), elu_plus_one(K)
    A, state = scores(Q, K, elu_plus_one), k.T @ V
    left, right = A @ V / A.sum(axis=1, keepdims=True), q @ state / (q @ k.sum(axis=0))[:, None]
    causal = mask(A)
    steps, kept = recurrent(q, k, V, update)
    apart = largest(causal @ V / causal.sum(axis=1, keepdims=True) - steps)
    by_pairs = multiplications(Q, K.T) + multiplications(A, V)
    by_state = multiplications(k.T, V) + multiplications(q, state)
    lengths = [64, 256, 1024, 4096]
    return Found(
        [
            Measurement("largest |left - right grouping|", largest(left - right), "<", 1e-12, "softmax is 0.1 away"),
            Measurement("largest |masked - recurrent|", apart, "<", 1e-12, "rounding is 1e-15; wrong: 0.1 and more"),
            Measurement("multiplications (Q K^T) V", by_pairs, "=", 2 * n * n * d, "n x n pairs, twice"),
            Measurement("multiplications Q (K^T V)", by_state, "=", 2 * n * d * d, "n / d times fewer: 16"),
            Measurement("numbers in the state", kept, "=", d * d, "no n in it; z has d beside it"),
            Measurement("numbers in a cache", K.size + V.size, "=", 2 * n * d, "keys and values of every token"),
            Measurement("rank of the scores", np.linalg.matrix_rank(A[:, : 2 * d]), "<=", d, "features have width d"),
        ],
        [
            Lines(
                "Numbers to keep", {"cache": (lengths, [2 * m * d for m in lengths]), "state": (lengths, [kept] * 4)},
                "tokens", log_x=True, log_y=True,
            )
        ],
    )  # fmt: skip


DEMO = Demo(
    measure,
    mutants=[
        mutant("softmax", "exponentials of the scores in place of features", scores=softmaxed),
        mutant("no-mask", "the quadratic form sees later tokens", mask=unmasked),
        mutant("overwritten", "the state keeps the last token alone", update=only_new),
    ],
    learnt="Drop the softmax and the sum over the past fits into d x d numbers; that is also all it can remember.",
    not_shown="Quality, nor speed: a loop over tokens is slow on a GPU, so training works in chunks.",
    cost=lambda n, d: Cost(bytes=8 * (5 * n * n + 14 * n * d), seconds=3e-3 + 2e-5 * n + 4e-9 * n * n * (d + 20)),
)
