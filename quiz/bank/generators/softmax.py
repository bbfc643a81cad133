"""Softmax of three logits, by hand.

Source: Bridle 1990; Goodfellow, Bengio and Courville 2016, §6.2.2.3.
"""

import random
from collections.abc import Mapping
from math import exp, fsum
from typing import Any

from quiz.bank.amount import Amount
from quiz.bank.generators._draw import Draw
from quiz.bank.quantity import figure

FORMULA = r"$$p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$$"


def draw(rng: random.Random) -> Draw:
    """Three different whole numbers, at most 3 apart."""
    least = rng.randrange(-2, 4)
    return worked({"logits": rng.sample(range(least, least + 4), 3)})


def worked(params: Mapping[str, Any]) -> Draw:
    """e^z over the sum, with the largest logit subtracted first."""
    logits = list(params["logits"])
    powers = [exp(z - max(logits)) for z in logits]
    answer = tuple(
        Amount(power / fsum(powers), "", "0.005", name)
        for name, power in zip(("first", "second", "third"), powers, strict=True)
    )
    question = f"The logits of three tokens are {', '.join(map(str, logits))}. What does softmax make of them?"
    working = (
        f"{FORMULA}\n\nLess the largest: {', '.join(str(z - max(logits)) for z in logits)}. Powers of $e$: "
        f"{', '.join(figure(power) for power in powers)}, in all {figure(fsum(powers))}. "
        f"Divided by it: **{', '.join(f'{amount.value:.3f}' for amount in answer)}**"
    )
    return Draw(dict(params), question, answer, working)
