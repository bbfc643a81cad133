"""Size of the key-value cache of a decoder, with or without grouped heads.

Source: Shazeer 2019 (multi-query attention), §2.4.1; grouped heads: Ainslie et al. 2023, §2.2.
"""

import random
from collections.abc import Mapping
from typing import Any

from quiz.bank.amount import Amount
from quiz.bank.generators._draw import Draw, many
from quiz.bank.quantity import figure

MODELS = ((32, 32, 128), (32, 8, 128), (40, 40, 128), (80, 8, 128), (126, 8, 128), (96, 96, 128), (28, 16, 256))
"""Layers, key-value heads and head size of LLaMA-7B, Llama-3-8B, LLaMA-13B, Llama-3-70B and 405B, GPT-3, GPT-J."""
PRECISION = {1: "8 bits (1 byte)", 2: "16 bits (2 bytes)"}
FORMULA = r"$$2 \cdot L \cdot h_{kv} \cdot d_{head} \cdot n \cdot B \cdot b$$"


def draw(rng: random.Random) -> Draw:
    """A model, 1,024 to 32,768 tokens, 1 to 32 sequences, 16 or 8 bits."""
    layers, kv_heads, head_size = rng.choice(MODELS)
    return worked(
        {
            "layers": layers,
            "kv_heads": kv_heads,
            "head_size": head_size,
            "tokens": rng.choice((1024, 2048, 4096, 8192, 16384, 32768)),
            "batch": rng.choice((1, 2, 4, 8, 16, 32)),
            "bytes": rng.choice((1, 2, 2)),
        }
    )


def worked(params: Mapping[str, Any]) -> Draw:
    """Bytes = 2 x layers x key-value heads x head size x tokens x sequences x bytes per number."""
    p = params
    size = 2 * p["layers"] * p["kv_heads"] * p["head_size"] * p["tokens"] * p["batch"] * p["bytes"]
    answer = Amount(size / 2**30, "GiB")
    question = (
        f"A decoder has {p['layers']} layers and {p['kv_heads']} key-value heads of size {p['head_size']}. Each key "
        f"and value component takes {PRECISION[p['bytes']]}. How large is the KV cache of "
        f"{many(p['batch'], 'sequence')} of {p['tokens']:,} tokens, in GiB ($2^{{30}}$ bytes)?"
    )
    working = (
        f"{FORMULA}\n\n2 (keys and values) × {p['layers']} layers × {p['kv_heads']} heads × {p['head_size']} × "
        f"{p['tokens']:,} tokens × {p['batch']} × {p['bytes']} = {size:,} bytes = **{answer}** ({figure(size / 1e9)} "
        "GB)"
    )
    return Draw(dict(p), question, (answer,), working)
