"""Weights of a LLaMA: SwiGLU, RMSNorm, grouped heads, no biases, untied embeddings.

Source: Touvron et al. 2023 (LLaMA), §2.2 and table 2; grouped heads: Grattafiori et al. 2024 (Llama 3), table 3.
"""

import random
from collections.abc import Mapping
from typing import Any

from quiz.bank.amount import Amount
from quiz.bank.generators._draw import Draw

SHAPES = ((4096, 32, 32, 11008), (5120, 40, 40, 13824), (4096, 32, 8, 14336), (8192, 80, 8, 28672))
"""Width, layers, key-value heads, FFN width of LLaMA-7B, LLaMA-13B, Llama-3-8B and 70B."""
FORMULA = r"$$2 V d + L\,(2 d^2 + 2 d \cdot h_{kv} d_{head} + 3 d f + 2 d) + d$$"


def draw(rng: random.Random) -> Draw:
    """One of four shapes, with the heads grouped or not, and one of three vocabularies."""
    d, layers, kv_heads, ffn = rng.choice(SHAPES)
    return worked(
        {
            "d": d,
            "layers": layers,
            "head_size": 128,
            "kv_heads": rng.choice((kv_heads, kv_heads, d // 128, 8)),
            "ffn": ffn,
            "vocabulary": rng.choice((32000, 64000, 128256)),
        }
    )


def worked(params: Mapping[str, Any]) -> Draw:
    """2 V d + L (2 d^2 + 2 d h_kv d_head + 3 d f + 2 d) + d."""
    d, layers, ffn, vocabulary = (params[name] for name in ("d", "layers", "ffn", "vocabulary"))
    kv = params["kv_heads"] * params["head_size"]
    attention, feed = 2 * d * d + 2 * d * kv, 3 * d * ffn
    total = 2 * vocabulary * d + layers * (attention + feed + 2 * d) + d
    answer = Amount(total, "parameters")
    question = (
        f"A model built like LLaMA has width {d:,}, {layers} layers, {d // params['head_size']} query heads and "
        f"{params['kv_heads']} key-value heads of size {params['head_size']}, a SwiGLU of inner width {ffn:,} and "
        f"{vocabulary:,} tokens in its vocabulary. No biases; input and output embeddings are separate. How many "
        "parameters has it?"
    )
    working = (
        f"{FORMULA}\n\nAttention ($W_Q$ and $W_O$, then $W_K$ and $W_V$): 2 × {d:,}² + 2 × {d:,} × {kv:,} = "
        f"{attention:,}. SwiGLU: 3 × {d:,} × {ffn:,} = {feed:,}. With two norms a layer has "
        f"{attention + feed + 2 * d:,}; times {layers}, plus 2 × {vocabulary:,} × {d:,} = {2 * vocabulary * d:,} for "
        f"the tables and {d:,} for the last norm: **{answer}**"
    )
    return Draw(dict(params), question, (answer,), working)
