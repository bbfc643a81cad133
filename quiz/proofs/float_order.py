"""About 96 % of dot products in float32 change when the same 1,024 products are added up from the other end.

Topic: output-control
Source: Goldberg 1991 (floating-point arithmetic); He and Thinking Machines 2025 (nondeterminism in LLM inference)
Refutes: "Temperature 0 is deterministic, as the same numbers go in": the order in which they are added is an input too

In 300 pairs of vectors each product is rounded to float32 once; then the same numbers are added one after the other,
forwards and backwards. What a server does is of this kind: how a sum is split depends on the kernel, and that on the
batch. Then two tokens get the same summands in a different order, a tie in exact arithmetic: the arg max falls on one
or the other, and in part of the cases the direction decides on which. With summands that are whole numbers nothing is
rounded and nothing changes (the control).
"""

from collections.abc import Callable
from math import fsum
from typing import Annotated, Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from quiz.proofs._demo import Bars, Cost, Demo, Found, Measurement, Parameter, control, mutant

PAIRS = 300
Add = Callable[[NDArray[Any]], NDArray[Any]]


def one_by_one(x: NDArray[Any]) -> NDArray[Any]:
    """Sum of each row in the precision of x, from the first entry to the last. x: (rows, n) -> (rows,)."""
    return np.add.accumulate(x, axis=1, dtype=x.dtype)[:, -1]


def exactly(x: NDArray[Any]) -> NDArray[Any]:
    return np.array([fsum(row) for row in x.tolist()]).astype(x.dtype)


def in_double(x: NDArray[Any]) -> NDArray[Any]:
    return one_by_one(x.astype(np.float64)).astype(x.dtype)


def backwards(x: NDArray[Any]) -> NDArray[Any]:
    return x[:, ::-1]


def products(rng: Generator, n: int) -> NDArray[Any]:
    """What is added up in 300 dot products of N(0, 1) vectors, in float32. -> (300, n)."""
    a, b = rng.normal(size=(2, PAIRS, n)).astype(np.float32)
    p: NDArray[Any] = a * b
    return p


def changed(one: NDArray[Any], other: NDArray[Any]) -> float:
    return 100 * float(np.mean(one != other))


def whole_numbers(rng: Generator, *, n: int) -> Found:
    x = rng.integers(-100, 101, size=(PAIRS, n)).astype(np.float32)
    off = changed(one_by_one(x), one_by_one(backwards(x)))
    return Found([Measurement("sums of whole numbers that change", off, "=", 0, "below 2^24 nothing is rounded", "%")])


def measure(
    rng: Generator,
    *,
    n: Annotated[int, Parameter(256, 16_384)] = 1024,
    add: Add = one_by_one,
    turned: Callable[[NDArray[Any]], NDArray[Any]] = backwards,
) -> Found:
    x = products(rng, n)
    there, back = add(x), add(turned(x))
    typical = float(np.median(np.abs(there - back)))
    coarse = x.astype(np.float16)
    gap = np.abs(add(coarse).astype(float) - add(turned(coarse)).astype(float))
    coarser = float(np.median(gap)) / max(typical, 1e-30)
    rival = rng.permuted(x, axis=1)
    differ = 100 * float(np.mean((there > add(rival)) != (back > add(turned(rival)))))
    moved = changed(there, back)
    return Found(
        [
            Measurement("float32 sums that change", moved, "between", (88, 100), "about 96; s.e. below 2", "%"),
            Measurement("their typical change / typical sum", typical / n**0.5, "<", 1e-5, "rounding, no more"),
            Measurement("float16 change / float32 change", coarser, "between", (3000, 20_000), "13 bits: 2^13 = 8,192"),
            Measurement("exact ties whose arg max turns", differ, "between", (25, 70), "two roundings, two coins", "%"),
        ],
        [Bars("Changed by the order (%)", [("float32", moved), ("arg max of ties", differ)], "%")],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("same-order", "both sums run the same way", turned=lambda x: x),
        mutant("exact", "sums that are rounded once, at the end: no order can show", add=exactly),
        mutant("double", "added in float64, which has room for nearly all the bits", add=in_double),
    ],
    controls=[control("whole-numbers", "whole numbers from -100 to 100", whole_numbers)],
    learnt="Rounding makes addition depend on its order; a tie or near-tie of two logits lets that change the token.",
    not_shown="Any GPU kernel or server. Batch size changes results through the kernel's choice of order, not here.",
    cost=lambda n: Cost(bytes=1e5 + 300 * 60.0 * n, seconds=5e-3 + 3e-5 * n),
)
