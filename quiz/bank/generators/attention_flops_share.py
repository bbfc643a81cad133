"""Share of a layer's FLOPs that goes into attention scores and their sum over values, which grow with the length.

Source: Kaplan et al. 2020, table 1 (full attention in place of their causal mean); Vaswani et al. 2017, table 1.
"""

import random
from collections.abc import Mapping
from typing import Any

from quiz.bank.amount import Amount
from quiz.bank.generators._draw import Draw

SHAPES = ((4096, 11008, 3), (5120, 13824, 3), (768, 3072, 2), (1600, 6400, 2), (12288, 49152, 2))
"""Width, FFN width and FFN matrices of LLaMA-7B and 13B, GPT-2 small and XL, GPT-3."""
FORMULA = r"$$\frac{4 n d}{4 n d + 2\,(4 d^2 + m\,d f)}$$"


def draw(rng: random.Random) -> Draw:
    """A shape with as many key-value heads as query heads, and 1,024 to 65,536 tokens."""
    d, ffn, matrices = rng.choice(SHAPES)
    tokens = rng.choice((1024, 2048, 4096, 8192, 16384, 32768, 65536))
    return worked({"d": d, "ffn": ffn, "matrices": matrices, "tokens": tokens})


def worked(params: Mapping[str, Any]) -> Draw:
    """4 n d / (4 n d + 2 (4 d^2 + m d f)) for each token."""
    d, ffn, matrices, n = (params[name] for name in ("d", "ffn", "matrices", "tokens"))
    scores, linear = 4 * n * d, 2 * (4 * d * d + matrices * d * ffn)
    answer = Amount(100 * scores / (scores + linear), "%", "0.5")
    question = (
        f"A Transformer layer has width {d:,} (multi-head attention, no grouped heads) and an FFN of {matrices} "
        f"matrices {d:,} × {ffn:,}. A sequence of {n:,} tokens passes through it, every token attending to all. What "
        "share of the layer's matrix FLOPs goes into $QK^\\top$ and the weighted sum of values, in %?"
    )
    working = (
        f"{FORMULA}\n\nA token: scores 2 × {n:,} × {d:,} and the sum over values as many: {scores:,}. Weights: 2 × "
        f"(4 × {d:,}² + {matrices} × {d:,} × {ffn:,}) = {linear:,}. {scores:,} / {scores + linear:,} = **{answer}**"
    )
    return Draw(dict(params), question, (answer,), working)
