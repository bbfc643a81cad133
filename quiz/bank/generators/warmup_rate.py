"""Learning rate of the first Transformer at a step: linear warm-up, then the inverse root.

Source: Vaswani et al. 2017, §5.3, equation 3.
"""

import random
from collections.abc import Mapping
from typing import Any

from quiz.bank.amount import Amount
from quiz.bank.generators._draw import Draw
from quiz.bank.quantity import figure

FORMULA = r"$$d^{-0.5} \cdot \min(s^{-0.5},\ s \cdot w^{-1.5})$$"


def draw(rng: random.Random) -> Draw:
    """A width of 256 to 1,024, a warm-up of 4,000 or 8,000 steps, a step from 500 to 100,000."""
    return worked(
        {
            "d": rng.choice((256, 512, 512, 1024)),
            "warmup": rng.choice((4000, 4000, 8000)),
            "step": rng.choice((500, 1000, 2000, 4000, 8000, 16000, 40000, 100000)),
        }
    )


def worked(params: Mapping[str, Any]) -> Draw:
    """d^-0.5 x min(step^-0.5, step x warmup^-1.5)."""
    d, warmup, step = params["d"], params["warmup"], params["step"]
    rising, falling = step * warmup**-1.5, step**-0.5
    answer = Amount(d**-0.5 * min(rising, falling))
    question = (
        f"The schedule of the original Transformer with $d_{{model}}$ = {d} and {warmup:,} warm-up steps: what is the "
        f"learning rate at step {step:,}?"
    )
    side = "still rising" if step < warmup else "at its peak" if step == warmup else "falling"
    working = (
        f"{FORMULA}\n\nThe rate is {side}: min({figure(falling)}, {figure(rising)}) × {figure(d**-0.5)} = **{answer}**"
    )
    return Draw(dict(params), question, (answer,), working)
