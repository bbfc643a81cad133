"""Bits per byte from the perplexity per token and the bytes of a token.

Source: Gao et al. 2020 (The Pile), §3.1; Shannon 1951 for entropy per letter.
"""

import random
from collections.abc import Mapping
from math import log2
from typing import Any

from quiz.bank.amount import Amount
from quiz.bank.generators._draw import Draw
from quiz.bank.quantity import figure

FORMULA = r"$$\text{BPB} = \frac{\log_2 \text{PPL}}{\text{bytes per token}}$$"


def draw(rng: random.Random) -> Draw:
    """A perplexity of 4 to 64 and 2 to 5 bytes a token."""
    return worked(
        {
            "perplexity": rng.choice((4, 6, 8, 10, 12, 16, 20, 32, 64)),
            "bytes": rng.choice((2.0, 2.5, 3.0, 4.0, 4.5, 5.0)),
        }
    )


def worked(params: Mapping[str, Any]) -> Draw:
    """log2(perplexity) / bytes per token."""
    perplexity, size = params["perplexity"], params["bytes"]
    answer = Amount(log2(perplexity) / size, "bits/byte")
    question = (
        f"A language model has a perplexity of {perplexity} per token on a text whose tokens have {size:g} bytes on "
        "average. How many bits per byte is that?"
    )
    working = (
        f"{FORMULA}\n\n$\\log_2$ {perplexity} = {figure(log2(perplexity))} bits a token, / {size:g} bytes = "
        f"**{answer}**. Unlike perplexity, this can be compared between tokenizers."
    )
    return Draw(dict(params), question, (answer,), working)
