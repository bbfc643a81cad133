"""Cost of calls to a model that is paid by the token.

Source: arithmetic; prices per million tokens are of the size that providers asked from 2024 to 2026.
"""

import random
from collections.abc import Mapping
from typing import Any

from quiz.bank.amount import Amount
from quiz.bank.generators._draw import Draw, billions
from quiz.bank.quantity import printed

PRICES = ((0.15, 0.6), (0.5, 1.5), (1.0, 4.0), (2.5, 10.0), (3.0, 15.0), (5.0, 25.0))
"""Dollars per million tokens read and written."""
FORMULA = r"$$\text{calls} \cdot \frac{n_{in}\,c_{in} + n_{out}\,c_{out}}{10^6}$$"


def draw(rng: random.Random) -> Draw:
    """500 to 20,000 tokens in, 50 to 2,000 out, ten thousand to ten million calls."""
    price_in, price_out = rng.choice(PRICES)
    return worked(
        {
            "tokens_in": rng.choice((500, 1000, 2000, 4000, 8000, 20000)),
            "tokens_out": rng.choice((50, 100, 200, 500, 1000, 2000)),
            "calls": rng.choice((10**4, 10**5, 10**6, 10**7)),
            "price_in": price_in,
            "price_out": price_out,
        }
    )


def worked(params: Mapping[str, Any]) -> Draw:
    """Calls x (tokens in x price + tokens out x price) / 10^6."""
    p = params
    read = p["calls"] * p["tokens_in"] * p["price_in"] / 1e6
    written = p["calls"] * p["tokens_out"] * p["price_out"] / 1e6
    answer = Amount(read + written, "$")
    question = (
        f"A service makes {p['calls']:,} calls to a model, each with {p['tokens_in']:,} tokens in and "
        f"{p['tokens_out']:,} tokens out. A million tokens cost {printed(p['price_in'], '$')} in and "
        f"{printed(p['price_out'], '$')} out (no cache, no discount). What do the calls cost, in dollars?"
    )
    working = (
        f"{FORMULA}\n\nIn: {billions(p['calls'] * p['tokens_in'])} tokens, {printed(read, '$', 9)}. Out: "
        f"{billions(p['calls'] * p['tokens_out'])} tokens, {printed(written, '$', 9)}. Together **{answer}**"
    )
    return Draw(dict(params), question, (answer,), working)
