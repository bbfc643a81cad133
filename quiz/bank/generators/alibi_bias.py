"""What ALiBi adds to the score of a key at some distance, in one of its heads.

Source: Press, Smith and Lewis 2022 (ALiBi), §3.
"""

import random
from collections.abc import Mapping
from typing import Any

from quiz.bank.amount import Amount
from quiz.bank.generators._draw import Draw
from quiz.bank.quantity import figure

FORMULA = r"$$-2^{-8k/h} \cdot (i - j)$$"


def draw(rng: random.Random) -> Draw:
    """8, 16 or 32 heads, one of the first eight, a distance of 1 to 100."""
    heads = rng.choice((8, 8, 16, 32))
    return worked({"heads": heads, "head": rng.randrange(1, 9), "distance": rng.choice((1, 5, 10, 20, 32, 64, 100))})


def worked(params: Mapping[str, Any]) -> Draw:
    """-(2^(-8 k / h)) x distance for head k = 1..h, h a power of two."""
    heads, head, distance = params["heads"], params["head"], params["distance"]
    slope = 2 ** (-8 * head / heads)
    answer = Amount(-slope * distance)
    question = (
        f"A model with {heads} heads uses ALiBi. What is added to the score of a key {distance} "
        f"{'token' if distance == 1 else 'tokens'} before the query in head {head} (counted from 1)? Mind the sign."
    )
    working = (
        f"{FORMULA}\n\nSlope of head {head}: 2 to the power -8 × {head}/{heads} = {-8 * head / heads:g}, which is "
        f"{figure(slope, 6)}. × {distance}, as a penalty: **{answer}**"
    )
    return Draw(dict(params), question, (answer,), working)
