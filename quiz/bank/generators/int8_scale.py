"""Scale and largest rounding error of symmetric absmax quantisation.

Source: Dettmers et al. 2022 (LLM.int8()), §2.1; Jacob et al. 2018, §2.1.
"""

import random
from collections.abc import Mapping
from typing import Any

from quiz.bank.amount import Amount
from quiz.bank.generators._draw import Draw
from quiz.bank.quantity import figure

FORMULA = r"$$s = \frac{\max |x|}{2^{b-1} - 1} \qquad |x - s\,q| \le \frac{s}{2}$$"


def draw(rng: random.Random) -> Draw:
    """A largest magnitude of 0.5 to 60, in 8 or 4 bits."""
    return worked(
        {
            "absmax": rng.choice((0.5, 0.8, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 12.7, 20.0, 60.0)),
            "bits": rng.choice((8, 8, 8, 4)),
        }
    )


def worked(params: Mapping[str, Any]) -> Draw:
    """absmax / (2^(bits - 1) - 1), and half of it."""
    absmax, bits = params["absmax"], params["bits"]
    levels = 2 ** (bits - 1) - 1
    scale = absmax / levels
    answer = (Amount(scale, name="scale"), Amount(scale / 2, name="largest error"))
    question = (
        f"Weights of magnitude up to {absmax:g} are quantised to int{bits}, symmetrically, by their largest magnitude "
        f"(-{levels} to {levels}, rounded to the nearest). What is the scale, the step between two levels, and how "
        "far off can a weight be at most?"
    )
    working = (
        f"{FORMULA}\n\n{absmax:g} / {levels} = **{figure(scale)}**; rounding is off by half a step at most: "
        f"**{figure(scale / 2)}**"
    )
    return Draw(dict(params), question, answer, working)
