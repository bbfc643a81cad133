"""Speculative decoding samples from the target model exactly, whatever the draft model proposes.

Topic: inference
Source: Leviathan et al. 2023, §2.3, §3.1 (eq. 1) and appendix A.1; Chen et al. 2023, theorem 1
Refutes: "Speculative decoding gives up quality for speed": the law of the output is the target's own

The draft proposes x from q. It is accepted with probability min(1, p(x)/q(x)); otherwise a token is drawn from what q
left uncovered, (p - q)+ brought to sum 1. The law of the result is computed exactly and also counted over many draws.
Then rounds are played in which each of gamma drafts is accepted with probability alpha and the target adds one token.
"""

from collections.abc import Callable
from typing import Annotated

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, Parameter, control, mutant
from quiz.proofs.numerics import Array, largest, softmax

ALPHA, ROUNDS = 0.8, 50_000


def ratio(p: Array, q: Array) -> Array:
    """Probability to accept each token. p, q: (V,) -> (V,)."""
    return np.minimum(1.0, p / q)


def uncovered(p: Array, q: Array) -> Array:
    """Law of the token drawn after a rejection: (p - q)+ normalised. p, q: (V,) -> (V,)."""
    rest = np.maximum(p - q, 0.0)
    law: Array = rest / rest.sum()
    return law


def independent(rng: Generator, p: Array) -> Array:
    """A draft that knows nothing of the target: softmax of N(0, 1). -> (V,)."""
    return softmax(rng.normal(size=len(p)))


def tokens_per_round(rng: Generator, gamma: int, bonus: int) -> float:
    """Mean over many rounds: drafts accepted before the first rejection, and what the target adds."""
    accepted = rng.random((ROUNDS, gamma)) < ALPHA
    return float(np.cumprod(accepted, axis=1).sum(axis=1).mean() + bonus)


def measure(
    rng: Generator,
    *,
    V: Annotated[int, Parameter(4, 32, "tokens")] = 10,
    draws: Annotated[int, Parameter(100_000, 1_000_000)] = 200_000,
    gamma: Annotated[int, Parameter(1, 16, "drafts")] = 4,
    draft: Callable[[Generator, Array], Array] = independent,
    accept: Callable[[Array, Array], Array] = ratio,
    residual: Callable[[Array, Array], Array] = uncovered,
    bonus: int = 1,
) -> Found:
    p = softmax(rng.normal(size=V))
    q = draft(rng, p)
    a, r = accept(p, q), residual(p, q)
    law = q * a + (1 - q @ a) * r

    proposed, instead = rng.choice(V, size=draws, p=q), rng.choice(V, size=draws, p=r)
    taken = rng.random(draws) < a[proposed]
    counted = np.bincount(np.where(taken, proposed, instead), minlength=V) / draws
    off, share = np.abs(counted - p).sum() / 2, abs(taken.mean() - np.minimum(p, q).sum())

    tokens, expected = tokens_per_round(rng, gamma, bonus), (1 - ALPHA ** (gamma + 1)) / (1 - ALPHA)
    gammas, x = [1, 2, 3, 4, 6, 8, 12], list(range(V))
    curve = [(1 - ALPHA ** (g + 1)) / (1 - ALPHA) for g in gammas]
    around = (expected - 0.1, expected + 0.1)
    return Found(
        [
            Measurement("largest |law - p|", largest(law - p), "<", 1e-12, "equal to rounding, 1e-16"),
            Measurement("total variation, counted from p", off, "<", 0.01, "0.004 by chance; the draft 0.15 or more"),
            Measurement("|accepted - sum of min(p, q)|", share, "<", 0.008, "five standard errors at 100,000 draws"),
            Measurement(
                "tokens a round at alpha 0.8", tokens, "between", around, "(1 - 0.8^(gamma+1)) / 0.2: 3.36 at 4"
            ),
        ],
        [
            Lines(
                "Law of the output",
                {"target": (x, p.tolist()), "draft": (x, q.tolist()), "output": (x, counted.tolist())},
                "token",
            ),
            Lines("Tokens a round, alpha 0.8", {"expected": (gammas, curve)}, "gamma"),
        ],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("reject-to-p", "after a rejection a token is drawn from p itself", residual=lambda p, q: p),
        mutant("accept-all", "every draft is taken: the draft's law", accept=lambda p, q: np.ones_like(p)),
        mutant("inverted", "accepted with min(1, q/p)", accept=lambda p, q: np.minimum(1.0, q / p)),
        mutant("no-bonus", "the target's own token is not counted: 2.36 tokens", bonus=0),
    ],
    controls=[
        control("uniform", "a draft that knows nothing at all", draft=lambda rng, p: np.full(len(p), 1 / len(p))),
        control(
            "good", "a draft close to the target", draft=lambda rng, p: softmax(np.log(p) + rng.normal(size=len(p)) / 5)
        ),
    ],
    learnt="The draft decides how fast, never what: a bad one is rejected more often and changes no probability.",
    not_shown="Seconds: the gain needs a cheap draft and a target that checks gamma + 1 tokens in one pass.",
    cost=lambda V, draws, gamma: Cost(
        bytes=8 * (8 * draws + 4 * ROUNDS * gamma), seconds=2e-7 * draws + 3e-8 * ROUNDS * gamma
    ),
)
