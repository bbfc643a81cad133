"""BatchNorm's output for a sample depends on its batch mates; the scatter falls as 1/sqrt(B) with the batch size B.

Topic: residuals-norms
Source: Ioffe and Szegedy 2015 (Batch normalization), §3; small batches as a reason for LayerNorm: Ba et al. 2016, §1

One fixed vector x is normed in many batches, all its mates drawn afresh. Mean and variance of B samples are estimates:
the mean is off by 1/sqrt(B), the standard deviation by 1/sqrt(2 B), relative to the truth. x is shifted by the one and
scaled by the other, so the same input gives another output each time, by about 1.2/sqrt(B): a mild noise at B = 256, as
large as the signal at B = 2. LayerNorm looks at x alone and has no scatter; nor has BatchNorm with the fixed
statistics that it uses after training, which is why it behaves differently then.
"""

from collections.abc import Callable
from math import nan, sqrt
from typing import Annotated

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, Parameter, mutant
from quiz.proofs.numerics import Array, batch_norm, layer_norm, slope

MEAN, STD = 2.0, 3.0  # of every feature


def fixed_statistics(x: Array) -> Array:
    """BatchNorm after training: mean and standard deviation of the data, whatever the batch."""
    return (x - MEAN) / STD


def measure(
    rng: Generator,
    *,
    B: Annotated[tuple[int, ...], Parameter(2, 1024, "samples")] = (2, 4, 8, 16, 32, 64, 128, 256),
    d: Annotated[int, Parameter(64, 512, "features")] = 64,
    batches: Annotated[int, Parameter(100, 1000)] = 100,
    norm: Callable[[Array], Array] = batch_norm,
) -> Found:
    x = STD * rng.normal(size=d) + MEAN

    def scatter(size: int) -> float:
        """Standard deviation over batches of the output for x, mean over features."""
        outputs = np.empty((batches, d))
        for i in range(batches):
            mates = STD * rng.normal(size=(size - 1, d)) + MEAN
            outputs[i] = norm(np.concatenate([x[None], mates]))[0]
        return float(np.std(outputs - outputs[0], axis=0).mean())  # exactly 0 where all are equal

    found = [scatter(size) for size in B]
    return Found(
        [
            Measurement(
                "exponent of the scatter in B", slope(B, found) if min(found) > 0 else nan, "between", (-0.55, -0.38),
                "-1/2 for the error of a mean, a little less at B = 2; no exponent where nothing scatters",
            ),
            Measurement(
                "scatter x sqrt(B) at the largest B", found[-1] * sqrt(B[-1]), "between", (0.9, 1.5),
                "1.2: sqrt(1 + x^2 / 2) on average for normal x, error of the mean and of the std",
            ),
        ],
        [
            Lines(
                "Scatter of the output for one input", {"BatchNorm": (B, found)},
                x_label="B", y_label="std", log_x=True, log_y=True, with_mutants=True,
            )
        ],
    )  # fmt: skip


DEMO = Demo(
    measure,
    mutants=[
        mutant("layer-norm", "a norm that looks at x alone", norm=layer_norm),
        mutant("fixed-statistics", "BatchNorm as it is after training", norm=fixed_statistics),
        mutant("pairs", "statistics of two samples, however large the batch", norm=lambda x: batch_norm(x[:2])),
    ],
    learnt="In training BatchNorm reads the batch; small ones make it noisy, and in use it is another function.",
    not_shown="That the noise hurts or helps: at large batches it regularises, which is one of BatchNorm's merits.",
    cost=lambda B, d, batches: Cost(
        bytes=8 * d * (8 * max(B) + 4 * batches), seconds=batches * (3e-8 * d * sum(B) + 1e-4 * len(B))
    ),
)
