"""A model of width d writes at most a d-dimensional space of logits: random tables of 400 tokens lose 0.37 nats at 32.

Topic: embeddings
Source: Yang et al. 2018 (Breaking the Softmax Bottleneck), §2
Refutes: "Enough training fits any next-token distribution": over many contexts the logits have rank d at most

Logits of n contexts over V tokens are H E^T, with hidden states H: (n, d) and an output table E: (V, d): their rank is
at most d, that of the log-probabilities at most d + 1, as each row is shifted by its own constant. The target is a
table of random logits in which no context resembles another. Its closest table of rank d (squared error) comes from
the singular values; the KL divergence of the target distributions from those of the approximation is the price, in
nats per token. The control is a table that has rank 32 itself: at that width it costs nothing.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, control, mutant
from quiz.proofs.numerics import Array, softmax

N, WIDTH, WIDTHS = 400, 32, (8, 16, 32, 64, 128, 256, 400)
Order = Callable[[Array, Generator], Any]


def divergence(Z: Array, approximation: Array) -> float:
    """Mean over the rows of KL(softmax(Z) || softmax(approximation)), in nats."""
    p, q = softmax(Z), softmax(approximation)
    return float(np.mean(np.sum(p * np.log(p / q), axis=-1)))


def largest_first(s: Array, rng: Generator) -> Any:
    return np.argsort(-s)


def smallest_first(s: Array, rng: Generator) -> Any:
    return np.argsort(s)


def any_first(s: Array, rng: Generator) -> Any:
    return rng.permutation(len(s))


def price(Z: Array, rng: Generator, order: Order) -> list[float]:
    """The divergence left at each width, keeping so many singular values in that order."""
    U, s, Vt = np.linalg.svd(Z)
    first = order(s, rng)
    return [divergence(Z, (U[:, k] * s[k]) @ Vt[k]) for k in (first[:d] for d in WIDTHS)]


def model(rng: Generator, n: int) -> Array:
    """Logits of a model of width 32 for n contexts over n tokens: H E^T, (n, n)."""
    logits: Array = rng.normal(size=(n, WIDTH)) @ rng.normal(size=(WIDTH, n)) / WIDTH**0.5
    return logits


def measure(rng: Generator, *, order: Order = largest_first) -> Found:
    Z = model(rng, 100)
    log_p = np.log(softmax(Z))
    left = price(rng.normal(size=(N, N)), rng, order)
    at = dict(zip(WIDTHS, left, strict=True))
    return Found(
        [
            Measurement("rank of a model's logits", float(np.linalg.matrix_rank(Z)), "=", 32, "H E^T, width 32"),
            Measurement(
                "rank of its log-probabilities", float(np.linalg.matrix_rank(log_p)), "=", 33, "one constant a row"
            ),
            Measurement("KL at width 32", at[32], "between", (0.34, 0.40), "0.37; at random 0.46", "nats"),
            Measurement("KL at width 128", at[128], "between", (0.11, 0.17), "0.14; at random 0.34", "nats"),
            Measurement("KL at width 400", at[400], "<", 1e-12, "nothing is cut off: rounding", "nats"),
        ],
        [Lines("KL left", {"random logits": (WIDTHS, left)}, "width", "nats", log_x=True, with_mutants=True)],
    )


def of_rank_32(rng: Generator) -> Found:
    at = dict(zip(WIDTHS, price(model(rng, 100), rng, largest_first), strict=True))
    return Found(
        [
            Measurement("KL at width 32, target of rank 32", at[32], "<", 1e-12, "the width suffices", "nats"),
            Measurement("KL at width 16, target of rank 32", at[16], ">", 0.05, "half of the directions", "nats"),
        ]
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("at-random", "directions are kept at random, not those that hold most", order=any_first),
        mutant("smallest", "the smallest singular values are kept", order=smallest_first),
    ],
    controls=[control("rank-32", "a target that has rank 32 itself costs nothing at width 32", of_rank_32)],
    learnt="Width bounds the rank of the logits over all contexts; what that costs depends on the language's own rank.",
    not_shown="The rank of real language. And the best rank for squared error is not quite the best for KL.",
    cost=lambda: Cost(bytes=2e7, seconds=0.15),
)
