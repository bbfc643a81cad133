"""Shapes of the projections and of the cached keys in grouped-query attention.

Source: Ainslie et al. 2023 (GQA), §2.2; the sizes are those of released models.
"""

import random
from collections.abc import Mapping
from typing import Any

from quiz.bank.generators._draw import Draw, Tensor

SHAPES = ((4096, 32, 8), (8192, 64, 8), (16384, 128, 8), (4096, 32, 4), (2048, 32, 4), (3072, 24, 8), (5120, 40, 8))
"""Width, query heads, key-value heads: Llama-3-8B, 70B, 405B; others in their manner."""


def draw(rng: random.Random) -> Draw:
    """A shape, 2 to 16 sequences, 100 to 4,000 tokens."""
    d, heads, kv_heads = rng.choice(SHAPES)
    batch, tokens = rng.choice((2, 3, 5, 6, 16)), rng.choice((100, 500, 1000, 2000, 4000))
    return worked({"d": d, "heads": heads, "kv_heads": kv_heads, "batch": batch, "tokens": tokens})


def worked(params: Mapping[str, Any]) -> Draw:
    """W_Q (d, d), W_K (d, kv heads x head size), cached K (B, kv heads, n, head size)."""
    d, heads, kv_heads, batch, n = (params[name] for name in ("d", "heads", "kv_heads", "batch", "tokens"))
    size = d // heads
    answer = (
        Tensor("W_Q", (d, heads * size)),
        Tensor("W_K", (d, kv_heads * size)),
        Tensor("cached K", (batch, kv_heads, n, size)),
    )
    question = (
        f"Grouped-query attention has width {d:,}, {heads} query heads and {kv_heads} key-value heads; a head has "
        f"{d:,}/{heads} dimensions. Which shapes have $W_Q$ and $W_K$ (used as $XW$: inputs first, all heads in one "
        f"matrix), and the cached keys of one layer for {batch} sequences of {n:,} tokens (batch, head, token, "
        "feature)?"
    )
    working = (
        f"A head has {d:,} / {heads} = {size} dimensions. $W_Q$: {heads} × {size} outputs, **{answer[0]}**. $W_K$: "
        f"only {kv_heads} × {size} outputs, **{answer[1]}**. The cache keeps the {kv_heads} heads unrepeated: "
        f"**{answer[2]}**, {heads // kv_heads} times less than with {heads}."
    )
    return Draw(dict(params), question, answer, working)
