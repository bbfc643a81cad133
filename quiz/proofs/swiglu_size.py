"""SwiGLU has three matrices, so two thirds of 4d as its width keep the weights of a plain block: 8d/3, rounded up.

Topic: ffn
Source: Shazeer 2020 (GLU variants), §3; Touvron et al. 2023a (LLaMA), §2.2, and the widths of its four configs

The shapes of a plain block (d to 4d and back) and of a gated one (two matrices up, one down) are listed and counted. At
8d/3 they have equally many weights, exactly where d is a multiple of 3. LLaMA rounds up to a multiple of 256: that
gives the published widths of all four sizes. A block of those shapes is run as well, and its matrices are really three.
"""

from collections.abc import Callable
from math import ceil, prod

from numpy.random import Generator

from quiz.proofs._demo import Bars, Cost, Demo, Found, Measurement, mutant
from quiz.proofs.numerics import ffn, matrix, swiglu

PUBLISHED = {4096: 11_008, 5120: 13_824, 6656: 17_920, 8192: 22_016}


def two_thirds(d: int) -> float:
    return 2 / 3 * 4 * d


def up(width: float, multiple: int) -> int:
    return ceil(width / multiple) * multiple


def down(width: float, multiple: int) -> int:
    return int(width / multiple) * multiple


def gated(d: int, width: int) -> list[tuple[int, int]]:
    return [(d, width), (d, width), (width, d)]


def measure(
    rng: Generator,
    *,
    width: Callable[[int], float] = two_thirds,
    rounded: Callable[[float, int], int] = up,
    multiple: int = 256,
    shapes: Callable[[int, int], list[tuple[int, int]]] = gated,
) -> Found:
    def weights(d: int, width: int) -> int:
        return sum(map(prod, shapes(d, width)))

    d = 384
    x, exact = rng.normal(size=(2, d)), round(width(d))
    plain = [matrix(rng, d, 4 * d), matrix(rng, 4 * d, d)]
    gate = [matrix(rng, *shape) for shape in gated(d, exact)]
    kept = ffn(x, plain[0], 0, plain[1], 0).shape == swiglu(x, *gate).shape == x.shape
    ratio = weights(d, exact) / sum(W.size for W in plain)
    found = {d: rounded(width(d), multiple) for d in PUBLISHED}
    more = 100 * (weights(4096, found[4096]) / (8 * 4096**2) - 1)
    return Found(
        [
            Measurement("weights, gated / plain, d = 384", ratio, "=", 1, "3 d (8d/3) = 2 d (4d)"),
            Measurement("both blocks keep the shape of x", int(kept), "=", 1, "d in, d out"),
            Measurement("width for d = 4096, before rounding", width(4096), "between", (10_922, 10_923), "8d/3"),
            *[Measurement(f"width for d = {d}", found[d], "=", w, "LLaMA's config") for d, w in PUBLISHED.items()],
            Measurement("more weights at d = 4096", more, "between", (0.7, 0.9), "85 columns of 10,923: rounding", "%"),
        ],
        [
            Bars(
                "Weights of a block, d = 4096 (millions)",
                [
                    ("plain, 4d", 8 * 4096**2 / 1e6),
                    ("gated, 4d", 12 * 4096**2 / 1e6),
                    ("gated, as here", weights(4096, found[4096]) / 1e6),
                ],
            )
        ],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("four-d", "the width stays 4d: half as many weights again", width=lambda d: 4.0 * d),
        mutant("half", "the width is halved, as if the gate doubled everything", width=lambda d: 2.0 * d),
        mutant("round-down", "rounded down to the multiple", rounded=down),
        mutant("multiple-of-64", "rounded up to a multiple of 64", multiple=64),
        mutant("two-matrices", "the gate's matrix is not counted", shapes=lambda d, w: gated(d, w)[1:]),
    ],
    learnt="Compare blocks at equal weights: the gate is paid for with a third of the width.",
    not_shown="That a gated block is better at equal size; that is measured in training, see Shazeer 2020, §3.",
    cost=lambda: Cost(bytes=8 * 20 * 384 * 384, seconds=0.02),
)
