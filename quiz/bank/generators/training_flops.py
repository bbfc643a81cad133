"""Compute of a training run by the rule of six FLOPs per parameter and token.

Source: Kaplan et al. 2020, §2.1 and table 1; Hoffmann et al. 2022, appendix F.
"""

import random
from collections.abc import Mapping
from typing import Any

from quiz.bank.amount import Amount
from quiz.bank.generators._draw import Draw, billions
from quiz.bank.quantity import scientific

FORMULA = r"$$C \approx 6 N D$$"


def draw(rng: random.Random) -> Draw:
    """A model of 0.4 to 405 billion parameters and a corpus of 20 billion to 15 trillion tokens."""
    sizes = (410, 1_300, 2_700, 6_700, 7_000, 8_000, 13_000, 30_000, 70_000, 175_000, 405_000)
    corpora = (20, 100, 300, 500, 1_000, 1_400, 2_000, 8_000, 15_000)
    return worked({"parameters": rng.choice(sizes) * 10**6, "tokens": rng.choice(corpora) * 10**9})


def worked(params: Mapping[str, Any]) -> Draw:
    """6 N D: two for the forward pass, four for the backward pass."""
    parameters, tokens = params["parameters"], params["tokens"]
    answer = Amount(6.0 * parameters * tokens, "FLOPs")
    question = (
        f"A dense model of {billions(parameters)} parameters is trained on {billions(tokens)} tokens, each seen once. "
        "How many FLOPs does that take, by the usual estimate (attention scores left out)?"
    )
    working = (
        f"{FORMULA}\n\nA weight costs a multiplication and an addition forwards and twice as much backwards: 6 × "
        f"{scientific(parameters)} × {scientific(tokens)} = **{answer}**"
    )
    return Draw(dict(params), question, (answer,), working)
