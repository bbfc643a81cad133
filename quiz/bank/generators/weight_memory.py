"""Memory of a model's weights at a number of bits, with or without the scales of quantised groups.

Source: Dettmers et al. 2023 (QLoRA), §3, for the cost of a scale per group.
"""

import random
from collections.abc import Mapping
from typing import Any

from quiz.bank.amount import Amount
from quiz.bank.generators._draw import Draw, billions
from quiz.bank.quantity import figure

FORMULA = r"$$\frac{N}{8} \cdot \left(\text{bits} + \frac{16}{\text{group}}\right)$$"


def draw(rng: random.Random) -> Draw:
    """A model of 1.3 to 405 billion parameters in 32, 16, 8 or 4 bits; the last two perhaps in groups."""
    bits = rng.choice((32, 16, 16, 8, 4, 4))
    return worked(
        {
            "parameters": rng.choice((1_300, 3_000, 7_000, 8_000, 13_000, 34_000, 70_000, 175_000, 405_000)) * 10**6,
            "bits": bits,
            "group": rng.choice((0, 32, 64, 128)) if bits <= 8 else 0,
        }
    )


def worked(params: Mapping[str, Any]) -> Draw:
    """Parameters x bits / 8; a group adds a 16-bit scale, shared by its weights."""
    parameters, bits, group = params["parameters"], params["bits"], params["group"]
    each = bits + (16 / group if group else 0)
    answer = Amount(parameters * each / 8e9, "GB")
    scales = f", and each group of {group} weights has a scale in 16 bits" if group else ""
    question = (
        f"The weights of a model of {billions(parameters)} parameters are kept in {bits} bits{scales}. How much "
        "memory do they take, in GB ($10^9$ bytes)?"
    )
    shared = f"{bits} + 16/{group} = {figure(each)} bits a weight; " if group else ""
    formula = FORMULA if group else r"$$N \cdot \frac{\text{bits}}{8}$$"
    working = f"{formula}\n\n{shared}{billions(parameters)} × {figure(each)} / 8 bytes = **{answer}**"
    return Draw(dict(params), question, (answer,), working)
