"""Top-p 0.9 keeps 603 tokens beside one of 0.749 when the tail is flat; min-p 0.1 keeps that one alone.

Topic: sampling
Source: Holtzman et al. 2020, §3.1 (nucleus); Nguyen et al. 2024 (min-p)
Refutes: "Top-p cuts the tail off": it keeps mass, and a flat tail of 1,000 tokens has enough of it to stay

One token has probability 0.749, and 1,000 tokens share the rest equally. Top-p keeps the smallest set of the likeliest
tokens with a mass of at least p; to get from 0.749 to 0.9 it takes 602 of the tail. Min-p keeps what has at least a
tenth of the likeliest token's probability, here 0.0749. Where all 1,000 tokens are equal, min-p rightly keeps all. The
likely token stands last in the vocabulary, so that a filter that does not sort shows itself.
"""

from collections.abc import Callable
from typing import Annotated

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, Parameter, mutant
from quiz.proofs.numerics import Array

TAIL = 1000
Keep = Callable[[Array, float], NDArray[np.bool_]]


def top_p(p: Array, mass: float) -> NDArray[np.bool_]:
    """Flags of the smallest set of likeliest tokens with at least `mass`, p: (V,) -> (V,)."""
    order = np.argsort(-p, kind="stable")
    before = np.cumsum(p[order]) - p[order]
    kept = np.zeros(len(p), bool)
    kept[order[before < mass]] = True  # the token that crosses belongs to it
    return kept


def below_mass(p: Array, mass: float) -> NDArray[np.bool_]:
    order = np.argsort(-p, kind="stable")
    kept = np.zeros(len(p), bool)
    kept[order[np.cumsum(p[order]) <= mass]] = True
    return kept


def unsorted(p: Array, mass: float) -> NDArray[np.bool_]:
    return np.cumsum(p) - p < mass


def min_p(p: Array, share: float) -> NDArray[np.bool_]:
    kept: NDArray[np.bool_] = p >= share * p.max()
    return kept


def fixed_floor(p: Array, share: float) -> NDArray[np.bool_]:
    return p >= share


def peaked(peak: float) -> Array:
    return np.append(np.full(TAIL, (1 - peak) / TAIL), peak)


def measure(
    rng: Generator,
    *,
    peak: Annotated[tuple[float, ...], Parameter(0.01, 0.99)] = (0.05, 0.2, 0.4, 0.6, 0.749, 0.85, 0.95),
    by_mass: Keep = top_p,
    by_share: Keep = min_p,
) -> Found:
    p, flat = peaked(0.749), np.full(TAIL, 1 / TAIL)
    nucleus = by_mass(p, 0.9)
    mass = float(p[nucleus].sum())
    tail = 100 * float(p[:-1][nucleus[:-1]].sum()) / mass
    short = mass - p[nucleus].min()
    kept, alone, all_equal = int(nucleus.sum()), int(by_share(p, 0.1).sum()), int(by_share(flat, 0.1).sum())
    curves = {
        "top-p 0.9": (peak, [int(by_mass(peaked(x), 0.9).sum()) for x in peak]),
        "min-p 0.1": (peak, [int(by_share(peaked(x), 0.1).sum()) for x in peak]),
    }
    return Found(
        [
            Measurement("kept by top-p 0.9", kept, "=", 603, "0.749 + 602 x 0.000251 = 0.9001", "tokens"),
            Measurement("their mass - 0.9", mass - 0.9, ">=", 0.0, "at least p: the token that crosses is in"),
            Measurement("the same without the least likely", short - 0.9, "<", 0.0, "no smaller set would do"),
            Measurement("chance of a tail token after top-p", tail, "between", (16.7, 16.9), "25.1 before it", "%"),
            Measurement("kept by min-p 0.1", alone, "=", 1, "the floor is 0.0749, the tail at 0.000251", "tokens"),
            Measurement(
                "kept by min-p of 1,000 equal tokens", all_equal, "=", 1000, "a floor of 0.1 keeps 0", "tokens"
            ),
        ],
        [Lines("Tokens kept of 1,001, tail flat", curves, "peak", "tokens")],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("below-p", "stops before the token that crosses p", by_mass=below_mass),
        mutant("unsorted", "adds up in the order of the vocabulary", by_mass=unsorted),
        mutant("fixed-floor", "min-p as a fixed probability instead of a share of the largest", by_share=fixed_floor),
        mutant("swapped", "a share of the largest where mass is meant", by_mass=min_p),
    ],
    learnt="Top-p keeps mass, min-p what compares with the best: beside a sure token a flat tail is kept or goes.",
    not_shown="Real distributions, whose tails are not flat; a temperature before or after the cut, which moves both.",
    cost=lambda peak: Cost(bytes=1e6, seconds=1e-3 + 4e-4 * len(peak)),
)
