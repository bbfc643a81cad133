"""Most tokens per second that one sequence can be decoded at when every token has to read all weights.

Source: Pope et al. 2022, §2 (memory costs); the bandwidths are those of the makers' data sheets.
"""

import random
from collections.abc import Mapping
from typing import Any

from quiz.bank.amount import Amount
from quiz.bank.generators._draw import Draw, billions, unlike
from quiz.bank.quantity import figure

CARDS = ((80, 2039), (80, 3350), (141, 4800), (24, 1008))
"""Memory in GB and bandwidth in GB/s of the A100, H100 (SXM), H200 and RTX 4090."""
FORMULA = r"$$\frac{\text{bandwidth}}{N \cdot \text{bits}/8}$$"


def draw(rng: random.Random) -> Draw:
    """A model that fits into nine tenths of the card's memory, in 16, 8 or 4 bits."""

    def pick() -> dict[str, Any]:
        memory, bandwidth = rng.choice(CARDS)
        parameters = rng.choice((1_300, 3_000, 7_000, 8_000, 13_000, 34_000, 70_000)) * 10**6
        return {"parameters": parameters, "bits": rng.choice((16, 16, 8, 4)), "gb_per_s": bandwidth, "gb": memory}

    return worked(unlike(pick, lambda p: p["parameters"] * p["bits"] / 8 > 0.9e9 * p["gb"]))


def worked(params: Mapping[str, Any]) -> Draw:
    """Bandwidth / bytes of weights."""
    parameters, bits, bandwidth = params["parameters"], params["bits"], params["gb_per_s"]
    weights = parameters * bits / 8e9
    answer = Amount(bandwidth / weights, "tokens/s")
    question = (
        f"A dense model of {billions(parameters)} parameters in {bits} bits decodes one sequence on a GPU whose memory "
        f"delivers {figure(bandwidth / 1000)} TB/s ($10^{{12}}$ bytes). At most how many tokens per second can it "
        "produce, if reading the weights is all that takes time (no KV cache, no speculation)?"
    )
    working = (
        f"{FORMULA}\n\nWeights: {billions(parameters)} × {bits / 8:g} bytes = {figure(weights)} GB, read once a token. "
        f"{bandwidth:,} GB/s / {figure(weights)} GB = **{answer}**. A batch shares the reading, which is why it is "
        "nearly free until compute becomes the limit."
    )
    return Draw(dict(params), question, (answer,), working)
