"""How often a majority of independent answers is right.

Source: Condorcet 1785 (the jury theorem); Wang et al. 2023 (self-consistency), §2, votes over sampled answers.
"""

import random
from collections.abc import Mapping
from math import comb, fsum
from typing import Any

from quiz.bank.amount import Amount
from quiz.bank.generators._draw import Draw
from quiz.bank.quantity import figure

FORMULA = r"$$\sum_{k > n/2} \binom{n}{k}\, p^k (1-p)^{n-k}$$"


def draw(rng: random.Random) -> Draw:
    """3, 5 or 7 votes, each right with 30 to 90 %, but not 50."""
    return worked({"percent": rng.choice((30, 40, 55, 60, 65, 70, 75, 80, 90)), "votes": rng.choice((3, 3, 5, 5, 7))})


def worked(params: Mapping[str, Any]) -> Draw:
    """The upper half of the binomial distribution."""
    p, n = params["percent"] / 100, params["votes"]
    terms = [(k, comb(n, k), comb(n, k) * p**k * (1 - p) ** (n - k)) for k in range(n // 2 + 1, n + 1)]
    answer = Amount(fsum(term for _, _, term in terms), "", "0.005")
    question = (
        f"A model is sampled {n} times on a yes-or-no question and the majority counts. Each sample is right with "
        f"probability {p:g}, independently of the others. How likely is the majority to be right?"
    )
    sums = " + ".join(f"{ways} × {p:g}^{k} × {1 - p:g}^{n - k}" for k, ways, _ in terms[:-1]) + f" + {p:g}^{n}"
    verdict = "better" if p > 0.5 else "worse"
    working = (
        f"{FORMULA}\n\n{sums} = {' + '.join(figure(term) for _, _, term in terms)} = **{answer}**: {verdict} than one "
        "sample alone"
    )
    return Draw(dict(params), question, (answer,), working)
