"""Naive exponentials overflow above a score of 11.09 in fp16 and 88.7 in fp32; less the row's maximum, none does.

Topic: attention
Source: IEEE 754 (largest numbers 65504 and 3.4e38); Milakov and Gimelshein 2018 (online softmax), §2 (safe softmax)

The largest score whose exponential is finite is found by bisection over all numbers of each format. Then a softmax that
subtracts something first is tried on rows that are hard in different ways: far above zero, far below, and wide. It must
agree with the plain formula where that works. One row is left that no shift can save, with every key masked: its
maximum is -inf, and -inf - (-inf) is not a number. As a mask, -1e9 is no way round it in fp16: it is -inf there too.
"""

from collections.abc import Callable
from typing import Annotated, Any

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, Parameter, mutant
from quiz.proofs.numerics import Array, largest

Shift = Callable[[Array], Any]
HARD = np.array([[1000.0, 1001, 1002], [-1000, -1001, -1002], [0, 1, 2000]])


def largest_finite(float_type: Any, int_type: Any) -> float:
    """The largest number of that format whose exponential is finite: their bits, read as integers, are in order."""
    low, high = 0, int(np.array(np.inf, float_type).view(int_type))
    while high - low > 1:
        middle = (low + high) // 2
        finite = np.isfinite(np.exp(np.array(middle, int_type).view(float_type)))
        low, high = (middle, high) if finite else (low, middle)
    return float(np.array(low, int_type).view(float_type))


def row_maximum(z: Array) -> Array:
    return np.asarray(z.max(axis=-1, keepdims=True))


def measure(
    rng: Generator,
    *,
    rows: Annotated[int, Parameter(10, 10_000)] = 100,
    shift: Shift = row_maximum,
) -> Found:
    def soft(z: Array) -> Array:
        e: Array = np.exp(z - shift(z))
        return np.asarray(e / e.sum(axis=-1, keepdims=True))

    with np.errstate(all="ignore"):
        fp16, fp32 = largest_finite(np.float16, np.uint16), largest_finite(np.float32, np.uint32)
        masked = soft(np.full((1, 4), -np.inf))
        z = rng.normal(size=(rows, 8))
        plain = np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)
        off, moved, hard = largest(soft(z) - plain), largest(soft(z + 1000) - plain), soft(HARD)
        lost = np.sum(~np.isfinite(np.array([-1e9, -65504]).astype(np.float16)))
    scores = np.linspace(0, 14, 57)
    with np.errstate(over="ignore"):
        e16 = np.exp(scores.astype(np.float16)).astype(float)
    kept = np.isfinite(e16)
    return Found(
        [
            Measurement("largest fp16 score, exp finite", fp16, "between", (11, 11.2), "ln 65504 = 11.0899"),
            Measurement("largest fp32 score, exp finite", fp32, "between", (88.6, 88.8), "ln 3.4028e38 = 88.7228"),
            Measurement("shifted against exp(z) / sum", off, "<", 1e-12, "e^-c cancels: rounding, 1e-16"),
            Measurement("change when 1000 is added to all", moved, "<", 1e-10, "z + 1000 itself is off by 1e-13"),
            Measurement(
                "hard rows that sum to 1",
                int(np.sum(np.abs(hard.sum(axis=-1) - 1) < 1e-12)),
                "=",
                3,
                "all: high, low, wide",
            ),
            Measurement("nan in a row with 4 keys masked", int(np.isnan(masked).sum()), "=", 4, "-inf - (-inf)"),
            Measurement("masks -1e9, -65504 that are -inf in fp16", int(lost), "=", 1, "-65504 is the lowest number"),
        ],
        [Lines("exp in fp16, until it overflows", {"fp16": (scores[kept].tolist(), e16[kept].tolist())}, "score")],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("no-shift", "exponentials of the scores as they are", shift=lambda z: 0.0),
        mutant("mean", "the mean of the row is subtracted: a wide row overflows", shift=lambda z: z.mean(-1)[:, None]),
        mutant("minimum", "the minimum of the row: a wide row overflows", shift=lambda z: z.min(-1)[:, None]),
        mutant("of-the-batch", "one maximum for all rows: a low row becomes 0 / 0", shift=lambda z: z.max()),
    ],
    learnt="The maximum of each row leaves every exponent at 0 or below; only a row with nothing to attend to is lost.",
    not_shown="What kernels do with a fully masked row: some return zeros, some the mean of all values, some nan.",
    cost=lambda rows: Cost(bytes=2e5 + 8 * 8 * 8 * rows, seconds=2e-3 + 2e-6 * rows),
)
