"""Untrained, the last layer's gradient is the same at any depth L in post-norm, and falls as 1/sqrt(L) in pre-norm.

Topic: residuals-norms
Source: Xiong et al. 2020 (On layer normalization in the Transformer architecture), §3.3: theorem 1 and lemma 2

Post-norm is LayerNorm(x + Sublayer(x)); pre-norm is x + Sublayer(LayerNorm(x)), with one more norm before the output.
So in both the last thing that happens is a LayerNorm of a stream s, and its derivative divides by the size of s. With
post-norm s is a normed vector plus one branch, |s|^2 = 3/2 d at every depth. With pre-norm nothing norms the stream:
each layer adds to it, |s|^2 grows as L, and the gradient shrinks as 1/sqrt(L). In this the paper sees why post-norm
needs a warm-up. The setting is the paper's: one head, W_Q = W_K = 0, so that attention is the mean of the values.
"""

from collections.abc import Callable, Iterator
from math import sqrt
from typing import Annotated

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, Parameter, mutant
from quiz.proofs.numerics import Array, layer_norm, relu, slope, softmax

SEQUENCES, TOKENS, CLASSES = 4, 16, 200

Streams = Iterator[tuple[Array, Array]]


def post_norm(x: Array, layers: Array) -> Streams:
    """After each layer: what W_2 is applied to, and the stream before its norm. x: (sequences, tokens, d)."""
    for W_V, W_1, W_2 in layers:
        x = layer_norm(x + (x @ W_V).mean(axis=1, keepdims=True))
        h = relu(x @ W_1)
        s = x + h @ W_2
        yield h, s
        x = layer_norm(s)


def pre_norm(x: Array, layers: Array) -> Streams:
    for W_V, W_1, W_2 in layers:
        x = x + (layer_norm(x) @ W_V).mean(axis=1, keepdims=True)
        h = relu(layer_norm(x) @ W_1)
        x = x + h @ W_2
        yield h, x


def gradient(h: Array, s: Array, W_E: Array, one_hot: Array, last_norm: bool) -> float:
    """Frobenius norm of d(mean cross-entropy) / d(last W_2), where the logits are LayerNorm(s) W_E."""
    y = layer_norm(s) if last_norm else s
    g = (softmax(y @ W_E) - one_hot) @ W_E.T / (SEQUENCES * TOKENS)
    if last_norm:
        std = s.std(axis=-1, keepdims=True)
        g = (g - g.mean(axis=-1, keepdims=True) - y * (g * y).mean(axis=-1, keepdims=True)) / std
    return float(np.linalg.norm(np.einsum("bni,bnj->ij", h, g)))


def measure(
    rng: Generator,
    *,
    L: Annotated[tuple[int, ...], Parameter(2, 96, "layers")] = (6, 12, 24, 48),
    d: Annotated[int, Parameter(64, 256, "dimensions")] = 128,
    draws: Annotated[int, Parameter(2, 10)] = 2,
    post: Callable[[Array, Array], Streams] = post_norm,
    pre: Callable[[Array, Array], Streams] = pre_norm,
    last_norm: bool = True,
) -> Found:
    by_post, by_pre, size_post, size_pre = [], [], [], []
    for _ in range(draws):
        x, layers = rng.normal(size=(SEQUENCES, TOKENS, d)), rng.normal(size=(max(L), 3, d, d)) / sqrt(d)
        W_E = rng.normal(size=(d, CLASSES)) * sqrt(2 / (d + CLASSES))
        one_hot = np.eye(CLASSES)[rng.integers(CLASSES, size=(SEQUENCES, TOKENS))]
        in_post, in_pre = list(post(x, layers)), list(pre(x, layers))  # a shallower stack is the start of the deepest
        by_post.append([gradient(*in_post[depth - 1], W_E, one_hot, last_norm=True) for depth in L])
        by_pre.append([gradient(*in_pre[depth - 1], W_E, one_hot, last_norm) for depth in L])
        size_post.append(np.mean([s**2 for _, s in in_post]))
        size_pre.append(np.mean(in_pre[-1][1] ** 2))

    post_norms, pre_norms = (np.exp(np.log(by).mean(axis=0)) for by in (by_post, by_pre))
    return Found(
        [
            Measurement(
                "post-norm: |exponent in L|", abs(slope(L, post_norms)), "<", 0.2,
                "0 in theory; a draw of this size scatters by 0.04, pre-norm has -0.5",
            ),
            Measurement(
                "pre-norm: exponent in L", slope(L, pre_norms), "between", (-0.75, -0.3),
                "-1/2 in theory; positive where the last norm is left out",
            ),
            Measurement(
                "post-norm: |s|^2 / d", np.mean(size_post), "between", (1.3, 1.7),
                "3/2: a normed vector has 1, and its FFN adds 1/2, for ReLU halves",
            ),
            Measurement(
                "pre-norm: growth of |s|^2 / d by a layer", (np.mean(size_pre) - 1) / max(L), "between", (0.5, 2),
                "lemma 2 has its mean between 1/2 and 3/2; these draws scatter by 0.1",
            ),
        ],
        [
            Lines(
                "Gradient of the last W_2",
                {
                    "post-norm": (L, post_norms),
                    "pre-norm": (L, pre_norms),
                    "1/sqrt(L)": (L, [pre_norms[0] * sqrt(L[0] / depth) for depth in L]),
                },
                x_label="L", y_label="norm", log_x=True, log_y=True,
            )
        ],
    )  # fmt: skip


DEMO = Demo(
    measure,
    mutants=[
        mutant("no-last-norm", "pre-norm without the norm before the output", last_norm=False),
        mutant("post-as-pre", "post-norm layers passed off as pre-norm", pre=post_norm),
        mutant("pre-as-post", "pre-norm layers passed off as post-norm", post=pre_norm),
    ],
    learnt="The last norm divides the gradient by the size of the stream: sqrt(3/2) in post-norm, sqrt(L) in pre-norm.",
    not_shown="Training: that post-norm needs warm-up for this reason, or which of the two ends better.",
    cost=lambda L, d, draws: Cost(
        bytes=8 * (max(L) * d * (6 * d + 5 * SEQUENCES * TOKENS) + 12 * SEQUENCES * TOKENS * (d + CLASSES)),
        seconds=draws * max(L) * (5e-8 * d * d + 1e-3),
    ),
)
