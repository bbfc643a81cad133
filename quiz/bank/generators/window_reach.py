"""How far back a stack of sliding-window layers can see.

Source: Jiang et al. 2023 (Mistral 7B), §2 (the bound W x L); Beltagy et al. 2020 (Longformer), §3.1.
"""

import random
from collections.abc import Mapping
from typing import Any

from quiz.bank.amount import Amount
from quiz.bank.generators._draw import Draw

FORMULA = r"$$W L \qquad L\,(W - 1) + 1$$"


def draw(rng: random.Random) -> Draw:
    """A window of 256 to 4,096 tokens and 12 to 48 layers."""
    return worked({"window": rng.choice((256, 512, 1024, 2048, 4096)), "layers": rng.choice((12, 16, 24, 32, 40, 48))})


def worked(params: Mapping[str, Any]) -> Draw:
    """The bound W L that is usually said, and the exact L (W - 1) + 1."""
    window, layers = params["window"], params["layers"]
    answer = (
        Amount(window * layers, "tokens", "exact", "usual bound"),
        Amount(layers * (window - 1) + 1, "tokens", "exact", "exactly"),
    )
    question = (
        f"In each of {layers} layers a token attends to a causal window of {window:,} tokens, itself included. How "
        "many tokens can reach its last state: by the bound window × layers that is usually said, and exactly, "
        "itself included?"
    )
    working = (
        f"{FORMULA}\n\nBound: {window:,} × {layers} = **{answer[0]}**. A layer reaches {window - 1:,} further back, "
        f"since the window holds the token itself: {layers} × {window - 1:,} + 1 = **{answer[1]}**"
    )
    return Draw(dict(params), question, answer, working)
