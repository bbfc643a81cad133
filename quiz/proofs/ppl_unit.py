"""The same prediction of the same text is perplexity 2 per character, 16 per token of four, 32 per word of five.

Topic: language-models
Source: the chain rule; Mielke 2019 (Can you compare perplexity across different segmentations?) for what to compare
Refutes: "The model with the lower perplexity predicts the text better": only if both count in the same unit

A model's bits for a text are the sum over its characters, so a token costs what its characters cost, and perplexity is
two to the power of the mean bits per unit. A text of fair coin flips is cut into units of 1, 4 and 5 characters. Then
a text whose letters depend on the letter before is cut into words, each with the space that ends it. A model that knows
the dependence is scored per word, one that only knows how frequent each letter is per character: the better model shows
the larger perplexity, and bits per character put the two in order.
"""

from collections.abc import Callable
from math import log2
from typing import Annotated

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from quiz.proofs._demo import Bars, Cost, Demo, Found, Measurement, Parameter, mutant
from quiz.proofs.numerics import Array, softmax

LETTERS, SPACE = 8, 0
Ints = NDArray[np.int64]


def geometric(bits: Array) -> float:
    """2 to the power of the mean bits per unit, which is the geometric mean of 1/p. bits: (units,)."""
    return float(2 ** np.mean(bits))


def arithmetic(bits: Array) -> float:
    return float(np.mean(np.exp2(bits)))


def base_e(bits: Array) -> float:
    return float(np.exp(np.mean(bits)))


def with_spaces(letters: Ints) -> Array:
    return np.ones(letters.shape)


def without_spaces(letters: Ints) -> Array:
    return np.where(letters == SPACE, 0.0, 1.0)


def chain(rng: Generator, n: int) -> tuple[Ints, Array, Array]:
    """A text of n letters, the last one a space; each letter's bits under the chain that wrote it, and by frequency."""
    P = softmax(2 * rng.normal(size=(LETTERS, LETTERS)))  # row: the letter before
    P[:, SPACE] = 0
    P *= 0.75 / P.sum(axis=1, keepdims=True)
    P[:, SPACE] = 0.25  # words of four characters on average, the space included
    cumulative, u, letters = P.cumsum(axis=1), rng.random(n), np.zeros(n + 1, dtype=np.int64)
    for i in range(n - 1):
        letters[i + 1] = min(int(np.searchsorted(cumulative[letters[i]], u[i])), LETTERS - 1)
    before, letters = letters[:-1], letters[1:]
    frequency = np.bincount(letters, minlength=LETTERS) / n
    return letters, -np.log2(P[before, letters]), -np.log2(frequency[letters])


def measure(
    rng: Generator,
    *,
    n: Annotated[int, Parameter(2000, 40_000, "characters", multiple=20)] = 10_000,
    perplexity: Callable[[Array], float] = geometric,
    counted: Callable[[Ints], Array] = with_spaces,
) -> Found:
    flips = np.ones(n)  # -log2(1/2) for each character
    by_size = {size: perplexity(np.add.reduceat(flips, np.arange(0, n, size))) for size in (1, 4, 5)}

    letters, knows, frequent = chain(rng, n)
    ends = np.flatnonzero(letters == SPACE)
    words = np.add.reduceat(knows * counted(letters), np.r_[0, ends[:-1] + 1])
    better, worse = perplexity(words), perplexity(frequent)
    per_character = log2(better) * len(words) / n
    off = abs(per_character - knows.mean())
    return Found(
        [
            Measurement("coin flips, per character", by_size[1], "between", (1.999, 2.001), "one bit a flip"),
            Measurement("coin flips, per token of 4", by_size[4], "between", (15.99, 16.01), "2 to the power of 4"),
            Measurement("coin flips, per word of 5", by_size[5], "between", (31.99, 32.01), "2 to the power of 5"),
            Measurement("better model's perplexity / worse one's", better / worse, ">", 1.5, "per word, per letter"),
            Measurement(
                "better minus worse", per_character - log2(worse), "<", -0.1, "the order is reversed", "bits/char"
            ),
            Measurement(
                "bits per character, by words or by letters", off, "<", 1e-9, "the same sum, cut twice", "bits/char"
            ),
        ],
        [Bars("Perplexity of coin flips", [(f"unit of {size}", value) for size, value in by_size.items()])],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("arithmetic", "the mean of 1/p instead of the geometric mean", perplexity=arithmetic),
        mutant("base-e", "e to the power of bits: two bases mixed", perplexity=base_e),
        mutant("spaces-free", "the bits of the spaces are not added to any word", counted=without_spaces),
    ],
    learnt="Perplexity needs its unit; bits per character or byte compare models with different tokenizers.",
    not_shown="Real tokenizers: one text has many splits, and scoring only one of them overstates a model's bits.",
    cost=lambda n: Cost(bytes=1e5 + 150.0 * n, seconds=0.01 + 2e-6 * n),
)
