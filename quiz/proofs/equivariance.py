"""Without positions, self-attention shuffles its output as its input was shuffled: f(P X) = P f(X).

Topic: positions
Source: Vaswani et al. 2017, §3.5 (why positions are added); permutation equivariance as in Lee et al. 2019, §3
Refutes: "If you shuffle the words, self-attention gives the same results": only a pooled vector stays the same

A permutation P reorders the rows of X. Attention treats keys and values as a set, so each word gets the vector it had
before, in its new place. Three things are measured: f(P X) is P f(X) to rounding, both have the same mean, and f(P X)
is not f(X). Whatever tells positions apart breaks the first: positions added, rotated in, as a bias on the scores, or
a causal mask.
"""

from collections.abc import Callable
from functools import partial
from typing import Annotated

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Heatmap, Measurement, Parameter, mutant
from quiz.proofs.numerics import (
    Array,
    alibi,
    attention_weights,
    causal_mask,
    largest,
    matrix,
    percent,
    relative,
    rope,
    sinusoidal,
)


def self_attention(
    X: Array,
    W_Q: Array,
    W_K: Array,
    W_V: Array,
    W_O: Array,
    *,
    embed: Callable[[Array], Array],
    rotate: Callable[[Array], Array],
    bias: Callable[[int], Array | None],
) -> tuple[Array, Array]:
    """Weights A: (n, n) and output f(X) = A X W_V W_O: (n, d)."""
    X = embed(X)
    A = attention_weights(rotate(X @ W_Q), rotate(X @ W_K), bias=bias(len(X)))
    return A, A @ X @ W_V @ W_O


def measure(
    rng: Generator,
    *,
    n: Annotated[int, Parameter(8, 128, "words")] = 12,
    d: Annotated[int, Parameter(8, 512, "dimensions")] = 64,
    draws: Annotated[int, Parameter(1, 100)] = 20,
    embed: Callable[[Array], Array] = lambda X: X,
    rotate: Callable[[Array], Array] = lambda Q: Q,
    bias: Callable[[int], Array | None] = lambda n: None,
) -> Found:
    f = partial(self_attention, embed=embed, rotate=rotate, bias=bias)
    broken, changed, pooled = [], [], []
    for _ in range(draws):
        W = [matrix(rng, d, d) for _ in ("W_Q", "W_K", "W_V", "W_O")]
        X, P = rng.normal(size=(n, d)), rng.permutation(n)
        A, Y = f(X, *W)
        A_P, Y_P = f(X[P], *W)
        broken.append(largest(Y_P - Y[P]))
        changed.append(relative(Y_P, Y))
        pooled.append(largest(Y_P.mean(axis=0) - Y.mean(axis=0)))

    back = np.argsort(P)
    return Found(
        [
            Measurement("largest |f(PX) - P f(X)|", max(broken), "<", 1e-12, "equal but for rounding, about 1e-15"),
            Measurement("largest |mean f(PX) - mean f(X)|", max(pooled), "<", 1e-12, "a mean does not see the order"),
            Measurement(
                "smallest |f(PX) - f(X)| / |f(X)|", min(changed), ">", 0.1, "not the same: 0.6 or more in draws"
            ),
        ],
        [
            Heatmap("Attention of X, in %", percent(A)),
            Heatmap("Attention of P X: another picture ...", percent(A_P)),
            Heatmap("... which is the first, rows and columns put back", percent(A_P[back][:, back])),
        ],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("sinusoids", "sinusoidal positions are added to the words", embed=lambda X: X + sinusoidal(*X.shape)),
        mutant("rope", "queries and keys are rotated by their positions", rotate=lambda Q: rope(Q, np.arange(len(Q)))),
        mutant("alibi", "scores fall with distance, slope 1/2", bias=lambda n: alibi(n, 1 / 2)),
        mutant("alibi-faint", "scores fall with distance, slope 1/256", bias=lambda n: alibi(n, 1 / 256)),
        mutant("causal-mask", "no word sees a later one: a mask alone brings order in", bias=causal_mask),
    ],
    learnt="Order is carried along, not ignored: each word keeps its vector, so order reaches no word's meaning.",
    not_shown="That a mask suffices to learn positions (Haviv et al. 2022): here it only breaks the symmetry.",
    cost=lambda n, d, draws: Cost(
        bytes=8 * (5 * d * d + 8 * n * (n + d)), seconds=draws * (1e-7 * d * d + 1e-8 * n * d * (n + d))
    ),
)
