"""Share of a step that a pipeline stage idles.

Source: Huang et al. 2019 (GPipe), §2.3; Narayanan et al. 2021, §2.2.1, who divide by the ideal time instead.
"""

import random
from collections.abc import Mapping
from typing import Any

from quiz.bank.amount import Amount
from quiz.bank.generators._draw import Draw

FORMULA = r"$$\frac{p - 1}{m + p - 1}$$"


def draw(rng: random.Random) -> Draw:
    """2 to 32 stages and 2 to 64 micro-batches."""
    return worked({"stages": rng.choice((2, 4, 8, 12, 16, 32)), "micro_batches": rng.choice((2, 4, 8, 16, 32, 64))})


def worked(params: Mapping[str, Any]) -> Draw:
    """(stages - 1) / (micro-batches + stages - 1)."""
    stages, micro = params["stages"], params["micro_batches"]
    answer = Amount(100 * (stages - 1) / (micro + stages - 1), "%", "0.5")
    question = (
        f"A model is trained in a pipeline of {stages} equal stages with {micro} micro-batches a step (GPipe: all "
        "forward, then all backward, no interleaving, communication free). What share of the step's whole time does "
        "a stage idle, in %?"
    )
    working = (
        f"{FORMULA}\n\nA stage works for {micro} slots and waits for {stages - 1} of {micro + stages - 1}: "
        f"{stages - 1}/{micro + stages - 1} = **{answer}**. Four micro-batches a stage bring it below 20 %."
    )
    return Draw(dict(params), question, (answer,), working)
