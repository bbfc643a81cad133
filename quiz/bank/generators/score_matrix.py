"""Size of the attention scores of one layer when they are written out in full.

Source: Dao et al. 2022 (FlashAttention), §2.2, which never writes them.
"""

import random
from collections.abc import Mapping
from typing import Any

from quiz.bank.amount import Amount
from quiz.bank.generators._draw import Draw
from quiz.bank.quantity import figure

FORMULA = r"$$h \cdot n^2 \cdot b$$"


def draw(rng: random.Random) -> Draw:
    """8,192 to 131,072 tokens, 12 to 96 heads, 16 or 32 bits."""
    tokens = rng.choice((8192, 16384, 32768, 65536, 131072))
    return worked({"tokens": tokens, "heads": rng.choice((12, 16, 32, 64, 96)), "bytes": rng.choice((2, 2, 4))})


def worked(params: Mapping[str, Any]) -> Draw:
    """Heads x tokens squared x bytes."""
    tokens, heads, each = params["tokens"], params["heads"], params["bytes"]
    size = heads * tokens**2 * each
    answer = Amount(size / 2**30, "GiB")
    question = (
        f"A naive implementation writes out the scores $QK^\\top$ of all {heads} heads of one layer, for one "
        f"sequence of {tokens:,} tokens, in {8 * each} bits. How much memory is that, in GiB ($2^{{30}}$ bytes), the "
        "masked half included?"
    )
    working = (
        f"{FORMULA}\n\n{heads} heads × {tokens:,}² × {each} bytes = {size:,} bytes = **{answer}** "
        f"({figure(size / 1e9)} GB)"
    )
    return Draw(dict(params), question, (answer,), working)
