"""Days that a training run takes on a cluster.

Source: Chowdhery et al. 2022 (PaLM), §4.1, for model FLOPs utilisation; Kaplan et al. 2020, §2.1, for 6 N D.
"""

import random
from collections.abc import Mapping
from typing import Any

from quiz.bank.amount import Amount
from quiz.bank.generators._draw import Draw, billions, unlike
from quiz.bank.quantity import figure, scientific

FORMULA = r"$$t = \frac{6 N D}{\text{GPUs} \cdot \text{peak} \cdot \text{MFU}}$$"


def draw(rng: random.Random) -> Draw:
    """A model, a corpus and a cluster of A100s (312 TFLOP/s) or H100s (989), for two days to two years."""
    return worked(
        unlike(
            lambda: {
                "parameters": rng.choice((1_300, 7_000, 8_000, 13_000, 30_000, 70_000, 175_000)) * 10**6,
                "tokens": rng.choice((300, 500, 1_000, 1_400, 2_000, 15_000)) * 10**9,
                "gpus": rng.choice((64, 128, 256, 512, 1024, 2048, 8192)),
                "teraflops": rng.choice((312, 989)),
                "mfu_percent": rng.choice((30, 35, 40, 45, 50, 55)),
            },
            lambda p: not 2 <= _days(p) <= 730,
        )
    )


def _days(p: Mapping[str, Any]) -> float:
    rate = p["gpus"] * p["teraflops"] * 1e12 * p["mfu_percent"] / 100
    return float(6.0 * p["parameters"] * p["tokens"] / rate / 86400)


def worked(params: Mapping[str, Any]) -> Draw:
    """6 N D / (GPUs x peak x MFU), in days of 86,400 seconds."""
    p = params
    flops, rate = 6.0 * p["parameters"] * p["tokens"], p["gpus"] * p["teraflops"] * 1e12 * p["mfu_percent"] / 100
    answer = Amount(_days(p), "days")
    question = (
        f"A dense model of {billions(p['parameters'])} parameters is trained on {billions(p['tokens'])} tokens with "
        f"{p['gpus']:,} GPUs of {p['teraflops']} TFLOP/s peak, at a model FLOPs utilisation of {p['mfu_percent']} %. "
        "How many days does it take (6 N D, no restarts)?"
    )
    working = (
        f"{FORMULA}\n\n{scientific(flops)} FLOPs / ({p['gpus']:,} × {p['teraflops']}e12 × {p['mfu_percent'] / 100:g} = "
        f"{figure(rate)} FLOP/s) = {figure(flops / rate)} s; divided by 86,400: **{answer}**"
    )
    return Draw(dict(params), question, (answer,), working)
