"""Sub-layers that each add unit variance make the stream's grow by one each: 97 after 96, 2 at GPT-2's scale.

Topic: residuals-norms
Source: Radford et al. 2019 (GPT-2), §2.3 (weights of residual layers by 1 / sqrt N); Xiong et al. 2020, lemma 2
Refutes: "With a norm before every sub-layer the activations keep their size": what is normed is read, not the sum

A pre-norm stack: x += LayerNorm(x) W, W ~ N(0, 1/d), as often as there are sub-layers, two for each layer. What is
added has variance 1 whatever the size of x, and new random weights make it uncorrelated with what is there, so
variances add up: 1 + N. With W over sqrt(N) each adds 1/N, and the sum ends at 2. The norm makes the difference to a
stack without one, where every sub-layer doubles the variance.
"""

from collections.abc import Callable
from math import sqrt
from typing import Annotated

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, Parameter, control, mutant
from quiz.proofs.numerics import Array, layer_norm, matrix, rms_norm

Norm = Callable[[Array], Array]


def added(x: Array, y: Array) -> Array:
    return x + y


def normed_sum(x: Array, y: Array) -> Array:
    """Post-norm: the sum goes through a norm."""
    return layer_norm(x + y)


def only_new(x: Array, y: Array) -> Array:
    """No skip: what was there is replaced."""
    return y


def same(x: Array) -> Array:
    return x


def stream(rng: Generator, x: Array, N: int, gain: float, norm: Norm, add: Callable[[Array, Array], Array]) -> Array:
    """Variance of the stream before and after each of N sub-layers. x: (tokens, d) -> (N + 1,)."""
    variances = [x.var()]
    for _ in range(N):
        x = add(x, norm(x) @ matrix(rng, x.shape[1], x.shape[1], gain=gain))
        variances.append(x.var())
    return np.array(variances)


def measure(
    rng: Generator,
    *,
    N: Annotated[int, Parameter(24, 192, "sub-layers")] = 96,
    d: Annotated[int, Parameter(64, 256, "features")] = 128,
    tokens: Annotated[int, Parameter(32, 256)] = 64,
    small: Callable[[int], float] = lambda N: 1 / sqrt(N),
    norm: Norm = layer_norm,
    add: Callable[[Array, Array], Array] = added,
) -> Found:
    x = layer_norm(rng.normal(size=(tokens, d)), eps=0.0)  # variance 1 to start with
    unit, scaled = stream(rng, x, N, 1.0, norm, add), stream(rng, x, N, small(N), norm, add)
    first, last = unit[1] - unit[0], (unit[-1] - unit[N // 2]) / (N - N // 2)
    steps = list(range(N + 1))
    return Found(
        [
            Measurement(
                "variance after N sub-layers", unit[-1], "between", (0.8 * (1 + N), 1.2 * (1 + N)),
                "1 + N; draws of this width scatter by 4 %",
            ),
            Measurement("the first sub-layer adds", first, "between", (0.8, 1.2), "LayerNorm's output has variance 1"),
            Measurement("one of the later half adds", last, "between", (0.6, 1.4), "1 still, to a stream far larger"),
            Measurement(
                "variance at GPT-2's scale", scaled[-1], "between", (1.8, 2.2), "1 + N / N; 1.01 over N"
            ),
        ],
        [
            Lines(
                "Variance of the stream",
                {"unit scale": (steps, unit.tolist()), "1 / sqrt(N)": (steps, scaled.tolist())},
                "sub-layer", log_y=True,
            )
        ],
    )  # fmt: skip


DEMO = Demo(
    measure,
    mutants=[
        mutant("no-norm", "sub-layers read the stream itself: each doubles its variance", norm=same),
        mutant("post-norm", "the sum is normed: it cannot grow", add=normed_sum),
        mutant("no-skip", "each sub-layer's output replaces the stream", add=only_new),
        mutant("over-N", "weights over N in place of its root", small=lambda N: 1 / N),
        mutant("unscaled", "the weights are not made smaller", small=lambda N: 1.0),
    ],
    controls=[control("rms-norm", "RMSNorm in place of LayerNorm: 1 + N as well", norm=rms_norm)],
    learnt="Variances add: 1 + N, a standard deviation near 10 at N = 96; weights over sqrt(N) end at 2.",
    not_shown="Trained models, where sub-layers are correlated, and real branches, which do not add exactly 1.",
    cost=lambda N, d, tokens: Cost(
        bytes=8 * (2 * d * d + 6 * tokens * d + 4 * N) + 2e5, seconds=2 * N * (1e-4 + 1.5e-8 * d * d)
    ),
)
