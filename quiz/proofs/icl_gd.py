"""A layer of linear attention can take one step of gradient descent on the examples in its prompt, and k layers take k.

Topic: prompting
Source: von Oswald et al. 2023 (Transformers learn in-context by gradient descent), §2, proposition 1
Refutes: "To learn from examples a model has to change its weights": activations can do the same arithmetic

Examples (x_i, y_i) are tokens that hold x and y side by side, the query is (x, -W_0 x). Keys and queries read x, values
read the residual y - W_0 x, nothing goes through a softmax, and the output is added to y. Then each token's y falls by
dW x, where dW is what one step of gradient descent on the mean squared error would add to W_0. The targets have changed
as if the weights had, so the next layer takes the next step. Both computations are run side by side from a random W_0.
"""

from collections.abc import Callable
from typing import Annotated

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, Parameter, mutant
from quiz.proofs.numerics import Array, largest, softmax

LAYERS = 8


def linear(scores: Array) -> Array:
    mean: Array = scores / scores.shape[1]  # (tokens, examples)
    return mean


def undivided(scores: Array) -> Array:
    return scores


def by_softmax(scores: Array) -> Array:
    return softmax(scores)


def layer(X: Array, R: Array, examples: int, rate: float, weigh: Callable[[Array], Array]) -> Array:
    """New residuals (tokens, d_y) of all tokens. X: (tokens, d_x) are queries and keys, R: (tokens, d_y) the values."""
    return R - rate * weigh(X @ X[:examples].T) @ R[:examples]


def step(W: Array, X: Array, Y: Array, rate: float) -> Array:
    """W - rate dL/dW for L = 1/(2N) sum |W x_i - y_i|^2. W: (d_y, d_x), X: (N, d_x), Y: (N, d_y)."""
    return W - rate * (X @ W.T - Y).T @ X / len(X)


def measure(
    rng: Generator,
    *,
    d: Annotated[int, Parameter(2, 24, "inputs")] = 8,
    n: Annotated[int, Parameter(32, 512, "examples")] = 64,
    weigh: Callable[[Array], Array] = linear,
    sign: float = 1.0,
    query_too: bool = False,
) -> Found:
    outputs, rate = 3, 0.3
    X, truth, W = rng.normal(size=(n + 1, d)), rng.normal(size=(outputs, d)), rng.normal(size=(outputs, d))
    Y = X @ truth.T  # the last row belongs to the query and is never shown
    R = Y - X @ W.T
    R[n] = -X[n] @ W.T

    def error(residuals: Array) -> float:
        return float(np.mean(residuals[:n] ** 2))

    wrong, errors, by_steps = [], [error(R)], [error(R)]
    for _ in range(LAYERS):
        R = layer(X, R, n + query_too, sign * rate, weigh)
        W = step(W, X[:n], Y[:n], rate)
        wrong.append(largest(-R[n] - X[n] @ W.T))  # the query's prediction, layer against step
        errors.append(error(R))
        by_steps.append(error(Y - X @ W.T))
    first, last, left = wrong[0], wrong[-1], errors[-1] / errors[0]
    return Found(
        [
            Measurement("one layer against one step", first, "<", 1e-12, "equal but for rounding; size about 3"),
            Measurement("eight layers against eight steps", last, "<", 1e-11, "rounding adds up"),
            Measurement("error on the examples left after eight", left, "<", 0.6, "below 1: it learns from them"),
        ],
        [
            Lines(
                "Mean squared error on the examples",
                {"attention": (range(LAYERS + 1), errors), "gradient descent": (range(LAYERS + 1), by_steps)},
                "layers or steps",
                log_y=True,
            )
        ],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("softmax", "ordinary attention in place of linear", weigh=by_softmax),
        mutant("undivided", "summed over the examples, not averaged: the step is n times too long", weigh=undivided),
        mutant("uphill", "values with the wrong sign: a step up the gradient", sign=-1.0),
        mutant("query-too", "the query attends to itself, as if it were one of the examples", query_too=True),
    ],
    learnt="Learning in context needs no weight update: attention over examples can do a gradient step's arithmetic.",
    not_shown="That trained language models do so: weights are set by hand, attention is linear, the task is linear.",
    cost=lambda d, n: Cost(bytes=1e5 + 8.0 * 4 * (n + 1) * (n + d), seconds=2e-3 + 2e-8 * n * n),
)
