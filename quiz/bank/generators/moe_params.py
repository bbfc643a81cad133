"""All weights, and those one token uses, of a mixture-of-experts decoder shaped like Mixtral.

Source: Jiang et al. 2024 (Mixtral of Experts), §2.1 and table 1.
"""

import random
from collections.abc import Mapping
from typing import Any

from quiz.bank.amount import Amount
from quiz.bank.generators._draw import Draw, many, unlike

SHAPES = ((4096, 32, 14336), (6144, 56, 16384), (2048, 24, 5632))
"""Width, layers and FFN width: Mixtral 8x7B, Mixtral 8x22B, and a smaller one."""
FORMULA = r"$$\text{all} = \text{dense} + L\,E\,(3 d f + d) \qquad \text{active} = \text{all} - L\,(E - k)\,3 d f$$"


def draw(rng: random.Random) -> Draw:
    """A shape, 4 to 64 experts, of which a token takes 1, 2 or 4."""

    def pick() -> dict[str, Any]:
        d, layers, ffn = rng.choice(SHAPES)
        experts, active = rng.choice((4, 8, 16, 32, 64)), rng.choice((1, 2, 2, 4))
        shape = {"d": d, "layers": layers, "head_size": 128, "kv_heads": 8, "ffn": ffn, "vocabulary": 32000}
        return {**shape, "experts": experts, "active": active}

    return worked(unlike(pick, lambda p: p["active"] >= p["experts"]))


def worked(params: Mapping[str, Any]) -> Draw:
    """Dense part + layers x experts x (expert + its row of the router); a token leaves out experts - k."""
    d, layers, experts, active = (params[name] for name in ("d", "layers", "experts", "active"))
    expert, kv = 3 * d * params["ffn"], params["kv_heads"] * params["head_size"]
    dense = 2 * params["vocabulary"] * d + layers * (2 * d * d + 2 * d * kv + 2 * d) + d
    total = dense + layers * experts * (expert + d)
    used = total - layers * (experts - active) * expert
    answer = (Amount(total, "parameters", name="all"), Amount(used, "parameters", name="used by a token"))
    question = (
        f"A decoder has width {d:,}, {layers} layers, {d // params['head_size']} query heads and {params['kv_heads']} "
        f"key-value heads of size {params['head_size']}, and {params['vocabulary']:,} tokens in its vocabulary "
        f"(separate input and output tables, no biases). Each layer has {experts} SwiGLU experts of inner width "
        f"{params['ffn']:,}; a linear router sends a token to {many(active, 'expert')}. How many parameters has it "
        "in all, and how many does one token use (tables and router counted whole)?"
    )
    working = (
        f"{FORMULA}\n\nAn expert: 3 × {d:,} × {params['ffn']:,} = {expert:,}. Tables, attention and norms: {dense:,}. "
        f"All: {dense:,} + {layers} × {experts} × ({expert:,} + {d:,} for the router) = **{answer[0]}**. A token "
        f"leaves {experts - active} of {experts} experts out in each of {layers} layers: **{answer[1]}**. Attention "
        "is shared, so it is far from experts times a dense model."
    )
    return Draw(dict(params), question, answer, working)
