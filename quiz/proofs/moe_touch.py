"""One token touches 2 of 8 experts, a batch of 16 nearly all: E (1 - (1 - k/E)^B) of them when routed evenly.

Topic: moe
Source: Jiang et al. 2024 (Mixtral of Experts), §2.1, for top-2 of 8; the expectation is elementary
Refutes: "A mixture of experts reads only its active weights when it decodes": with a batch it reads nearly all

A router that favours no expert gives every token random scores, and each token goes to the two highest. The experts
that at least one token of the batch chose are counted: their weights must be read from memory. An expert is spared
by one token with probability 1 - k/E, by B independent tokens with that to the power of B.
"""

from collections.abc import Callable
from typing import Annotated, Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, Parameter, mutant

E, K = 8, 2
Route = Callable[[Generator, int, int], NDArray[Any]]


def chosen(scores: NDArray[Any], k: int) -> NDArray[Any]:
    """Flags of the `k` highest scores in each row; scores: (..., E), all different."""
    flags: NDArray[Any] = scores >= np.sort(scores, axis=-1)[..., -k, None]
    return flags


def top_2(rng: Generator, batches: int, B: int) -> NDArray[Any]:
    return chosen(rng.random((batches, B, E)), K)


def top_1(rng: Generator, batches: int, B: int) -> NDArray[Any]:
    return chosen(rng.random((batches, B, E)), 1)


def once_per_batch(rng: Generator, batches: int, B: int) -> NDArray[Any]:
    return np.repeat(chosen(rng.random((batches, 1, E)), K), B, axis=1)


def in_turn(rng: Generator, batches: int, B: int) -> NDArray[Any]:
    token, expert = np.arange(B)[:, None], np.arange(E)[None, :]
    return np.broadcast_to((expert - K * token) % E < K, (batches, B, E))


def measure(
    rng: Generator,
    *,
    batch: Annotated[tuple[int, ...], Parameter(1, 256, "tokens")] = (1, 2, 4, 8, 16, 32),
    batches: Annotated[int, Parameter(1000, 20000)] = 1000,
    route: Route = top_2,
) -> Found:
    def touched(B: int) -> float:
        return float(route(rng, batches, B).any(axis=1).sum(axis=-1).mean())

    def expected(B: int) -> float:
        return E * (1 - (1 - K / E) ** B)

    curve = [touched(B) for B in batch]
    off = max(abs(t - expected(B)) for B, t in zip(batch, curve, strict=True))
    one, sixteen = touched(1), touched(16)
    return Found(
        [
            Measurement("experts touched by one token", one, "=", 2.0, "top-2; 1 with one expert a token"),
            Measurement("experts touched by 16 tokens", sixteen, "between", (7.85, 7.98), "7.92; 2 if all went alike"),
            Measurement("largest deviation from the formula", off, "<", 0.15, "0.03 by chance, 2.5 if taken in turn"),
        ],
        [Lines("Experts touched of 8", {"top-2": (batch, curve)}, "batch (tokens)", log_x=True, with_mutants=True)],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("top-1", "each token goes to one expert", route=top_1),
        mutant("once-per-batch", "one choice for the whole batch instead of one per token", route=once_per_batch),
        mutant("in-turn", "experts dealt out in turn, none twice before all had a token", route=in_turn),
    ],
    learnt="Few active weights save arithmetic; a batch of 16 reads 7.9 of 8 experts, so they save hardly any reads.",
    not_shown="Trained routers, which favour some experts: those touch fewer. Capacity limits and prefill.",
    cost=lambda batch, batches: Cost(
        bytes=30.0 * E * batches * max(*batch, 16), seconds=5e-8 * E * batches * (sum(batch) + 17)
    ),
)
