"""The mean of micro-batch means is not the mean over tokens: for 100, 10, 40 and 5 tokens 2.425 is reported for 2.116.

Topic: pretraining
Source: follows from the definition of a mean; Hugging Face blog 2024, Fixing Gradient Accumulation
Refutes: "Accumulation gives the gradient of the large batch": only if each micro-batch is weighed by its tokens

Four micro-batches with mean losses 2.0, 2.5, 2.2 and 3.0 have different numbers of tokens that count. Averaging the
four means lets a token of the smallest weigh 20 times as much as one of the largest. Then the same with gradients:
those of a linear softmax model, accumulated over the micro-batches, against that of the whole batch at once.
"""

from collections.abc import Callable
from typing import Annotated

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Bars, Cost, Demo, Found, Measurement, Parameter, control, mutant
from quiz.proofs.numerics import Array, matrix, relative, softmax

LOSSES, TOKENS, V = np.array([2.0, 2.5, 2.2, 3.0]), (100, 10, 40, 5), 20


def by_tokens(tokens: Array) -> Array:
    """Weight of each micro-batch's mean: its share of the tokens."""
    share: Array = tokens / tokens.sum()
    return share


def evenly(tokens: Array) -> Array:
    return np.full(len(tokens), 1 / len(tokens))


def gradient(X: Array, y: Array, W: Array) -> Array:
    """Of the mean cross-entropy with logits X W: (n, d), (n,), (d, V) -> (d, V)."""
    wrong = softmax(X @ W)
    wrong[np.arange(len(y)), y.astype(int)] -= 1
    g: Array = X.T @ wrong / len(y)
    return g


def measure(
    rng: Generator,
    *,
    d: Annotated[int, Parameter(8, 128, "features")] = 32,
    tokens: tuple[int, ...] = TOKENS,
    weigh: Callable[[Array], Array] = by_tokens,
) -> Found:
    n = np.array(tokens, dtype=float)
    weights = weigh(n)
    true, mean = float(LOSSES @ n / n.sum()), float(LOSSES.mean())
    loss = float(LOSSES @ weights)
    per_token = weights / n
    X, W, ends = rng.normal(size=(int(n.sum()), d)), matrix(rng, d, V), np.cumsum(tokens)[:-1]
    y = rng.integers(V, size=len(X)).astype(float)
    parts = [gradient(x, t, W) for x, t in zip(np.split(X, ends), np.split(y, ends), strict=True)]
    whole = gradient(X, y, W)
    accumulated = sum(w * g for w, g in zip(weights, parts, strict=True))
    averaged = sum(g for g in parts) / len(parts)
    off, blind = relative(np.asarray(accumulated), whole), relative(np.asarray(averaged), whole)
    return Found(
        [
            Measurement("accumulated loss", loss, "between", (2.116, 2.1162), "328 / 155; 2.425 is the mean of means"),
            Measurement("mean of means, too high by", 100 * (mean / true - 1), "between", (14.5, 14.7), "2.425", "%"),
            Measurement(
                "largest against smallest token weight",
                per_token.max() / per_token.min(),
                "<",
                1.0001,
                "20 if each micro-batch counts the same",
            ),
            Measurement("accumulated gradient, relative error", off, "<", 1e-12, "equal to rounding, 1e-16"),
            Measurement(
                "mean of gradients, relative error", blind, ">", 0.3, "1.1 to 1.6: 5 tokens speak for a quarter"
            ),
        ],
        [Bars("Weight of one token, in %", [(f"of {t}", 25 / t) for t in TOKENS] + [("right", 100 / n.sum())], "%")],
    )


def equal_sizes(rng: Generator, *, d: int) -> Found:
    """Four micro-batches of 40: the mean of their gradients is that of the whole."""
    X, W, y = rng.normal(size=(160, d)), matrix(rng, d, V), rng.integers(V, size=160).astype(float)
    parts = [gradient(x, t, W) for x, t in zip(np.split(X, 4), np.split(y, 4), strict=True)]
    off = relative(np.mean(parts, axis=0), gradient(X, y, W))
    return Found([Measurement("mean of gradients, equal sizes", off, "<", 1e-12, "then both weights are 1/4")])


DEMO = Demo(
    measure,
    mutants=[
        mutant("mean-of-means", "each micro-batch counts the same", weigh=evenly),
        mutant("summed", "the means are added up: as if the learning rate were four times larger", weigh=np.ones_like),
        mutant("by-square", "each mean multiplied by its tokens twice", weigh=lambda n: by_tokens(n**2)),
    ],
    controls=[
        control("equal-sizes", "with the same number of tokens in each, the mean of means is right", equal_sizes)
    ],
    learnt="Add up losses over tokens and divide once, by the tokens of the whole batch, on all devices.",
    not_shown="What the error does to a trained model; it is small where micro-batches are filled to the same length.",
    cost=lambda d: Cost(bytes=8 * 160 * (4 * d + 6 * V) + 8 * 12 * d * V, seconds=2e-3 + 1e-5 * d),
)
