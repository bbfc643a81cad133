"""ALiBi gives each head a reach of its own: with equal keys, 95 % of the weight is on the last 6, 12, 24 ... 766.

Topic: positions
Source: Press et al. 2022 (ALiBi), §3 (slopes 1/2 to 1/256 for eight heads)

A penalty of slope x distance is added to the scores. Where all keys score alike, the weights are a geometric series,
e^-slope from token to token, and the last ln 20 / slope tokens hold 95 % of it. The slopes halve from head to head, so
the reach doubles. The weights come from the attention of the last of 2,048 tokens, not from the series. A constant
added to a row changes nothing, so a bonus that grows with the position of the key alone would do the same.
"""

from collections.abc import Callable
from math import log
from typing import Annotated

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Bars, Cost, Demo, Found, Lines, Measurement, Parameter, mutant
from quiz.proofs.numerics import Array, alibi_slopes, attention_weights, largest, softmax

HEADS = 8


def measure(
    rng: Generator,
    *,
    n: Annotated[int, Parameter(2048, 16_384, "tokens")] = 2048,
    slopes: Callable[[int], Array] = alibi_slopes,
    sign: float = -1.0,
) -> Found:
    distance = np.arange(n - 1, -1, -1, dtype=float)  # of each key to the last query
    q, K = rng.normal(size=(1, 16)), np.tile(rng.normal(size=16), (n, 1))  # equal keys

    def weights(slope: float) -> Array:
        """Of the newest token first: (n,)."""
        return attention_weights(q, K, bias=sign * slope * distance[None])[0, ::-1]

    P = np.stack([weights(slope) for slope in slopes(HEADS)])
    reach = [int(np.searchsorted(np.cumsum(p), 0.95)) + 1 for p in P]
    doubled = largest(np.divide(reach[1:], reach[:-1]) - 2)
    by_series = [int(np.ceil(log(20) / slope)) for slope in slopes(HEADS)]
    by_key = softmax(slopes(HEADS)[0] * np.arange(n))[::-1]  # what falls with distance grows with the key's position
    shown = list(range(25))
    return Found(
        [
            Measurement("reach of the first head", reach[0], "=", 6, "ln 20 / (1/2) = 5.99", "tokens"),
            Measurement("reach of the last head", reach[-1], "between", (764, 768), "256 ln 20 = 767", "tokens"),
            Measurement("reach against ln 20 / slope", largest(np.subtract(reach, by_series)), "<", 2, "cut off at n"),
            Measurement("reach / that of the head before, from 2 by", doubled, "<", 0.05, "slopes halve"),
            Measurement("first head: weight of the own token", P[0, 0], "between", (0.393, 0.394), "1 - e^-1/2"),
            Measurement("distance against the key's position", largest(P[0] - by_key), "<", 1e-12, "a row's constant"),
        ],
        [
            Bars("Recent tokens that hold 95 %", [(f"head {i + 1}", r) for i, r in enumerate(reach)], "tokens"),
            Lines("First head: weight by distance", {"weight": (shown, P[0, :25].tolist())}, "tokens back"),
        ],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("one-slope", "all heads have the steepest slope", slopes=lambda h: np.full(h, 0.5)),
        mutant("evenly-spaced", "slopes 1/2 to 1/256 in equal steps", slopes=lambda h: np.linspace(1 / 2, 1 / 256, h)),
        mutant("sixteen", "the first eight of sixteen slopes", slopes=lambda h: alibi_slopes(2 * h)[:h]),
        mutant("bonus", "the distance is added, not taken off: the oldest token wins", sign=1.0),
    ],
    learnt="Half of the heads are all but blind beyond a hundred tokens, whatever the length of the text.",
    not_shown="Keys that differ: a score higher by the penalty makes up for any distance. Nor that models extrapolate.",
    cost=lambda n: Cost(bytes=8 * 40 * n, seconds=1e-3 + 4e-7 * n),
)
