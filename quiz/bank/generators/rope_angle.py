"""Angle by which RoPE turns one pair of dimensions at one position.

Source: Su et al. 2021 (RoFormer), §3.2.2, equation 15; the larger base is Llama 3's.
"""

import random
from collections.abc import Mapping
from typing import Any

from quiz.bank.amount import Amount
from quiz.bank.generators._draw import Draw
from quiz.bank.quantity import figure

FORMULA = r"$$m \cdot b^{-2i/d}$$"


def draw(rng: random.Random) -> Draw:
    """A head of 64, 96 or 128 dimensions, a pair at a quarter, a half or three quarters of them, a position to "
    "8,000."""
    d = rng.choice((64, 96, 128))
    return worked(
        {
            "d": d,
            "pair": rng.choice((0, 1, 2, 3)) * d // 8,
            "position": rng.choice((3, 10, 50, 120, 500, 1000, 2000, 4096, 8000)),
            "base": rng.choice((10_000, 10_000, 10_000, 500_000)),
        }
    )


def worked(params: Mapping[str, Any]) -> Draw:
    """Position x base^(-2 i / d), in radians, whole turns not taken off."""
    d, pair, position, base = (params[name] for name in ("d", "pair", "position", "base"))
    frequency = base ** (-2 * pair / d)
    answer = Amount(position * frequency, "rad")
    question = (
        f"RoPE with base {base:,} on heads of {d} dimensions: by what angle is pair {pair} (counted from 0) turned at "
        f"position {position:,}, in radians and without taking off whole turns?"
    )
    working = (
        f"{FORMULA}\n\nFrequency: {base:,} to the power -2 × {pair}/{d} = {-2 * pair / d:g}, which is "
        f"{figure(frequency)} rad a token. × {position:,} = **{answer}**"
    )
    return Draw(dict(params), question, (answer,), working)
