"""Masking token by token picks A with 0.9 where the model's own valid texts begin with A in 0.1 of the cases.

Topic: output-control
Source: Park et al. 2024 (grammar-aligned decoding), abstract; the numbers are arithmetic on texts of two tokens
Refutes: "Constrained decoding samples the model's answer, given that it is valid": it samples another distribution

The first token is A (0.9) or B (0.1), then comes one that makes the text valid: 0.01 after A, 0.81 after B. Both first
tokens can still become valid, so a mask lets both pass and forbids the wrong second token only when A has been chosen.
The conditional distribution weighs A by what can follow, 0.9 x 0.01 against 0.1 x 0.81; it is also obtained by drawing
whole texts and throwing the invalid ones away. Where the same share of both is valid, masking is right (the control).
"""

from collections.abc import Callable
from typing import Annotated

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from quiz.proofs._demo import Bars, Cost, Demo, Found, Measurement, Parameter, control, mutant
from quiz.proofs.numerics import Array, softmax

FIRST = np.array([0.9, 0.1])  # A, B
VALID = np.array([0.01, 0.81])  # of the second token, after A and after B
ALLOWED = np.array([True, False])
Forbid = Callable[[Array, NDArray[np.bool_]], Array]


def to_minus_infinity(z: Array, allowed: NDArray[np.bool_]) -> Array:
    """Logits with forbidden tokens at -inf, z, allowed: (V,) -> (V,)."""
    return np.where(allowed, z, -np.inf)


def to_zero(z: Array, allowed: NDArray[np.bool_]) -> Array:
    return np.where(allowed, z, 0.0)


def not_at_all(z: Array, allowed: NDArray[np.bool_]) -> Array:
    return z


def masked(first: Array, valid: Array, forbid: Forbid) -> Array:
    """Chance of each text when each step is masked and renormalised: rows A and B, columns valid and invalid."""
    begin = softmax(forbid(np.log(first), np.array([True, True])))  # either can still become valid
    return np.array([p * softmax(forbid(np.log([v, 1 - v]), ALLOWED)) for p, v in zip(begin, valid, strict=True)])


def conditional(first: Array, valid: Array) -> float:
    """P(A | valid) of the model itself, by Bayes."""
    return float(first[0] * valid[0] / (first @ valid))


def reweighted(first: Array, valid: Array) -> float:
    """P(A) when the first step's logits also get ln P(it can be finished)."""
    return float(softmax(np.log(first) + np.log(valid))[0])


def thrown_away(rng: Generator, first: Array, valid: Array, draws: int) -> tuple[float, float]:
    """Share of A among the drawn texts that are valid, and the share of texts that are."""
    b = (rng.random(draws) >= first[0]).astype(int)
    passed = rng.random(draws) < valid[b]
    return float(np.mean(b[passed] == 0)), float(passed.mean())


def equal_shares(rng: Generator) -> Found:
    even = np.array([0.3, 0.3])
    off = abs(masked(FIRST, even, to_minus_infinity)[0].sum() - conditional(FIRST, even))
    return Found([Measurement("masked against conditional", off, "<", 1e-12, "0.3 cancels: both are 0.9")])


def measure(
    rng: Generator,
    *,
    draws: Annotated[int, Parameter(50_000, 2_000_000)] = 100_000,
    forbid: Forbid = to_minus_infinity,
    second: Callable[[Array, Array], float] = reweighted,
) -> Found:
    law = masked(FIRST, VALID, forbid)
    a, true, repaired = float(law[0].sum()), conditional(FIRST, VALID), second(FIRST, VALID)
    drawn, share = thrown_away(rng, FIRST, VALID, draws)
    return Found(
        [
            Measurement("chance of A, masked", a, "between", (0.8999, 0.9001), "the mask forbids nothing at step 1"),
            Measurement("chance of A among valid texts", true, "between", (0.0999, 0.1001), "0.009 / 0.090"),
            Measurement("drawn and thrown away, off by", abs(drawn - true), "<", 0.03, "7 s.e. of 4,500 valid texts"),
            Measurement("texts that are valid unmasked", 100 * share, "between", (8, 10), "9", "%"),
            Measurement("masked texts that are invalid", float(law[:, 1].sum()), "=", 0, "e^-inf = 0"),
            Measurement("chance of A, ends foreseen", repaired, "between", (0.0999, 0.1001), "logits + ln P(valid)"),
        ],
        [Bars("Chance of A", [("model, unmasked", 0.9), ("masked", a), ("model, if valid", true), ("drawn", drawn)])],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant(
            "zero-logits", "forbidden logits set to 0: after A, the wrong token has e^0 against 0.01", forbid=to_zero
        ),
        mutant("no-mask", "no mask: most texts are invalid", forbid=not_at_all),
        mutant("blind-repair", "the ends are weighed equally, as a mask does", second=lambda first, valid: first[0]),
    ],
    controls=[control("equal-shares", "0.3 of the texts after A and after B are valid", equal_shares)],
    learnt="A mask guarantees the form, not the model's distribution: it cannot see how unlikely a valid end will be.",
    not_shown="How far real grammars distort real models; whether what fits the form is also right.",
    cost=lambda draws: Cost(bytes=1e5 + 40.0 * draws, seconds=1e-3 + 5e-8 * draws),
)
