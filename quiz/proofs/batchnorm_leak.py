"""In a decoder BatchNorm over batch and time leaks the future through its statistics; LayerNorm leaks nothing.

Topic: residuals-norms
Source: follows from Ioffe and Szegedy 2015 (algorithm 1) and Ba et al. 2016 (eq. 3)

A decoder layer adds causally masked attention to its input and norms the sum. One token is redrawn in all samples, and
the tokens before it are watched. The mask hides it from them, so with LayerNorm they do not change by a single bit.
Mean and variance over batch and time contain it, though: with BatchNorm all earlier tokens move. In training the model
would see a trace of what it is to predict, and miss it in use, where the future is not there yet. The same goes for
every statistic over time, be it of one sample or of one feature; statistics of each time step by itself do not leak.
"""

from collections.abc import Callable
from typing import Annotated

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, Parameter, control, mutant
from quiz.proofs.numerics import Array, attention, batch_norm, causal_mask, largest, layer_norm, matrix

Norm = Callable[[Array], Array]


def over_sequence(x: Array) -> Array:
    """Statistics over all tokens and features of a sample. x: (batch, T, d)."""
    return layer_norm(x.reshape(len(x), -1)).reshape(x.shape)


def over_time(x: Array) -> Array:
    """Instance norm: statistics of each feature over the tokens of a sample. x: (batch, T, d)."""
    return layer_norm(x.swapaxes(1, 2)).swapaxes(1, 2)


def per_step(x: Array) -> Array:
    """BatchNorm of each time step by itself. x: (batch, T, d)."""
    return np.stack([batch_norm(step) for step in x.swapaxes(0, 1)], axis=1)


def measure(
    rng: Generator,
    *,
    batch: Annotated[int, Parameter(4, 32, "samples")] = 8,
    T: Annotated[int, Parameter(8, 64, "tokens")] = 16,
    d: Annotated[int, Parameter(16, 256, "features")] = 64,
    own: Norm = layer_norm,
    shared: Norm = batch_norm,
) -> Found:
    W_Q, W_K, W_V = (matrix(rng, d, d) for _ in "QKV")
    x = 3 * rng.normal(size=(batch, T, d)) + 2
    later, redrawn = x.copy(), 3 * T // 4
    later[:, redrawn] = 3 * rng.normal(size=(batch, d)) + 2

    def change(norm: Norm) -> list[float]:
        """The largest change of each token, over samples and features."""

        def layer(x: Array) -> Array:
            return norm(x + attention(x @ W_Q, x @ W_K, x @ W_V, bias=causal_mask(T)))

        return [largest(token) for token in (layer(later) - layer(x)).swapaxes(0, 1)]

    by_own, by_shared = change(own), change(shared)
    return Found(
        [
            Measurement(
                "own statistics: earlier tokens move by", max(by_own[:redrawn]), "=", 0,
                "mask and norm keep the future out: equal to the last bit",
            ),
            Measurement(
                "own statistics: the token moves by", by_own[redrawn], ">", 0.1,
                "about 4: the norm is not blind to it, it only does not look ahead",
            ),
            Measurement(
                "shared statistics: earlier ones move by", max(by_shared[:redrawn]), ">", 0.01,
                "0.1 to 0.3; 0 where each time step has statistics of its own",
            ),
        ],
        [
            Lines(
                f"Largest change when token {redrawn} is redrawn",
                {"own statistics": (list(range(T)), by_own), "shared statistics": (list(range(T)), by_shared)},
                x_label="token", y_label="change", log_y=True,
            )
        ],
    )  # fmt: skip


DEMO = Demo(
    measure,
    mutants=[
        mutant("batch-norm", "BatchNorm in the place of LayerNorm", own=batch_norm),
        mutant("over-sequence", "one mean and variance for all tokens of a sample", own=over_sequence),
        mutant("over-time", "instance norm: each feature over the tokens of a sample", own=over_time),
        mutant("per-step", "BatchNorm with statistics for each time step", shared=per_step),
    ],
    controls=[control("per-step", "BatchNorm of each time step by itself leaks nothing either", own=per_step)],
    learnt="A causal mask is not enough: no statistic may run over time either.",
    not_shown="How much a trained model gains from the leak; encoders have no future to hide.",
    cost=lambda batch, T, d: Cost(
        bytes=8 * (3 * d * d + 10 * batch * T * (d + T)), seconds=1e-3 + 1e-8 * batch * T * d * (d + T)
    ),
)
