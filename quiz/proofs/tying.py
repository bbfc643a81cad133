"""Tying GPT-2 small's input and output tables saves 38.6 of 163 million weights, and both uses train the one table.

Topic: embeddings
Source: Press and Wolf 2017, §3; Radford et al. 2019, table 2, and the released weights (sizes of GPT-2 small)
Refutes: "Only the tokens of the batch are trained in a tied table": through the output every row gets a gradient

First the count: a table of 50,257 tokens and width 768 once or twice, beside all other weights of GPT-2 small. Then a
tiny model with both uses: rows of the input table are looked up, passed through a matrix and scored against the output
table. The gradient of each table is written down and held against differences. The input table gets one on the rows
that were read, the output table on all, since the softmax pushes every logit; the tied table gets the sum.
"""

from typing import Annotated

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Bars, Cost, Demo, Found, Measurement, Parameter, mutant
from quiz.proofs.numerics import Array, cross_entropy, largest, softmax

V, D, LAYERS, CONTEXT = 50257, 768, 12, 1024
Ids = np.ndarray[tuple[int], np.dtype[np.int64]]


def others() -> int:
    """GPT-2 small without its token table: positions, layers with biases and norms, the last norm."""
    return CONTEXT * D + LAYERS * (12 * D * D + 13 * D) + 2 * D


def loss(E_in: Array, E_out: Array, W: Array, ids: Ids, targets: Ids) -> float:
    return cross_entropy(np.tanh(E_in[ids] @ W) @ E_out.T, targets)


def gradients(E_in: Array, E_out: Array, W: Array, ids: Ids, targets: Ids) -> tuple[Array, Array]:
    """Of the loss, with respect to each table as if they were two."""
    h = np.tanh(E_in[ids] @ W)
    error = (softmax(h @ E_out.T) - np.eye(len(E_out))[targets]) / len(ids)
    read = np.zeros_like(E_in)
    np.add.at(read, ids, (error @ E_out * (1 - h**2)) @ W.T)
    return read, error.T @ h


def measure(
    rng: Generator,
    *,
    vocabulary: Annotated[int, Parameter(20, 200, "tokens")] = 30,
    tokens: Annotated[int, Parameter(2, 20, "tokens")] = 6,
    tied: bool = True,
    summed: bool = True,
) -> Found:
    d = 5
    E, W = rng.normal(size=(vocabulary, d)), rng.normal(size=(d, d)) / d**0.5
    ids, targets = rng.permutation(vocabulary)[:tokens], rng.integers(vocabulary, size=tokens)
    read, scored = gradients(E, E, W, ids, targets)
    table = read + scored if summed else scored

    step, numeric = 1e-5, np.empty_like(E)
    for at in np.ndindex(E.shape):
        up, down = E.copy(), E.copy()
        up[at] += step
        down[at] -= step
        numeric[at] = (loss(up, up, W, ids, targets) - loss(down, down, W, ids, targets)) / (2 * step)

    def touched(gradient: Array) -> int:
        return int(np.sum(np.any(gradient != 0, axis=1)))

    total, untied = others() + (1 if tied else 2) * V * D, others() + 2 * V * D
    rows = [("input, untied", touched(read)), ("output, untied", touched(scored)), ("tied", touched(table))]
    return Found(
        [
            Measurement("GPT-2 small", total, "=", 124_439_808, "as released: one table for both", "weights"),
            Measurement("saved by tying", untied - total, "=", 38_597_376, "50,257 x 768", "weights"),
            Measurement(
                "saved, of the untied model",
                100 * (untied - total) / untied,
                "between",
                (23.6, 23.7),
                "of 163,037,184",
                "%",
            ),
            Measurement("input rows with a gradient", touched(read), "=", tokens, "the tokens that were read", "rows"),
            Measurement(
                "output rows with a gradient", touched(scored), "=", vocabulary, "p - 1 or p, and p is never 0", "rows"
            ),
            Measurement(
                "tied gradient from differences",
                largest(table - numeric),
                "<",
                1e-7,
                "1e-10 is rounding; the sum, not one part",
            ),
        ],
        [Bars(f"Rows with a gradient, {vocabulary} tokens, {tokens} read", rows)],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("two-tables", "a table each for input and output", tied=False),
        mutant("output-only", "the tied table gets the gradient of the output alone", summed=False),
    ],
    learnt="Tied: one table, the sum of two gradients, and every row moves at every step.",
    not_shown="Whether tying helps: Press and Wolf found that it did in small models; large ones often do without.",
    cost=lambda vocabulary, tokens: Cost(bytes=1e6, seconds=2e-3 + 1e-3 * vocabulary),
)
