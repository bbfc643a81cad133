"""A vote over samples amplifies what is already the most frequent answer: 0.6 becomes 0.90, and 0.4 becomes 0.10.

Topic: reasoning
Source: Wang et al. 2023 (self-consistency), §2; de Condorcet 1785 for two answers
Refutes: "Voting needs an answer that is right more than half the time": 0.3 is enough against ten scattered rivals

Each of n samples is right with probability p, or gives one of the equally likely wrong answers. The most frequent
answer wins, ties are drawn by lot. The chance that the right one wins is summed exactly, over how often it is named and
what the rivals can do with the remaining votes, and is checked against votes that are drawn.
"""

from collections.abc import Callable
from math import comb, factorial
from typing import Annotated, NamedTuple

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, Parameter, mutant


class Case(NamedTuple):
    p: float  # of the right answer
    rivals: int


SURE, UNSURE, SCATTERED = Case(0.6, 1), Case(0.4, 1), Case(0.3, 10)
Rule = Callable[[int, int, int], float]


def plurality(k: int, n: int, tied: int) -> float:
    """Chance that k of n votes win when `tied` rivals have k as well and none has more."""
    return 1 / (1 + tied)


def absolute(k: int, n: int, tied: int) -> float:
    return float(2 * k > n)


def ties_won(k: int, n: int, tied: int) -> float:
    return 1.0


def ties_lost(k: int, n: int, tied: int) -> float:
    return float(tied == 0)


def exact(case: Case, n: int, rule: Rule) -> float:
    """Chance that the right answer wins n votes.

    The ways in which m votes fall on rivals with less than k each are m! times the coefficient of x^m in the power of
    1 + x + x^2/2! + ... + x^(k-1)/(k-1)!; t rivals with k votes each add the factor (x^k/k!)^t.
    """
    p, r = case
    chance = 0.0
    for k in range(1, n + 1):
        m = n - k
        below = np.array([1 / factorial(j) for j in range(min(k, m + 1))])
        powers = [np.array([1.0])]
        for _ in range(r):
            powers.append(np.convolve(powers[-1], below)[: m + 1])
        for t in range(min(r, m // k) + 1):
            rest, power = m - t * k, powers[r - t]
            ways = comb(r, t) * power[rest] / factorial(k) ** t if rest < len(power) else 0.0
            chance += comb(n, k) * p**k * ((1 - p) / r) ** m * factorial(m) * ways * rule(k, n, t)
    return float(chance)


def drawn(rng: Generator, case: Case, n: int, trials: int) -> float:
    """Share of `trials` votes that the right answer wins, half a win where two share the first place, and so on."""
    p, r = case
    votes = rng.multinomial(n, [p, *[(1 - p) / r] * r], size=trials)
    first = votes == votes.max(axis=1, keepdims=True)
    return float(np.mean(first[:, 0] / first.sum(axis=1)))


def measure(
    rng: Generator,
    *,
    n: Annotated[tuple[int, ...], Parameter(1, 101, "votes")] = (1, 5, 11, 21, 41),
    trials: Annotated[int, Parameter(5000, 100_000)] = 5000,
    rule: Rule = plurality,
    ballots: Callable[[int], int] = lambda n: n,
) -> Found:
    def wins(case: Case, votes: int) -> float:
        return exact(case, ballots(votes), rule)

    sure, unsure, scattered = (wins(case, 41) for case in (SURE, UNSURE, SCATTERED))
    off = max(abs(drawn(rng, case, 41, trials) - wins(case, 41)) for case in (SURE, UNSURE, SCATTERED))
    names = {"0.6, 1 rival": SURE, "0.4, 1 rival": UNSURE, "0.3, 10 rivals": SCATTERED}
    curves = {name: (n, [wins(case, votes) for votes in n]) for name, case in names.items()}
    return Found(
        [
            Measurement("41 votes, p = 0.6, one rival", sure, "between", (0.90, 0.91), "0.903; a single sample 0.6"),
            Measurement("41 votes, p = 0.4, one rival", unsure, "between", (0.09, 0.10), "0.097 = 1 - 0.903"),
            Measurement(
                "41 votes, p = 0.3, ten rivals",
                scattered,
                "between",
                (0.965, 0.975),
                "0.970; 0.98 if ties count as won",
            ),
            Measurement("drawn against exact, at most", off, "<", 0.025, "six standard errors of 5000 draws"),
        ],
        [Lines("Chance that the right answer wins", curves, "votes")],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("absolute", "more than half of all votes is asked for", rule=absolute),
        mutant("ties-won", "a tie counts as right", rule=ties_won),
        mutant("ties-lost", "a tie counts as wrong", rule=ties_lost),
        mutant("greedy", "41 samples at temperature 0: the same answer each time, one vote", ballots=lambda n: 1),
    ],
    learnt="Voting makes the likeliest answer likelier: it repairs scattered mistakes and hardens a common one.",
    not_shown="Real samples: a model's mistakes are neither independent nor evenly scattered.",
    cost=lambda n, trials: Cost(bytes=2e5 + 300.0 * trials, seconds=0.02 + 1e-5 * trials + 1.5e-4 * sum(n)),
)
