"""Shapes on the way through multi-head attention: a query per head, the scores, the output.

Source: Vaswani et al. 2017, §3.2.2; axes in the order batch, head, token, feature.
"""

import random
from collections.abc import Mapping
from typing import Any

from quiz.bank.generators._draw import Draw, Tensor, unlike

SHAPES = ((512, 8), (768, 8), (768, 12), (1024, 16), (1280, 20), (2048, 32), (4096, 32))
"""Width and heads."""


def draw(rng: random.Random) -> Draw:
    """A width with its heads, and a batch and a length that cannot be mistaken for another size."""

    def pick() -> dict[str, Any]:
        d, heads = rng.choice(SHAPES)
        return {"batch": rng.choice((2, 3, 4, 6)), "tokens": rng.choice((5, 10, 50, 100, 200)), "d": d, "heads": heads}

    return worked(unlike(pick, lambda p: p["tokens"] in (p["heads"], p["d"] // p["heads"], p["batch"])))


def worked(params: Mapping[str, Any]) -> Draw:
    """(B, h, n, d/h), (B, h, n, n), (B, n, d)."""
    batch, n, d, heads = (params[name] for name in ("batch", "tokens", "d", "heads"))
    answer = (
        Tensor("Q, split into heads", (batch, heads, n, d // heads)),
        Tensor("scores", (batch, heads, n, n)),
        Tensor("output", (batch, n, d)),
    )
    question = (
        f"Multi-head self-attention with {heads} heads gets an input of shape ({batch}, {n}, {d}): batch, tokens, "
        "width. The head axis comes right after the batch. Which shapes have Q once it is split into heads, the "
        "scores, and the output?"
    )
    working = (
        f"A head has {d} / {heads} = {d // heads} dimensions: Q is **{answer[0]}**. Each head compares {n} queries "
        f"with {n} keys: **{answer[1]}**. The heads are concatenated, {heads} × {d // heads} = {d}, and projected: "
        f"**{answer[2]}**, the input's own shape."
    )
    return Draw(dict(params), question, answer, working)
