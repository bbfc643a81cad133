"""What top-p (nucleus) sampling keeps of a distribution, and what the first token's probability becomes.

Source: Holtzman et al. 2020, §3.1. Probabilities are whole per mille: sums such as 0.4 + 0.2 are not exact in binary.
"""

import random
from collections.abc import Mapping
from itertools import accumulate
from typing import Any

from quiz.bank.amount import Amount
from quiz.bank.generators._draw import Draw, many, shares, unlike

FORMULA = r"$$\min k : p_1 + \dots + p_k \ge p$$"


def draw(rng: random.Random) -> Draw:
    """Five or six tokens and a p that no sum meets exactly; the last one kept is likelier than the first one "
    "dropped."""

    def pick() -> dict[str, Any]:
        p = rng.choice((500, 600, 700, 750, 800, 850, 900, 950))
        return {"per_mille": shares(rng, rng.choice((5, 6)), 10), "p_per_mille": p}

    def refused(params: dict[str, Any]) -> bool:
        tokens, sums = params["per_mille"], list(accumulate(params["per_mille"]))
        kept = _kept(params)
        tied = params["p_per_mille"] in sums or kept == len(tokens) or tokens[kept - 1] == tokens[kept]
        return tied or max(tokens) > 700

    return worked(unlike(pick, refused))


def _kept(params: Mapping[str, Any]) -> int:
    return 1 + sum(1 for total in accumulate(params["per_mille"]) if total < params["p_per_mille"])


def worked(params: Mapping[str, Any]) -> Draw:
    """The fewest likeliest tokens whose sum reaches p, divided by that sum."""
    tokens, p, kept = params["per_mille"], params["p_per_mille"], _kept(params)
    total = sum(tokens[:kept])
    answer = (
        Amount(kept, "tokens", "exact", "kept"),
        Amount(tokens[0] / total, "", "0.005", "probability of the likeliest, afterwards"),
    )
    question = (
        f"The next token has the probabilities {', '.join(f'{t / 1000:g}' for t in tokens)}. How many tokens does "
        f"top-p with p = {p / 1000:g} keep (the fewest whose sum is at least p), and what is the probability of the "
        "likeliest after they are renormalised?"
    )
    sums = ", ".join(f"{total / 1000:g}" for total in accumulate(tokens[:kept]))
    working = (
        f"{FORMULA}\n\nSums: {sums}, which reaches {p / 1000:g} after **{many(kept, 'token')}**. Divided by "
        f"{total / 1000:g}: **{', '.join(f'{t / total:.3f}' for t in tokens[:kept])}**"
    )
    return Draw(dict(params), question, answer, working)
