"""How many tokens min-p keeps: those at least so many times as likely as the likeliest.

Source: Nguyen et al. 2024 (min-p sampling), §3. Probabilities are whole per mille, so that no boundary is rounded.
"""

import random
from collections.abc import Mapping
from typing import Any

from quiz.bank.amount import Amount
from quiz.bank.generators._draw import Draw, shares, unlike

FORMULA = r"$$p_i \ge p_{min} \cdot \max_j p_j$$"


def draw(rng: random.Random) -> Draw:
    """Six tokens, some of which stay and some of which go, none of them at the threshold."""

    def pick() -> dict[str, Any]:
        return {"per_mille": shares(rng, 6, 10), "min_percent": rng.choice((5, 10, 15, 20, 25, 30))}

    def refused(params: dict[str, Any]) -> bool:
        tokens, threshold = params["per_mille"], params["min_percent"] * max(params["per_mille"])
        return any(100 * token == threshold for token in tokens) or _kept(params) == len(tokens)

    return worked(unlike(pick, refused))


def _kept(params: Mapping[str, Any]) -> int:
    tokens = params["per_mille"]
    return sum(100 * token >= params["min_percent"] * max(tokens) for token in tokens)


def worked(params: Mapping[str, Any]) -> Draw:
    """The tokens whose probability is at least min-p times the largest."""
    tokens, share = params["per_mille"], params["min_percent"] / 100
    answer = Amount(_kept(params), "tokens", "exact")
    question = (
        f"The next token has the probabilities {', '.join(f'{t / 1000:g}' for t in tokens)}. How many tokens does "
        f"min-p with {share:g} keep?"
    )
    working = (
        f"{FORMULA}\n\nThreshold: {share:g} × {max(tokens) / 1000:g} = {share * max(tokens) / 1000:.4g}. At or above "
        f"it: {', '.join(f'{t / 1000:g}' for t in tokens[: _kept(params)])}, so **{answer}**"
    )
    return Draw(dict(params), question, (answer,), working)
