"""Greedy search misses the most probable sequence of six tokens in half of random chains; a beam of 8 in 1.6 %.

Topic: decoding
Source: Sutskever et al. 2014, §3.2 (beam search); Viterbi 1967 for the exact answer in a first-order chain
Refutes: "Taking the likeliest token each time gives the likeliest text": it cannot take back a step

A chain has 5 tokens and 6 steps; the first token and each following one have the log-probabilities of softmax over
N(0, 1) logits, and the next depends on the last token alone. That makes the most probable sequence computable: of all
prefixes that end in the same token only the best can go on. Greedy search is a beam of width 1. A wider beam is not
bound to do better than a narrower one, and now and then it does worse.
"""

from collections.abc import Callable
from itertools import product
from typing import Annotated

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, Parameter, mutant
from quiz.proofs.numerics import Array, largest, softmax

V, STEPS, SHORT = 5, 6, 20
Rank = Callable[[Array, Array], Array]


def log_p(z: Array) -> Array:
    logs: Array = np.log(softmax(z))
    return logs


def summed(total: Array, step: Array) -> Array:
    """What a hypothesis is ranked by, of the log-probabilities so far and of the next token."""
    return total + step


def last_step(total: Array, step: Array) -> Array:
    return step + 0 * total


def probabilities_added(total: Array, step: Array) -> Array:
    added: Array = np.exp(total) + np.exp(step)
    return added


def viterbi(start: Array, follow: Array) -> Array:
    """Log-probability of the best sequence. start: (C, V), follow: (C, V, V) from row to column -> (C,)."""
    best = start
    for _ in range(STEPS - 1):
        best = (best[:, :, None] + follow).max(axis=1)
    top: Array = best.max(axis=1)
    return top


def beam(start: Array, follow: Array, width: int, rank: Rank) -> Array:
    """Log-probability of what a beam of `width` finds. start: (C, V), follow: (C, V, V) -> (C,)."""
    chain = np.arange(len(start))[:, None]
    last = np.argsort(-start, axis=1)[:, :width]
    total = np.take_along_axis(start, last, axis=1)
    for _ in range(STEPS - 1):
        step = follow[chain, last].reshape(len(start), -1)
        before = np.repeat(total, V, axis=1)
        kept = np.argsort(-rank(before, step), axis=1)[:, :width]
        total, last = np.take_along_axis(before + step, kept, axis=1), kept % V
    top: Array = total.max(axis=1)
    return top


def enumerated(start: Array, follow: Array) -> Array:
    """The best of all V^STEPS sequences, one by one. start: (C, V), follow: (C, V, V) -> (C,)."""
    s = np.array(list(product(range(V), repeat=STEPS)))
    total = start[:, s[:, 0]] + sum(follow[:, a, b] for a, b in zip(s.T[:-1], s.T[1:], strict=True))
    best: Array = total.max(axis=1)
    return best


def measure(
    rng: Generator,
    *,
    chains: Annotated[int, Parameter(1000, 20_000)] = 2000,
    rank: Rank = summed,
    narrow: Callable[[int], int] = lambda width: width,
) -> Found:
    start, follow = log_p(rng.normal(size=(chains, V))), log_p(rng.normal(size=(chains, V, V)))
    best = viterbi(start, follow)
    found = {width: beam(start, follow, narrow(width), rank) for width in (1, 2, 4, 8)}
    missed = {width: 100 * float(np.mean(score < best - 1e-9)) for width, score in found.items()}
    check = largest(enumerated(start[:SHORT], follow[:SHORT]) - best[:SHORT])
    above = max(float((score - best).max()) for score in found.values())
    worth = 100 * float(np.exp(found[1] - best)[found[1] < best - 1e-9].mean())
    worse = 100 * float(np.mean(found[2] < found[1] - 1e-9))
    return Found(
        [
            Measurement("best sequence missed, greedy", missed[1], "between", (43, 57), "50; s.e. 1.6", "%"),
            Measurement("missed by a beam of 2", missed[2], "between", (19, 31), "25; s.e. at most 1.4", "%"),
            Measurement("missed by a beam of 4", missed[4], "between", (4, 11.5), "7.5; s.e. at most 0.9", "%"),
            Measurement("missed by a beam of 8", missed[8], "between", (0.1, 4), "1.6; s.e. at most 0.4", "%"),
            Measurement("what a greedy miss is worth", worth, "between", (50, 65), "57, of the best's chance", "%"),
            Measurement("a beam of 2 below greedy", worse, "<", 2.5, "0.5, not 0: the better prefix may be lost", "%"),
            Measurement("best minus all 15,625 tried, at most", check, "<", 1e-9, "20 chains, one by one"),
            Measurement("beam above the best, at most", above, "<", 1e-9, "what is exact cannot be beaten"),
        ],
        [Lines("Best of 15,625 sequences missed (%)", {"beam": ([*missed], [*missed.values()])}, "width", "%")],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("always-greedy", "the beam keeps one hypothesis, whatever its width", narrow=lambda width: 1),
        mutant("last-step", "ranks by the newest token's probability alone", rank=last_step),
        mutant("probabilities-added", "adds probabilities where logarithms are added", rank=probabilities_added),
    ],
    learnt="Each doubling of the beam cuts the misses; no width below that of the search space is a guarantee.",
    not_shown="Quality: the most probable text need not be the best. Real models look back further than one token.",
    cost=lambda chains: Cost(bytes=6e6 + 8e3 * chains, seconds=0.02 + 4e-5 * chains),
)
