"""pass@k by its unbiased estimate, from n samples of which c pass.

Source: Chen et al. 2021 (Codex), §2.1, equation 1.
"""

import random
from collections.abc import Mapping
from math import comb
from typing import Any

from quiz.bank.amount import Amount
from quiz.bank.generators._draw import Draw, unlike

FORMULA = r"$$1 - \frac{\binom{n-c}{k}}{\binom{n}{k}}$$"


def draw(rng: random.Random) -> Draw:
    """10 to 100 samples of which a few pass, k of 1 to 5; neither 0 nor 1 to two places."""
    return worked(
        unlike(
            lambda: {
                "samples": rng.choice((10, 20, 20, 50, 100)),
                "passed": rng.choice((1, 2, 3, 4, 5, 8, 10)),
                "k": rng.choice((1, 2, 2, 3, 5)),
            },
            lambda p: p["passed"] >= p["samples"] - p["k"] or not 0.01 <= _estimate(p) <= 0.99,
        )
    )


def _estimate(p: Mapping[str, Any]) -> float:
    return 1 - comb(p["samples"] - p["passed"], p["k"]) / comb(p["samples"], p["k"])


def worked(params: Mapping[str, Any]) -> Draw:
    """1 - C(n - c, k) / C(n, k)."""
    n, c, k = params["samples"], params["passed"], params["k"]
    answer = Amount(_estimate(params), "", "0.005")
    question = (
        f"Of {n} programs that were sampled for a task {c} pass its tests. What is the unbiased estimate of pass@{k}?"
    )
    plug_in = f"The plug-in 1 - (1 - {c / n:g})^{k} would give {1 - (1 - c / n) ** k:.4g}."
    factors = " × ".join(f"{n - c - i}/{n - i}" for i in range(k))
    fail = f"{k} drawn without replacement all fail is {factors} = {comb(n - c, k):,}/{comb(n, k):,}"
    working = (
        f"{FORMULA}\n\nThe chance that {f'one fails is {factors}' if k == 1 else fail}; 1 less that is **{answer}**. "
        f"{'At k = 1 it is the plain share.' if k == 1 else plug_in}"
    )
    return Draw(dict(params), question, (answer,), working)
