"""DPO's loss on one pair of answers.

Source: Rafailov et al. 2023 (DPO), §4, equation 7.
"""

import random
from collections.abc import Mapping
from math import exp, log1p
from typing import Any

from quiz.bank.amount import Amount
from quiz.bank.generators._draw import Draw, unlike
from quiz.bank.quantity import figure

FORMULA = r"$$-\ln \sigma(\beta\,[\Delta_w - \Delta_l]) \qquad \Delta = \ln\frac{\pi(y)}{\pi_{ref}(y)}$$"


def draw(rng: random.Random) -> Draw:
    """How far both log-probabilities moved, -10 to 10 nats; the margin times beta is at most 3."""
    return worked(
        unlike(
            lambda: {
                "beta": rng.choice((0.1, 0.1, 0.2, 0.5)),
                "chosen": rng.randrange(-10, 11),
                "rejected": rng.randrange(-10, 11),
            },
            lambda p: abs(p["beta"] * (p["chosen"] - p["rejected"])) > 3,
        )
    )


def worked(params: Mapping[str, Any]) -> Draw:
    """ln(1 + e^-margin), margin = beta x (change of the chosen - change of the rejected)."""
    beta, chosen, rejected = params["beta"], params["chosen"], params["rejected"]
    margin = beta * (chosen - rejected)
    answer = Amount(log1p(exp(-margin)), "nats", "0.005")
    question = (
        f"DPO with β = {beta:g}. Against the reference model, the policy's log-probability has changed by "
        f"{chosen:+d} nats for the chosen answer and by {rejected:+d} nats for the rejected one. What is the loss on "
        "this pair, in nats?"
    )
    working = (
        f"{FORMULA}\n\nMargin: {beta:g} × ({chosen:+d} - ({rejected:+d})) = {margin:g}. Loss: ln(1 + "
        f"e^{0 - margin:g}) = ln(1 + {figure(exp(-margin))}) = **{answer}**."
    )
    return Draw(dict(params), question, (answer,), working)
