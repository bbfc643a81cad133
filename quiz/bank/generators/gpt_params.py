"""Weights of a GPT-2: tied embeddings, learned positions, biases, two LayerNorms a layer and one at the end.

Source: Radford et al. 2019, §2.3 and table 2; the released code of GPT-2 for biases and norms.
"""

import random
from collections.abc import Mapping
from typing import Any

from quiz.bank.amount import Amount
from quiz.bank.generators._draw import Draw, unlike

FORMULA = r"$$V d + n d + L\,(12 d^2 + 13 d) + 2 d$$"


def draw(rng: random.Random) -> Draw:
    """Width, depth, context and vocabulary, in proportions that GPT-2 and GPT-3 have."""
    return worked(
        unlike(
            lambda: {
                "d": rng.choice((768, 1024, 1280, 1536, 1600, 2048, 2560, 4096)),
                "layers": rng.choice((12, 24, 32, 36, 48)),
                "context": rng.choice((1024, 2048)),
                "vocabulary": rng.choice((50257, 50257, 32000)),
            },
            lambda p: not 30 <= p["d"] / p["layers"] <= 130,
        )
    )


def worked(params: Mapping[str, Any]) -> Draw:
    """V d + n d + L (12 d^2 + 13 d) + 2 d."""
    d, layers, context, vocabulary = (params[name] for name in ("d", "layers", "context", "vocabulary"))
    tables, layer = (vocabulary + context) * d, 12 * d * d + 13 * d
    total = tables + layers * layer + 2 * d
    answer = Amount(total, "parameters")
    question = (
        f"A model built like GPT-2 has width {d:,}, {layers} layers, an FFN four times as wide, {vocabulary:,} "
        f"tokens in its vocabulary and a learned table of {context:,} positions. Input and output embeddings are "
        "tied; all matrices have biases. How many parameters has it?"
    )
    working = (
        f"{FORMULA}\n\nTables: ({vocabulary:,} + {context:,}) × {d:,} = {tables:,}. A layer: attention $4d^2 + 4d$, "
        f"FFN $8d^2 + 5d$, two norms $4d$: {layer:,}. In all {tables:,} + {layers} × {layer:,} + {2 * d:,} (the last "
        f"norm) = **{answer}**. The short form $12 L d^2$ alone gives {12 * layers * d * d:,}."
    )
    return Draw(dict(params), question, (answer,), working)
