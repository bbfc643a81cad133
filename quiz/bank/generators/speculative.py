"""Tokens that one call of the target model yields under speculative decoding.

Source: Leviathan, Kalman and Matias 2023, §3.1, equation 1.
"""

import random
from collections.abc import Mapping
from typing import Any

from quiz.bank.amount import Amount
from quiz.bank.generators._draw import Draw

FORMULA = r"$$\frac{1 - \alpha^{\gamma+1}}{1 - \alpha}$$"


def draw(rng: random.Random) -> Draw:
    """An acceptance rate of 50 to 95 % and 2 to 8 drafted tokens."""
    return worked({"percent": rng.choice((50, 60, 70, 75, 80, 85, 90, 95)), "drafted": rng.choice((2, 3, 4, 5, 6, 8))})


def worked(params: Mapping[str, Any]) -> Draw:
    """(1 - alpha^(gamma + 1)) / (1 - alpha)."""
    alpha, gamma = params["percent"] / 100, params["drafted"]
    answer = Amount((1 - alpha ** (gamma + 1)) / (1 - alpha), "tokens")
    question = (
        f"A draft model proposes {gamma} tokens at a time; the target accepts each with probability {alpha:g}, "
        "independently, stops at the first refusal and always adds one token of its own. How many tokens does one call "
        "of the target yield on average?"
    )
    sums = " + ".join(["1", f"{alpha:g}", *(f"{alpha:g}^{i}" for i in range(2, gamma + 1))])
    working = (
        f"{FORMULA}\n\n(1 - {alpha:g}^{gamma + 1}) / (1 - {alpha:g}) = **{answer}**, which is {sums}; at most "
        f"{gamma + 1}."
    )
    return Draw(dict(params), question, (answer,), working)
