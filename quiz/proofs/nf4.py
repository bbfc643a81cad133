"""The 16 levels of NF4 sit at quantiles of a normal: on normal weights they err less than the 15 even ones of int4.

Topic: post-training
Source: Dettmers et al. 2023 (QLoRA), §2, §3 and appendix E (the levels)
Refutes: "NF4 is the better 4-bit type": for weights that are normal; for evenly spread ones int4 is

Each block of 64 weights is divided by its largest magnitude, and every weight goes to the nearest level. NF4 has 16:
quantiles of N(0, 1), eight above zero and seven below, and zero itself. int4 here is absmax / 7 times -7 .. 7.
Measured is the mean squared error over the mean square. The scales cost memory too: 32 bits for 64 weights are half a
bit each; kept in 8 bits, with a second scale for 256 of them, 0.127 (double quantisation).
"""

from collections.abc import Callable
from statistics import NormalDist
from typing import Annotated

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Bars, Cost, Demo, Found, Measurement, Parameter, control, mutant
from quiz.proofs.numerics import Array

PAPER = (-1.0, -0.6962, -0.5251, -0.3949, -0.2844, -0.1848, -0.0911, 0, 0.0796, 0.1609, 0.2461, 0.3379, 0.4407, 0.5626)
INT4 = np.arange(-7, 8) / 7


def nf4_levels() -> Array:
    """(16,), from -1 to 1: quantiles between 0.5 and 0.9677 on both sides, 9 above and 8 below, zero shared."""
    above, below = np.linspace(0.5, 0.9677083, 9), np.linspace(0.5, 0.9677083, 8)
    quantile = NormalDist().inv_cdf
    levels: Array = np.array([-quantile(q) for q in below[:0:-1]] + [quantile(q) for q in above])
    scaled: Array = levels / levels.max()
    return scaled


def error(W: Array, levels: Array, block: int) -> float:
    """Mean squared error over mean square, in %, of W: (n,), when each block is scaled to [-1, 1]."""
    blocks = W.reshape(-1, block)
    top = np.abs(blocks).max(axis=1, keepdims=True)
    between = (levels[1:] + levels[:-1]) / 2
    back = levels[np.searchsorted(between, blocks / top)] * top
    return float(100 * np.mean((back - blocks) ** 2) / np.mean(blocks**2))


def measure(
    rng: Generator,
    *,
    blocks: Annotated[int, Parameter(500, 10_000, "blocks of 64")] = 2000,
    draw: Callable[[Generator, int], Array] = lambda rng, n: rng.normal(size=n),
    levels: Callable[[], Array] = nf4_levels,
    block: int = 64,
    second: float = 256.0,
) -> Found:
    W, L = draw(rng, 64 * blocks), levels()
    nf4, int4 = error(W, L, block), error(W, INT4, block)
    apart = float(np.max(np.abs(L[: len(PAPER)] - PAPER)))
    single, double = 4 + 32 / 64, 4 + 8 / 64 + 32 / (64 * second)
    saved = 65e9 * (single - double) / 8 / 1e9
    return Found(
        [
            Measurement("levels against appendix E", apart, "<", 1e-4, "printed there to 17 digits, here to 4"),
            Measurement("error of NF4", nf4, "between", (0.80, 0.90), "0.85, spread 0.01", "%"),
            Measurement("error of int4", int4, "between", (1.1, 1.22), "1.16, spread 0.01", "%"),
            Measurement("NF4 against int4", nf4 / int4, "<", 0.8, "0.73; more than 1 for even weights"),
            Measurement("bits a weight, scales in 32 bits", single, "=", 4.5, "4 + 32 / 64", "bits"),
            Measurement(
                "bits a weight, scales in 8 bits", double, "between", (4.126, 4.128), "4 + 8/64 + 32/(64 x 256)", "bits"
            ),
            Measurement(
                "saved on 65 billion weights", saved, "between", (3.0, 3.06), "0.373 bits each: the paper's 3", "GB"
            ),
        ],
        [Bars("Error by the level's placing", [("NF4", nf4), ("int4", int4)], "%")],
    )


def uniform_weights(rng: Generator, *, blocks: int) -> Found:
    """On weights spread evenly the even levels win: NF4's are for a bell."""
    W = rng.uniform(-1, 1, 64 * blocks)
    ratio = error(W, nf4_levels(), 64) / error(W, INT4, 64)
    return Found([Measurement("NF4 against int4, even weights", ratio, ">", 1.1, "1.7: few levels lie far out")])


DEMO = Demo(
    measure,
    mutants=[
        mutant("even-levels", "16 levels in even steps from -1 to 1", levels=lambda: np.linspace(-1, 1, 16)),
        mutant("even-weights", "weights spread evenly: int4 fits those", draw=lambda rng, n: rng.uniform(-1, 1, n)),
        mutant("no-blocks", "500 x 64 weights share one scale", block=32_000),
        mutant("no-second-scale", "the 8-bit scales share a second one by 2 only", second=2.0),
    ],
    controls=[control("even-weights", "where the weights are not normal, NF4 is the worse one", uniform_weights)],
    learnt="Put levels where the weights are: the same 4 bits, a quarter less squared error on a bell curve.",
    not_shown="How close trained weights are to normal (most are, by the paper's appendix F), and what answers become.",
    cost=lambda blocks: Cost(bytes=8 * 64 * 8 * blocks, seconds=1e-5 * blocks),
)
