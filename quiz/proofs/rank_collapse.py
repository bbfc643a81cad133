"""Attention alone makes all tokens one vector within four layers; a skip connection around it keeps them apart.

Topic: attention
Source: Dong, Cordonnier, Loukas 2021 (arXiv 2103.03404), abstract: pure attention loses rank doubly exponentially
Refutes: "The Transformer relies solely on attention": a stack of nothing else forgets which token is which

Each token's output is an average of all tokens. Average a few times and all are equal: what is left of
r = ||X - 1 mean(X)|| / ||X|| is rounding. The experiment follows r through random, untrained layers with one part
added at a time. LayerNorm delays the collapse by a layer and does not stop it. Nor does an FFN of the usual scale,
although the abstract names MLPs beside skips as what stops it; one with a twentyfold gain delays it, because it drives
the next softmax to weights near 0 and 1, which average nothing. The skip stops it: what is added is still there.
"""

from collections.abc import Iterator, Mapping
from math import sqrt
from typing import Annotated, NamedTuple

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import BadParameter, Cost, Demo, Found, Lines, Measurement, Parameter, control, mutant
from quiz.proofs.numerics import Array, ffn, layer_norm, matrix, multi_head_attention

LAYERS = 8


class Layer(NamedTuple):
    """What stands beside attention: an FFN (by the gain of its W_1, 0: none), and skip and norm around each."""

    skip: bool = False
    norm: bool = False
    ffn: float = 0.0


class Weights(NamedTuple):
    attention: list[Array]
    W_1: Array
    W_2: Array


ATTENTION_ONLY = Layer()
WITH_SKIP = Layer(skip=True)
OTHERS = {
    "LayerNorm": Layer(norm=True),
    "FFN": Layer(ffn=1.0),
    "FFN, W_1 x 20": Layer(ffn=20.0),
    "skip, FFN, LN": Layer(skip=True, norm=True, ffn=1.0),
}


def distance_from_rank_1(X: Array) -> float:
    """||X - 1 mean(X)|| / ||X||: 0 where all tokens are the same vector."""
    return float(np.linalg.norm(X - X.mean(axis=0)) / np.linalg.norm(X))


def distances(X: Array, layer: Layer, weights: list[Weights], h: int) -> Iterator[float]:
    """r after each layer. X: (n, d)."""
    for W in weights:
        X = around(X, multi_head_attention(X, *W.attention, h=h), layer)
        if layer.ffn:
            X = around(X, ffn(X, layer.ffn * W.W_1, 0.0, W.W_2, 0.0), layer)
        yield distance_from_rank_1(X)


def around(X: Array, sublayer: Array, layer: Layer) -> Array:
    Y = X + sublayer if layer.skip else sublayer
    return layer_norm(Y) if layer.norm else Y


def measure(
    rng: Generator,
    *,
    n: Annotated[int, Parameter(8, 128, "tokens")] = 32,
    d: Annotated[int, Parameter(32, 256, "dimensions")] = 64,
    h: Annotated[int, Parameter(1, 8, "heads")] = 4,
    bare: Layer = ATTENTION_ONLY,
    kept: Layer = WITH_SKIP,
) -> Found:
    X = rng.normal(size=(n, d))
    weights = [
        Weights([matrix(rng, d, d) for _ in "QKVO"], matrix(rng, d, 4 * d, gain=sqrt(2)), matrix(rng, 4 * d, d))
        for _ in range(LAYERS)
    ]
    layers: Mapping[str, Layer] = {"attention only": bare, "skip": kept, **OTHERS}
    r = {name: list(distances(X, layer, weights, h)) for name, layer in layers.items()}
    return Found(
        [
            Measurement(
                "r after 4 layers of attention only", r["attention only"][3], "<", 1e-6,
                "rounding, about 4e-16; 0.39 at the least with a skip",
            ),
            Measurement(
                "r after 8 layers with a skip", r["skip"][-1], ">", 0.1,
                "about 0.5, 0.26 in the worst of 50 draws; 4e-16 without",
            ),
        ],
        [
            Lines(
                "How far the tokens are apart (1: as drawn)",
                {name: (list(range(1, LAYERS + 1)), values) for name, values in r.items()},
                x_label="layer", y_label="r", log_y=True,
            )
        ],
    )  # fmt: skip


def cost(n: int, d: int, h: int) -> Cost:
    if d % h:
        raise BadParameter(f"d is a multiple of h: {d} dimensions do not split into {h} heads.")
    return Cost(
        bytes=10 * (LAYERS * 12 * d * d + 5 * h * n * n + 12 * n * d),
        seconds=0.01 + 2e-6 * d * d + 3e-8 * n * d * d + 5e-7 * h * n * n,
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("skip-kept", "the stack called attention only has its skips still in", bare=WITH_SKIP),
        mutant("skip-and-ffn", "it has skips and an FFN", bare=Layer(skip=True, ffn=1.0)),
        mutant("norm-for-skip", "LayerNorm is to do what the skip does", kept=OTHERS["LayerNorm"]),
        mutant("ffn-for-skip", "an FFN is to do what the skip does", kept=OTHERS["FFN"]),
    ],
    controls=[
        control("ffn", "an FFN of the usual scale after attention does not stop the collapse", bare=OTHERS["FFN"])
    ],
    learnt="It takes the skip: added to what was there, an average cannot wipe it out.",
    not_shown="Trained weights: training can sharpen attention and so delay the collapse, as the gain of 20 does here.",
    cost=cost,
)
