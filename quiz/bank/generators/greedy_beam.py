"""Probability of the two tokens that greedy decoding finds, and of those that a beam of two finds.

Source: Sutskever, Vinyals and Le 2014, §3.2 (a small beam, left to right).
"""

import random
from collections.abc import Mapping
from typing import Any

from quiz.bank.amount import Amount
from quiz.bank.generators._draw import Draw, unlike
from quiz.bank.quantity import figure

FORMULA = r"$$p(x_1)\,p(x_2 \mid x_1)$$"


def draw(rng: random.Random) -> Draw:
    """Two first tokens, the second a little less likely; the two products differ by a tenth at least."""

    def pick() -> dict[str, Any]:
        first, second = rng.choice((40, 45, 50, 55, 60)), rng.choice((25, 30, 35, 40))
        after_first, after_second = rng.choice((20, 30, 35, 40, 50, 60)), rng.choice((40, 50, 60, 70, 80, 90))
        return {"first": [first, after_first], "second": [second, after_second]}

    def refused(params: dict[str, Any]) -> bool:
        (p, after_p), (q, after_q) = params["first"], params["second"]
        return bool(p <= q or p + q >= 100 or abs(p * after_p - q * after_q) < 0.1 * p * after_p)

    return worked(unlike(pick, refused))


def worked(params: Mapping[str, Any]) -> Draw:
    """Greedy follows the likelier first token; a beam of two follows both and takes the larger product."""
    (p, after_p), (q, after_q) = ([percent / 100 for percent in params[name]] for name in ("first", "second"))
    greedy, other = p * after_p, q * after_q
    answer = (Amount(greedy, name="greedy"), Amount(max(greedy, other), name="beam of two"))
    question = (
        f"The first token is A with probability {p:g}, B with {q:g}, others share the rest in small parts. After A the "
        f"likeliest token has {after_p:g}, after B the likeliest has {after_q:g}. Decoding stops after two tokens. "
        "What is the probability of the sequence that greedy decoding finds, and of the best that a beam of two finds?"
    )
    found = "the beam finds what greedy misses" if other > greedy else "here greedy was right"
    working = (
        f"{FORMULA}\n\nGreedy: A, then {p:g} × {after_p:g} = **{figure(greedy)}**. The beam keeps A and B: B gives "
        f"{q:g} × {after_q:g} = {figure(other)}; the larger is **{figure(max(greedy, other))}**: {found}"
    )
    return Draw(dict(params), question, answer, working)
