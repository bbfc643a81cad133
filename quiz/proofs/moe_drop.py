"""Even a perfectly uniform router drops 13 % of 64 tokens at capacity factor 1: chance fills some experts too full.

Topic: moe
Source: Fedus et al. 2022 (Switch Transformers), §2.2, for capacity and dropping; the sum is a binomial one
Refutes: "A balanced router drops nothing": balanced on average is not balanced in a batch

Each token goes to one of eight experts, all equally likely. An expert has room for factor x tokens / 8; what comes
beyond is dropped and passes by on the residual path. How many an expert is sent is binomial, so the share that finds
no room follows exactly; it is compared with drawn batches. More tokens or more room help, and dealing the tokens out in
turn drops none: it is the scatter that costs, not an uneven mean.
"""

from collections.abc import Callable
from math import ceil, comb, floor
from typing import Annotated

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, Parameter, mutant

E = 8
Route = Callable[[Generator, int, int], NDArray[np.int64]]


def uniform(rng: Generator, batches: int, tokens: int) -> NDArray[np.int64]:
    """How many tokens each expert is sent: (batches, E)."""
    return rng.multinomial(tokens, [1 / E] * E, size=batches)


def in_turn(rng: Generator, batches: int, tokens: int) -> NDArray[np.int64]:
    return np.tile([len(range(e, tokens, E)) for e in range(E)], (batches, 1))


def skewed(rng: Generator, batches: int, tokens: int) -> NDArray[np.int64]:
    """One expert gets twice the share of each other."""
    return rng.multinomial(tokens, np.array([2] + [1] * (E - 1)) / (E + 1), size=batches)


def room(factor: float, tokens: int) -> int:
    """Tokens an expert takes, rounded up: a fraction of a place is a place."""
    return ceil(factor * tokens / E)


def expected(factor: float, tokens: int, room: Callable[[float, int], int]) -> float:
    """Share of tokens beyond the room, in %: E sum over k of P(an expert is sent k) (k - room), over all tokens."""
    places = room(factor, tokens)
    beyond = (
        comb(tokens, k) * (E - 1) ** (tokens - k) * (k - places) / E**tokens for k in range(places + 1, tokens + 1)
    )
    return float(100 * E * sum(beyond) / tokens)


def measure(
    rng: Generator,
    *,
    batches: Annotated[int, Parameter(1000, 20000)] = 2000,
    route: Route = uniform,
    room: Callable[[float, int], int] = room,
) -> Found:
    exact = {(f, n): expected(f, n, room) for f in (1.0, 1.25) for n in (64, 512)}

    def drawn(factor: float, tokens: int) -> float:
        sent = route(rng, batches, tokens)
        return 100 * float(np.maximum(sent - room(factor, tokens), 0).sum()) / (batches * tokens)

    off = max(abs(drawn(f, n) - share) for (f, n), share in exact.items())
    full, doubled = drawn(1.0, 64), expected(2.0, 64, room)
    factors = [1.0, 1.25, 1.5, 1.75, 2.0]
    return Found(
        [
            Measurement("dropped of 64, factor 1, drawn", full, "between", (12.5, 13.7), "13.1 +- 0.1 by chance", "%"),
            Measurement("dropped of 64, factor 1", exact[1.0, 64], "between", (13.05, 13.15), "binomial, exact", "%"),
            Measurement("dropped of 512, factor 1", exact[1.0, 512], "between", (4.6, 4.8), "less scatter", "%"),
            Measurement("dropped of 64, factor 1.25", exact[1.25, 64], "between", (4.4, 4.6), "room for 10", "%"),
            Measurement("dropped of 512, factor 1.25", exact[1.25, 512], "between", (0.07, 0.09), "room for 80", "%"),
            Measurement("dropped of 64, factor 2", doubled, "<", 0.1, "room for 16, half of it empty", "%"),
            Measurement("largest |drawn - exact|", off, "<", 0.6, "0.1 by chance, 0.24 at most in 50 draws", "%"),
        ],
        [
            Lines(
                "Dropped tokens (%)",
                {f"{n} tokens": (factors, [expected(f, n, room) for f in factors]) for n in (64, 256, 512)},
                "capacity factor", "%",
            )
        ],
    )  # fmt: skip


DEMO = Demo(
    measure,
    mutants=[
        mutant("in-turn", "tokens dealt out in turn: nothing is ever dropped", route=in_turn),
        mutant("skewed", "one expert twice as likely as each other", route=skewed),
        mutant("all-in-one", "the room is counted for all experts together", room=lambda f, n: floor(f * n)),
    ],
    learnt="Balance on average leaves scatter in the batch: capacity beyond 1 and large batches absorb it.",
    not_shown="Trained routers, which are less even, and what a dropped token costs in quality.",
    cost=lambda batches: Cost(bytes=3e5 + 8 * 4 * E * batches, seconds=0.02 + 6e-6 * batches),
)
