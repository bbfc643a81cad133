"""With QK-norm the entropy of attention no longer depends on how large W_Q and W_K have grown; without, it falls to 0.

Topic: attention
Source: Henry et al. 2020 (QK-norm), §3; Dehghani et al. 2023 (ViT-22B), §2, where the entropy collapsed in training

The same random layer is run with W_Q and W_K both multiplied by 1, 4 and 16. Scores grow by the square of that, and the
softmax goes from a mean over many keys to a choice of one. Normalised after the projection, queries and keys have lost
their size, so the scores stay what they were. A norm before the projection, as in pre-norm, comes too early: the
projection is what grew.
"""

from collections.abc import Callable
from typing import Annotated

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, Parameter, control, mutant
from quiz.proofs.numerics import Array, attention_weights, entropy, layer_norm, matrix, rms_norm

Norm = Callable[[Array], Array]
GAINS = (1, 2, 4, 8, 16)


def as_it_is(x: Array) -> Array:
    return x


def measure(
    rng: Generator,
    *,
    n: Annotated[int, Parameter(16, 256, "tokens")] = 64,
    d: Annotated[int, Parameter(16, 256, "dimensions")] = 64,
    before: Norm = as_it_is,
    of_queries: Norm = rms_norm,
    of_keys: Norm = rms_norm,
) -> Found:
    X, W_Q, W_K = rng.normal(size=(n, d)), matrix(rng, d, d), matrix(rng, d, d)

    def nats(gain: float, before: Norm, of_queries: Norm, of_keys: Norm) -> float:
        Q, K = before(X) @ (gain * W_Q), before(X) @ (gain * W_K)
        return float(entropy(attention_weights(of_queries(Q), of_keys(K))).mean())

    normed = [nats(g, before, of_queries, of_keys) for g in GAINS]
    plain = [nats(g, as_it_is, as_it_is, as_it_is) for g in GAINS]
    share = normed[-1] / np.log(n)
    return Found(
        [
            Measurement("entropy at gain 16 / ln n, QK-norm", share, "between", (0.7, 0.97), "0.89: many keys count"),
            Measurement(
                "its change from gain 1 to 16", abs(normed[-1] - normed[0]), "<", 1e-3, "1e-5: the norm's eps", "nats"
            ),
            Measurement("entropy at gain 1, no norm", plain[0] / np.log(n), ">", 0.7, "it starts as with the norm"),
            Measurement("entropy at gain 16, no norm", plain[-1], "<", 0.1, "scores 256 times as large", "nats"),
        ],
        [
            Lines(
                "Entropy as W_Q and W_K grow",
                {"QK-norm": (GAINS, normed), "no norm": (GAINS, plain)},
                "gain", "nats", log_x=True,
            )
        ],
    )  # fmt: skip


DEMO = Demo(
    measure,
    mutants=[
        mutant("no-norm", "queries and keys as they are", of_queries=as_it_is, of_keys=as_it_is),
        mutant("queries-only", "the keys keep their size", of_keys=as_it_is),
        mutant("pre-norm", "the norm before the projections", before=rms_norm, of_queries=as_it_is, of_keys=as_it_is),
    ],
    controls=[
        control("layer-norm", "LayerNorm does as well, as in ViT-22B", of_queries=layer_norm, of_keys=layer_norm),
        control("on-top-of-pre-norm", "a norm before the projections does no harm", before=rms_norm),
    ],
    learnt="The norm has to come after the projections, on both sides; then no growth of theirs reaches the softmax.",
    not_shown="Why scores grow in training, and that QK-norm saves it; a learnt gain of the norm can still grow.",
    cost=lambda n, d: Cost(
        bytes=8 * (4 * d * d + 8 * n * (n + d)), seconds=1e-3 + 1e-7 * n * (n + d) + 1e-9 * n * d * (n + d)
    ),
)
