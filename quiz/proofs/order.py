"""Top-p 0.9 keeps 815 tokens after a temperature of 2 and 473 before it, so the order of the two is a setting as well.

Topic: sampling
Source: Holtzman et al. 2020, §3.1 (nucleus) and §3.3 (temperature); neither says which comes first
Refutes: "The order of the filters does not matter": true of top-k, which looks at ranks, false of top-p

1,000 tokens in shuffled order have the logits -ln rank, as Zipf's law has it. With the temperature first, top-p adds up
probabilities that are already flat and needs more of them for the same mass. With top-p first, the set is chosen at
T = 1 and the temperature only spreads the mass within it. A temperature below 1 turns it round. The control puts top-k
in the place of top-p: both orders give the same distribution.
"""

from collections.abc import Callable
from typing import Annotated

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, Parameter, control, mutant
from quiz.proofs.numerics import Array, largest, softmax

V, MASS, RANKS = 1000, 0.9, 40
Keep = Callable[[Array], NDArray[np.bool_]]
Sampler = Callable[[Array, float, Keep], Array]


def top_p(p: Array) -> NDArray[np.bool_]:
    """Flags of the smallest set of likeliest tokens with a mass of at least 0.9, p: (V,) -> (V,)."""
    order = np.argsort(-p, kind="stable")
    kept = np.zeros(len(p), bool)
    kept[order[np.cumsum(p[order]) - p[order] < MASS]] = True
    return kept


def top_k(p: Array) -> NDArray[np.bool_]:
    kept = np.zeros(len(p), bool)
    kept[np.argsort(-p, kind="stable")[:RANKS]] = True
    return kept


def heat_first(z: Array, T: float, keep: Keep) -> Array:
    """The law that is sampled from when the filter sees softmax(z / T). z: (V,) -> (V,)."""
    return softmax(np.where(keep(softmax(z / T)), z / T, -np.inf))


def cut_first(z: Array, T: float, keep: Keep) -> Array:
    """The law that is sampled from when the filter sees softmax(z). z: (V,) -> (V,)."""
    return softmax(np.where(keep(softmax(z)), z / T, -np.inf))


def not_heated(z: Array, T: float, keep: Keep) -> Array:
    return softmax(np.where(keep(softmax(z / T)), z, -np.inf))


def zipf(rng: Generator) -> Array:
    z: Array = -np.log(rng.permutation(V) + 1.0)
    return z


def by_rank(rng: Generator) -> Found:
    z = zipf(rng)
    off = largest(heat_first(z, 2, top_k) - cut_first(z, 2, top_k))
    return Found([Measurement("top-k 40, the two orders apart", off, "<", 1e-12, "no temperature changes a rank")])


def measure(
    rng: Generator,
    *,
    T: Annotated[tuple[float, ...], Parameter(0.05, 20)] = (0.25, 0.5, 0.7, 1.0, 1.5, 2.0, 4.0),
    first: Sampler = heat_first,
    last: Sampler = cut_first,
) -> Found:
    z = zipf(rng)

    def kept(law: Sampler, t: float) -> int:
        return int((law(z, t, top_p) > 0).sum())

    hot, late, cold, same = kept(first, 2.0), kept(last, 2.0), kept(first, 0.5), kept(last, 0.5)
    rare = z < -np.log(100)
    tail_hot, tail_late = (100 * float(law(z, 2.0, top_p)[rare].sum()) for law in (first, last))
    neutral = largest(first(z, 1.0, top_p) - last(z, 1.0, top_p))
    curves = {"temperature first": (T, [kept(first, t) for t in T]), "top-p first": (T, [kept(last, t) for t in T])}
    return Found(
        [
            Measurement("kept at T = 2, temperature first", hot, "=", 815, "0.9 of a flattened mass", "tokens"),
            Measurement("kept at T = 2, top-p first", late, "=", 473, "as many as at T = 1", "tokens"),
            Measurement("kept at T = 0.5, temperature first", cold, "=", 6, "1/rank^2: 6 hold 0.9", "tokens"),
            Measurement("kept at T = 0.5, top-p first", same, "=", 473, "cut at T = 1, whatever follows", "tokens"),
            Measurement("rank > 100 at T = 2, temperature first", tail_hot, "between", (66, 67), "66.6", "%"),
            Measurement("rank > 100 at T = 2, top-p first", tail_late, "between", (55, 56.5), "55.8", "%"),
            Measurement("the two orders apart at T = 1", neutral, "<", 1e-12, "dividing by 1 does nothing"),
        ],
        [Lines("Tokens of 1,000 kept by top-p 0.9", curves, "T", "tokens")],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("order-ignored", "the temperature always comes first, wherever it is asked for", last=heat_first),
        mutant("swapped", "the two orders exchanged", first=cut_first, last=heat_first),
        mutant("heat-forgotten", "the filter sees the temperature, the draw does not", first=not_heated),
    ],
    controls=[control("top-k", "the same with top-k 40, which looks at ranks alone", by_rank)],
    learnt="Above T = 1 the cut is tighter with the temperature last, below 1 with it first; top-k does not care.",
    not_shown="Which order writes better text. Zipf's law is one distribution: a model's change from token to token.",
    cost=lambda T: Cost(bytes=1e6, seconds=2e-3 + 6e-4 * len(T)),
)
