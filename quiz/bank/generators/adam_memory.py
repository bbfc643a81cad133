"""Memory of weights, gradients and Adam's state, under several mixes of precision.

Source: Rajbhandari et al. 2020 (ZeRO), §3.1; Micikevicius et al. 2018, §3.1; 8-bit state: Dettmers et al. 2022.
"""

import random
from collections.abc import Mapping
from typing import Any

from quiz.bank.amount import Amount
from quiz.bank.generators._draw import Draw, billions

RECIPES = ((2, 2, 4, 4), (2, 2, 4, 4), (2, 4, 4, 4), (2, 2, 0, 4), (4, 4, 0, 4), (2, 2, 4, 1))
"""Bytes of a weight, a gradient, the master copy of a weight, and each of Adam's two moments."""
FORMULA = r"$$N \cdot (b_w + b_g + b_{master} + 2\, b_{moment})$$"


def draw(rng: random.Random) -> Draw:
    """A model of 1.3 to 70 billion parameters and one of five recipes, the usual one twice as often."""
    weights, gradients, master, moments = rng.choice(RECIPES)
    return worked(
        {
            "parameters": rng.choice((1_300, 2_700, 3_000, 6_700, 7_000, 8_000, 13_000, 30_000, 34_000, 70_000))
            * 10**6,
            "weights": weights,
            "gradients": gradients,
            "master": master,
            "moments": moments,
        }
    )


def worked(params: Mapping[str, Any]) -> Draw:
    """Parameters x (weight + gradient + master copy + two moments), in bytes."""
    p = params
    each = p["weights"] + p["gradients"] + p["master"] + 2 * p["moments"]
    answer = Amount(p["parameters"] * each / 1e9, "GB")
    master = (
        f"a master copy of the weights in {8 * p['master']} bits" if p["master"] else "no master copy of the weights"
    )
    question = (
        f"A model of {billions(p['parameters'])} parameters is trained with Adam: weights in {8 * p['weights']} bits, "
        f"gradients in {8 * p['gradients']} bits, {master}, both moments in {8 * p['moments']} bits. How much memory "
        "do these take, in GB ($10^9$ bytes), without activations, buffers and fragmentation?"
    )
    terms = [f"{p['weights']} (weight)", f"{p['gradients']} (gradient)"]
    terms += [f"{p['master']} (master copy)"] * (p["master"] > 0) + [f"2 × {p['moments']} (moments)"]
    working = (
        f"{FORMULA}\n\n{' + '.join(terms)} = {each} bytes a parameter, × {billions(p['parameters'])} = **{answer}**"
    )
    return Draw(dict(params), question, (answer,), working)
