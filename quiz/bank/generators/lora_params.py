"""Trainable weights of LoRA on square projection matrices.

Source: Hu et al. 2021 (LoRA), §4.1 and §4.2.
"""

import random
from collections.abc import Mapping
from typing import Any

from quiz.bank.amount import Amount
from quiz.bank.generators._draw import Draw, many

SHAPES = ((24, 1024), (32, 4096), (40, 5120), (96, 12288), (48, 1600))
"""Layers and width of BERT-large, LLaMA-7B, LLaMA-13B, GPT-3 and GPT-2 XL."""
TARGETS = {
    1: "the query projection",
    2: "the query and value projections",
    4: "all four attention projections",
}
FORMULA = r"$$L \cdot m \cdot 2 d r$$"


def draw(rng: random.Random) -> Draw:
    """A shape, 1, 2 or 4 matrices a layer, rank 1 to 64."""
    layers, d = rng.choice(SHAPES)
    matrices, rank = rng.choice((1, 2, 2, 4, 4)), rng.choice((1, 2, 4, 8, 16, 32, 64))
    return worked({"layers": layers, "matrices": matrices, "d": d, "rank": rank})


def worked(params: Mapping[str, Any]) -> Draw:
    """Layers x matrices x 2 d r: A is r x d, B is d x r."""
    layers, matrices, d, rank = (params[name] for name in ("layers", "matrices", "d", "rank"))
    answer = Amount(layers * matrices * 2 * d * rank, "parameters")
    question = (
        f"LoRA of rank {rank} is put on {TARGETS[matrices]} of a Transformer with {layers} layers; each of these "
        f"matrices is {d:,} × {d:,}. How many parameters are trained?"
    )
    working = (
        f"{FORMULA}\n\n$A$ has {rank} × {d:,} and $B$ {d:,} × {rank} entries, so {2 * d * rank:,} a matrix; × "
        f"{layers} layers × {many(matrices, 'matrix', 'matrices')} = **{answer}**, {rank * 200 / d:.2g} % of the "
        "matrices themselves"
    )
    return Draw(dict(params), question, (answer,), working)
