"""In an encoder layer attention mixes positions, the FFN bends each one alone, and LayerNorm comes after the add.

Topic: ffn
Source: Vaswani et al. 2017, §3.1 (LayerNorm(x + Sublayer(x))) and §3.3 (FFN, "two convolutions with kernel size 1")

One token is changed. Through attention all positions change; through the FFN that one alone, the others by exactly 0.
The FFN is not linear: f(x + y) + f(0) differs from f(x) + f(y); f(0) is there because biases break the plain sum even
without ReLU. And as the norm comes last, every output row has mean 0 and standard deviation 1, which pre-norm layers
do not give.
"""

from collections.abc import Callable
from typing import Annotated

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Heatmap, Measurement, Parameter, mutant
from quiz.proofs.numerics import Array, largest, layer_norm, matrix, multi_head_attention, relative, relu

Layer = Callable[[Array], Array]


def post_norm(x: Array, sublayer: Layer) -> Array:
    return layer_norm(x + sublayer(x))


def pre_norm(x: Array, sublayer: Layer) -> Array:
    return x + sublayer(layer_norm(x))


def norm_then_add(x: Array, sublayer: Layer) -> Array:
    return x + layer_norm(sublayer(x))


def with_neighbour(x: Array) -> Array:
    return (x + np.roll(x, 1, axis=0)) / 2


def measure(
    rng: Generator,
    *,
    n: Annotated[int, Parameter(2, 64, "tokens")] = 10,
    d: Annotated[int, Parameter(16, 512, "dimensions")] = 64,
    d_ff: Annotated[int, Parameter(16, 2048, "dimensions")] = 256,
    add_and_norm: Callable[[Array, Layer], Array] = post_norm,
    bend: Layer = relu,
    look: Layer = lambda x: x,
) -> Found:
    W = [matrix(rng, d, d) for _ in ("W_Q", "W_K", "W_V", "W_O")]
    W_1, b_1, W_2, b_2 = matrix(rng, d, d_ff), rng.normal(size=d_ff), matrix(rng, d_ff, d), rng.normal(size=d)

    def attend(x: Array) -> Array:
        return multi_head_attention(x, *W)

    def f(x: Array) -> Array:
        y: Array = bend(look(x) @ W_1 + b_1) @ W_2 + b_2
        return y

    x, y, changed = rng.normal(size=(n, d)), rng.normal(size=(n, d)), n * 4 // 10
    other = np.where(np.arange(n)[:, None] == changed, y, x)
    by_attention, by_ffn = np.abs(attend(other) - attend(x)).max(axis=1), np.abs(f(other) - f(x)).max(axis=1)
    elsewhere = largest(np.delete(by_ffn, changed))
    alone = largest(f(x) - np.concatenate([f(row[None]) for row in x]))
    bent = relative(f(x + y) + f(0 * x) - f(y), f(x))
    out = add_and_norm(add_and_norm(x, attend), f)
    mean, std = largest(out.mean(axis=1)), largest(out.std(axis=1) - 1)
    return Found(
        [
            Measurement("positions that attention changes", int(np.sum(by_attention > 0)), "=", n, "each reads all"),
            Measurement("largest change by the FFN elsewhere", elsewhere, "=", 0, "no position reads another"),
            Measurement("largest |FFN - FFN of each row alone|", alone, "<", 1e-12, "a convolution with kernel size 1"),
            Measurement("|f(x+y) + f(0) - f(x) - f(y)| / |f(x)|", bent, ">", 0.01, "about 0.3; without ReLU 1e-15"),
            Measurement("largest |mean| of an output row", mean, "<", 1e-12, "LayerNorm is last"),
            Measurement("largest |std - 1| of an output row", std, "<", 1e-3, "LayerNorm is last; its eps takes 1e-5"),
        ],
        [
            Heatmap(
                f"Who changes (1) when token {changed} does",
                [(by_attention > 0).astype(int).tolist(), (by_ffn > 0).astype(int).tolist()],
                row_labels=["attention", "FFN"],
                column_labels=[str(i) for i in range(n)],
            )
        ],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("mixing-ffn", "the FFN looks at its neighbour as well", look=with_neighbour),
        mutant("no-relu", "two linear maps without a bend between", bend=lambda x: x),
        mutant("pre-norm", "x + Sublayer(LayerNorm(x)), as most later models have it", add_and_norm=pre_norm),
        mutant("norm-then-add", "x + LayerNorm(Sublayer(x))", add_and_norm=norm_then_add),
    ],
    learnt="Attention moves information between positions; the FFN, two thirds of the weights, works on each alone.",
    not_shown="Dropout and padding masks; nor which order trains better: see prenorm-slopes.",
    cost=lambda n, d, d_ff: Cost(
        bytes=8 * (6 * d * d + 3 * d * d_ff + 20 * n * (d + d_ff)),
        seconds=1e-8 * d * d_ff + 1e-8 * n * d * (d_ff + d) + 3e-3,
    ),
)
