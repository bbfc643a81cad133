"""With label smoothing 0.1 over 37,000 tokens even a perfect model keeps a loss of 1.38 nats, a perplexity of 3.96.

Topic: pretraining
Source: Szegedy et al. 2016 (Inception-v3), §7; Vaswani et al. 2017, §5.4 (0.1, hurts perplexity)
Refutes: "A perfect model has a loss of zero": with softened targets its loss is their entropy, and certainty costs more

The target q gives the true token 1 - eps, and eps is spread evenly over all V. The loss of a model p is the
cross-entropy H(q, p) = H(q) + KL(q || p), so it cannot fall below H(q). The model's logits are 0 but for the true
token, which is ahead by a gap: the best gap is searched on a grid and lies at ln(1 + V(1 - eps)/eps), where p = q.
"""

from collections.abc import Callable
from math import log
from typing import Annotated

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, Parameter, control, mutant
from quiz.proofs.numerics import Array, entropy, softmax

Target = Callable[[int, float], Array]
Loss = Callable[[Array, Array], Array]


def spread(V: int, eps: float) -> Array:
    """(V,): 1 - eps on token 0, and eps shared by all, token 0 included."""
    q = np.full(V, eps / V)
    q[0] += 1 - eps
    return q


def spread_on_others(V: int, eps: float) -> Array:
    q = np.full(V, eps / (V - 1))
    q[0] = 1 - eps
    return q


def cross_entropy(q: Array, p: Array) -> Array:
    """-sum q ln p over the last axis, in nats."""
    H: Array = -np.sum(q * np.log(p), axis=-1)
    return H


def by_gap(q: Array, gap: Array, loss: Loss) -> Array:
    """Loss of a model whose true token is ahead of all others by `gap`: (n,) -> (n,). Others are one class of V - 1."""
    others = np.exp(-gap) / (1 + (len(q) - 1) * np.exp(-gap))
    return np.array([loss(q, np.append(1 - (len(q) - 1) * o, np.full(len(q) - 1, o))) for o in others])


def measure(
    rng: Generator,
    *,
    V: Annotated[int, Parameter(100, 100_000, "tokens")] = 37_000,
    eps: Annotated[float, Parameter(0.01, 0.5)] = 0.1,
    target: Target = spread,
    loss: Loss = cross_entropy,
) -> Found:
    q = target(V, eps)
    best = log(1 + V * (1 - eps) / eps)
    gaps = np.linspace(best - 4, best + 4, 41)
    losses = by_gap(q, gaps, loss)
    floor, at = float(losses.min()), float(gaps[np.argmin(losses)])
    known = -(1 - eps + eps / V) * log(1 - eps + eps / V) - (V - 1) / V * eps * log(eps / V)
    hard = float(by_gap(np.eye(1, V)[0], np.array([best]), cross_entropy)[0])

    p = softmax(rng.normal(size=(20, V)))
    kl = np.sum(q * np.log(np.where(q > 0, q, 1.0) / p), axis=-1)
    split = float(np.max(np.abs(loss(q, p) - entropy(q) - kl)))
    return Found(
        [
            Measurement(
                "smallest loss", floor, "between", (known - 0.001, known + 0.001), "H(q): 1.377 at 0.1", "nats"
            ),
            Measurement(
                "perplexity at it", np.exp(floor), "between", (np.exp(known) - 0.01, np.exp(known) + 0.01), "3.96"
            ),
            Measurement("best gap of the logits", at, "between", (best - 0.21, best + 0.21), "12.7; the grid has 0.2"),
            Measurement(
                "dearer with a gap 4 larger", losses[-1] - floor, ">", 0.001, "more certainty costs 0.30", "nats"
            ),
            Measurement("|H(q, p) - H(q) - KL|, random p", split, "<", 1e-10, "an identity, to rounding"),
            Measurement(
                "this gap against hard labels", hard, "<", -1.2 * log(1 - eps), "near -ln(1 - eps): 0.105", "nats"
            ),
        ],
        [Lines("Loss by the lead of the true token", {"loss": (gaps.tolist(), losses.tolist())}, "gap", "nats")],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("hard-labels", "nothing is smoothed: the loss has no floor", target=lambda V, eps: spread(V, 0.0)),
        mutant("bits", "the loss in bits: 1.99", loss=lambda q, p: cross_entropy(q, p) / log(2)),
        mutant(
            "smoothed-model",
            "the prediction is softened, not the target",
            loss=lambda q, p: -np.log(0.9 * p + 0.1 / len(q)) @ np.eye(1, len(q))[0],
        ),
        mutant(
            "unshared",
            "each other token gets eps, not eps / V: the target does not sum to 1",
            target=lambda V, eps: np.append(1 - eps, np.full(V - 1, eps)),
        ),
    ],
    controls=[control("others-only", "eps is shared by the V - 1 others", target=spread_on_others)],
    learnt="A loss under label smoothing contains the targets' own entropy: compare it with hard labels' never.",
    not_shown="That smoothing helps: Vaswani et al. measured better BLEU. Here nothing is trained.",
    cost=lambda V, eps: Cost(bytes=8 * 20 * 6 * V + 1e6, seconds=1e-3 + 1.5e-6 * V),
)
