"""How many times likelier one token is than another, from the gap of their logits and the temperature.

Source: Hinton, Vinyals and Dean 2015, §2 (softmax with a temperature).
"""

import random
from collections.abc import Mapping
from math import exp
from typing import Any

from quiz.bank.amount import Amount
from quiz.bank.generators._draw import Draw, unlike

FORMULA = r"$$\frac{p_a}{p_b} = e^{(z_a - z_b)/T}$$"


def draw(rng: random.Random) -> Draw:
    """A gap of 0.5 to 4 and a temperature of 0.25 to 2, other than 1, with a quotient from a quarter to 7."""
    return worked(
        unlike(
            lambda: {
                "gap": rng.choice((0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0)),
                "temperature": rng.choice((0.25, 0.5, 0.8, 1.25, 2.0)),
            },
            lambda p: not 0.25 <= p["gap"] / p["temperature"] <= 7,
        )
    )


def worked(params: Mapping[str, Any]) -> Draw:
    """e^(gap / T)."""
    gap, temperature = params["gap"], params["temperature"]
    answer = Amount(exp(gap / temperature), "", "2 %")
    question = (
        f"The logit of token a is {gap:g} above that of token b. How many times as likely is a as b when sampling at "
        f"temperature {temperature:g} (no truncation)?"
    )
    working = (
        f"{FORMULA}\n\n$e$ to the power {gap:g} / {temperature:g} = {gap / temperature:g}: **{answer}**. All other "
        "logits cancel."
    )
    return Draw(dict(params), question, (answer,), working)
