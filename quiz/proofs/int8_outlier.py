"""One outlier makes int8 with one scale about 20 times worse; a scale for each row or group keeps the harm inside.

Topic: inference
Source: Dettmers et al. 2022 (LLM.int8()), §2.1 and §3.1; groups of 64 as in Dettmers and Zettlemoyer 2023

Absmax quantisation divides by max |w| / 127 and rounds. The largest weight sets the step for all that share its scale:
with 100 among N(0, 1) weights a step is 0.79, and whatever lies below half of it becomes 0. The experiment quantises a
square matrix with one scale, one for each row, and one for each 64 weights, and measures |W' - W| / |W|.
"""

from collections.abc import Callable
from typing import Annotated

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Bars, Cost, Demo, Found, Lines, Measurement, Parameter, control, mutant
from quiz.proofs.numerics import Array, relative

SIZES = (5, 10, 30, 100, 300)


def put_first(W: Array, outlier: float) -> None:
    """One weight of W, (n, n), is set to `outlier`."""
    W[0, 0] = outlier


def by_largest(W: Array) -> Array:
    """Largest |w| of each row, what code 127 stands for. W: (rows, columns) -> (rows, 1)."""
    top: Array = np.abs(W).max(axis=-1, keepdims=True)
    return top


def by_common(W: Array) -> Array:
    """One and the same for all rows: the mistake of a scale for the whole matrix."""
    return np.full((len(W), 1), np.abs(W).max())


def measure(
    rng: Generator,
    *,
    n: Annotated[int, Parameter(256, 1024, "rows and columns", multiple=64)] = 512,
    outlier: Annotated[float, Parameter(50, 200)] = 100.0,
    put: Callable[[Array, float], None] = put_first,
    levels: int = 127,
    nearest: Callable[[Array], Array] = np.rint,
    scale: Callable[[Array], Array] = by_largest,
) -> Found:
    def quantised(W: Array, width: int) -> Array:
        """W through int8 and back, one scale for each `width` weights that follow one another."""
        blocks = W.reshape(-1, width)
        step = scale(blocks) / levels
        back: Array = np.clip(nearest(blocks / step), -levels, levels) * step
        return back.reshape(W.shape)

    W = rng.normal(size=(n, n))
    clean = 100 * relative(quantised(W, n * n), W)
    hit = W.copy()
    curve = []
    for size in SIZES:
        put(hit, size)
        curve.append(100 * relative(quantised(hit, n * n), hit))

    put(hit, outlier)
    whole, row, group = (quantised(hit, width) for width in (n * n, n, 64))
    tensor, per_row, per_group = (100 * relative(back, hit) for back in (whole, row, group))
    zeros = 100 * np.mean(whole == 0)
    errors = [
        ("one scale, no outlier", clean),
        ("one scale", tensor),
        ("per row", per_row),
        ("groups of 64", per_group),
    ]
    return Found(
        [
            Measurement("error, one scale, no outlier", clean, "<", 1.5, "1.1 rounded; 2.1 cut off", "%"),
            Measurement("error, one scale, outlier", tensor, ">", 10, "22 at 100: twenty times as much", "%"),
            Measurement("weights that became 0", zeros, ">", 15, "30.6 at 100: all below half a step of 0.79", "%"),
            Measurement("error, a scale per row", per_row, "<", 3, "1.2 at 100: one row of many is hit", "%"),
            Measurement("error, groups of 64", per_group, "<", 1.5, "0.7 at 100: 64 weights are hit", "%"),
        ],
        [
            Bars("Error |W' - W| / |W|", errors, unit="%"),
            Lines(
                "Error with one scale, in %",
                {"absmax": (SIZES, curve)},
                "outlier",
                log_x=True,
                log_y=True,
                with_mutants=True,
            ),
        ],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("no-outlier", "nothing is put in: one scale does well", put=lambda W, outlier: None),
        mutant("common-scale", "rows and groups all use the largest of the whole matrix", scale=by_common),
        mutant("cut-off", "codes are cut off towards 0 instead of rounded", nearest=np.trunc),
        mutant("int4", "15 levels instead of 255", levels=7),
    ],
    controls=[
        control("negative", "an outlier below zero does the same", put=lambda W, outlier: put_first(W, -outlier))
    ],
    learnt="A scale is as coarse as its largest weight: share it among few, and one outlier costs little.",
    not_shown="Activations, where outliers sit in fixed columns of trained models, and what the error does to answers.",
    cost=lambda n, outlier: Cost(bytes=8 * 9 * n * n, seconds=4e-7 * n * n),
)
