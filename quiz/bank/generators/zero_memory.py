"""Memory of the model's states on each GPU when ZeRO shards them, stage 1 to 3.

Source: Rajbhandari et al. 2020 (ZeRO), figure 1 and §5.
"""

import random
from collections.abc import Mapping
from typing import Any

from quiz.bank.amount import Amount
from quiz.bank.generators._draw import Draw, billions

FORMULAS = {
    1: r"$$N\,\left(2 + 2 + \frac{12}{G}\right)$$",
    2: r"$$N\,\left(2 + \frac{2 + 12}{G}\right)$$",
    3: r"$$N \cdot \frac{2 + 2 + 12}{G}$$",
}
SHARDED = {1: "the optimiser state", 2: "optimiser state and gradients", 3: "optimiser state, gradients and weights"}


def draw(rng: random.Random) -> Draw:
    """A model of 1.5 to 70 billion parameters, 4 to 256 GPUs, stage 1, 2 or 3."""
    return worked(
        {
            "parameters": rng.choice((1_500, 3_000, 7_000, 7_500, 8_000, 13_000, 30_000, 70_000)) * 10**6,
            "gpus": rng.choice((4, 8, 16, 32, 64, 128, 256)),
            "stage": rng.choice((1, 2, 2, 3)),
        }
    )


def worked(params: Mapping[str, Any]) -> Draw:
    """2 bytes of weights + 2 of gradients + 12 of Adam's state a parameter, what is sharded divided by the GPUs."""
    parameters, gpus, stage = params["parameters"], params["gpus"], params["stage"]
    whole = {1: 4, 2: 2, 3: 0}[stage]
    each = whole + (16 - whole) / gpus
    answer = Amount(parameters * each / 1e9, "GB")
    question = (
        f"A model of {billions(parameters)} parameters is trained with mixed-precision Adam (16-bit weights and "
        f"gradients; master copy and both moments in 32 bits) on {gpus} data-parallel GPUs with ZeRO stage {stage}. "
        "How much do weights, gradients and optimiser state take on each GPU, in GB ($10^9$ bytes)?"
    )
    working = (
        f"{FORMULAS[stage]}\n\nStage {stage} shards {SHARDED[stage]}: "
        f"{f'{whole} + ' if whole else ''}{16 - whole}/{gpus} = {each:g} {'byte' if each == 1 else 'bytes'} a "
        f"parameter, × {billions(parameters)} = **{answer}** (unsharded {parameters * 16 / 1e9:,g} GB)"
    )
    return Draw(dict(params), question, (answer,), working)
