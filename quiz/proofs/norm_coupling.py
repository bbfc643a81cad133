"""LayerNorm treats each token by itself: no other token, sample or batch size reaches it, as they do through BatchNorm.

Topic: residuals-norms
Source: Ba, Kiros, Hinton 2016 (Layer normalization), §3, §5.1 and table 1
Refutes: "LayerNorm normalises each sequence independently": not even the tokens of one sequence are coupled

LayerNorm takes mean and variance over the d features of one token. So when all other samples of the batch are redrawn,
sample 0 keeps its output to the last bit; when one token changes, it alone does; and a token on its own, a batch of
one, is normed as well as ever. Scaling and shifting the token, 3 x + 7, changes nothing beyond what eps does. (In the
paper's table that is a scaled weight matrix and one whose columns are all shifted, not shifted data.) BatchNorm takes
its statistics over the batch: each sample feels its mates, and a batch of one comes out as zeros.
"""

from collections.abc import Callable
from typing import Annotated

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Heatmap, Measurement, Parameter, mutant
from quiz.proofs.numerics import Array, batch_norm, largest, layer_norm, rms_norm


def over_sequence(x: Array) -> Array:
    """Mean and variance over all tokens and features of a sample. x: (..., T, d)."""
    return layer_norm(x.reshape(*x.shape[:-2], -1)).reshape(x.shape)


def measure(
    rng: Generator,
    *,
    batch: Annotated[int, Parameter(2, 16, "samples")] = 8,
    T: Annotated[int, Parameter(2, 16, "tokens")] = 16,
    d: Annotated[int, Parameter(16, 1024, "features")] = 64,
    norm: Callable[[Array], Array] = layer_norm,
) -> Found:
    x, other = 3 * rng.normal(size=(2, batch, T, d)) + 2
    y = norm(x)

    mates = np.concatenate([x[:1], other[1:]])
    token = x.copy()
    token[batch // 2, T // 3] = other[batch // 2, T // 3]
    by_mates, by_token = (np.abs(norm(changed) - y).max(axis=-1) for changed in (mates, token))  # (batch, T)
    alone = norm(x[:1, :1])
    return Found(
        [
            Measurement("change of sample 0 by its mates", largest(by_mates[0]), "=", 0, "its statistics are its own"),
            Measurement(
                "tokens that one altered token changes", int(np.sum(by_token > 0)), "=", 1,
                "itself; all of its sequence under one norm for the sequence",
            ),
            Measurement(
                "largest |norm(3x + 7) - norm(x)|", largest(norm(3 * x + 7) - y), "<", 1e-4,
                "3e-6 by eps = 1e-5, exact without it; RMSNorm, which keeps the mean, differs by 1",
            ),
            Measurement(
                "std of a token in a batch of one", float(alone.std()), "between", (0.99, 1.01),
                "its features are enough for a mean and a variance; BatchNorm returns 0",
            ),
        ],
        [
            Heatmap(
                "Change when all samples but 0 are redrawn", by_mates.tolist(),
                row_labels=[f"sample {i}" for i in range(batch)],
            ),
            Heatmap(
                f"Change when token {T // 3} of sample {batch // 2} is redrawn", by_token.tolist(),
                row_labels=[f"sample {i}" for i in range(batch)],
            ),
        ],
    )  # fmt: skip


DEMO = Demo(
    measure,
    mutants=[
        mutant("batch-norm", "mean and variance of each feature over batch and time", norm=batch_norm),
        mutant("over-sequence", "mean and variance over all tokens of the sample", norm=over_sequence),
        mutant("rms-norm", "the mean is not subtracted", norm=rms_norm),
    ],
    learnt="LayerNorm knows one token and its d features: the same in training and use, at any batch and length.",
    not_shown="Which norm trains better: for text that is measured, not derived (Shen et al. 2020, PowerNorm).",
    cost=lambda batch, T, d: Cost(bytes=8 * 10 * batch * T * d, seconds=2e-7 * batch * T * d + 1e-3),
)
