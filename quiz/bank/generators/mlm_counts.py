"""Expected numbers of masked, replaced and unchanged tokens in masked language modelling.

Source: Devlin et al. 2019 (BERT), §3.1, task 1; other rates: Wettig et al. 2023.
"""

import random
from collections.abc import Mapping
from typing import Any

from quiz.bank.amount import Amount
from quiz.bank.generators._draw import Draw
from quiz.bank.quantity import figure

FORMULA = r"$$n r \cdot (0.8,\ 0.1,\ 0.1)$$"


def draw(rng: random.Random) -> Draw:
    """A sequence of 64 to 512 tokens or a batch of them, at BERT's 15 % or another rate."""
    tokens = rng.choice((64, 128, 200, 256, 400, 512, 1000))
    return worked({"tokens": tokens * rng.choice((1, 1, 8, 32)), "percent": rng.choice((15, 15, 15, 20, 30, 40))})


def worked(params: Mapping[str, Any]) -> Draw:
    """n r x 0.8, 0.1, 0.1."""
    tokens, percent = params["tokens"], params["percent"]
    chosen = tokens * percent / 100
    shares = (("[MASK]", 80), ("random", 10), ("unchanged", 10))
    answer = tuple(Amount(chosen * share / 100, "tokens", name=name) for name, share in shares)
    question = (
        f"BERT's masked language modelling chooses {percent} % of {tokens:,} tokens. How many become [MASK], how "
        "many a random token, and how many stay as they are among the chosen ones, on average?"
    )
    working = (
        f"{FORMULA}\n\n{tokens:,} × {percent / 100:g} = {figure(chosen, 6)} chosen tokens, of which 80, 10 and 10 %: "
        f"**{', '.join(figure(float(amount.value), 6) for amount in answer)}**. Loss is taken on all chosen ones, "
        "the unchanged too."
    )
    return Draw(dict(params), question, answer, working)
