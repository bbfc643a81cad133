"""From 20 samples the plug-in formula puts pass@10 at 0.568 on average where it is 0.651; the unbiased one is exact.

Topic: reasoning
Source: Chen et al. 2021 (Codex, HumanEval), §2.1, eq. 1, figure 3 and appendix A
Refutes: "1 - (1 - c/n)^k estimates pass@k": it puts the samples back and draws them again, which is too low on average

Each sample passes with probability p = 0.1, so at least one of 10 passes with 1 - 0.9^10 = 0.651. Of n = 20 samples c
pass. The mean of an estimate over c is an exact sum over the binomial distribution, no draws. The unbiased estimate is
the share of the sets of k samples, out of all that can be formed from the n, that hold a passing one.
"""

from collections.abc import Callable
from math import comb, sqrt
from typing import Annotated

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, Parameter, mutant

N, P, K = 20, 0.1, 10
Estimate = Callable[[int, int, int], float]


def unbiased(n: int, c: int, k: int) -> float:
    return 1 - comb(n - c, k) / comb(n, k)


def plugged_in(n: int, c: int, k: int) -> float:
    return 1 - (1 - c / n) ** k


def all_pass(n: int, c: int, k: int) -> float:
    return comb(c, k) / comb(n, k)


def any_passed(n: int, c: int, k: int) -> float:
    return float(c > 0)


def moments(estimate: Estimate, n: int, k: int) -> tuple[float, float]:
    """Mean and standard deviation of an estimate over the number c that pass, exact."""
    chance = [comb(n, c) * P**c * (1 - P) ** (n - c) for c in range(n + 1)]
    value = [estimate(n, c, k) for c in range(n + 1)]
    mean = float(np.dot(chance, value))
    return mean, sqrt(float(np.dot(chance, np.square(value))) - mean**2)


def truth(k: int) -> float:
    return 1 - (1 - P) ** k


def measure(
    rng: Generator,
    *,
    k: Annotated[tuple[int, ...], Parameter(1, 20, "samples")] = (1, 2, 5, 10, 15, 20),
    trials: Annotated[int, Parameter(5000, 100_000)] = 5000,
    estimate: Estimate = unbiased,
) -> Found:
    mean, spread = moments(estimate, N, K)
    low, many = moments(plugged_in, N, K)[0], moments(plugged_in, 200, K)[0]
    one = max(abs(estimate(N, c, 1) - c / N) for c in range(N + 1))
    passes = (rng.random((trials, N)) < P).sum(axis=1)
    drawn = float(np.mean([estimate(N, int(c), K) for c in passes]))
    off = max(abs(moments(estimate, N, x)[0] - truth(x)) for x in k)
    curves = {
        "true": (k, [truth(x) for x in k]),
        "unbiased": (k, [moments(estimate, N, x)[0] for x in k]),
        "plug-in": (k, [moments(plugged_in, N, x)[0] for x in k]),
    }
    return Found(
        [
            Measurement("true pass@10", truth(K), "between", (0.651, 0.652), "1 - 0.9^10"),
            Measurement("mean of the estimate", mean, "between", (0.651, 0.652), "unbiased"),
            Measurement("mean of the plug-in, n = 20", low, "between", (0.5675, 0.5685), "0.568: concave in c/n"),
            Measurement("mean of the plug-in, n = 200", many, "between", (0.642, 0.643), "fades only as 1/n"),
            Measurement("largest bias over all k", off, "<", 1e-9, "unbiased for each k up to n"),
            Measurement("standard deviation", spread, "between", (0.29, 0.296), "0.293; one try of 10 has 0.477"),
            Measurement("at k = 1, distance to c/n", one, "<", 1e-12, "the share that passes"),
            Measurement("drawn against exact", abs(drawn - mean), "<", 0.025, "six standard errors of 5000 draws"),
        ],
        [Lines("Mean estimate of pass@k, n = 20, p = 0.1", curves, "k")],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("plug-in", "c/n put in for p", estimate=plugged_in),
        mutant("all-pass", "the share of sets in which every sample passes", estimate=all_pass),
        mutant("any-passed", "1 if any of all n samples passed: pass@20 at any k", estimate=any_passed),
    ],
    learnt="Count sets without putting samples back; the plug-in is too low by 0.083 here and right only at k = 1.",
    not_shown="Real tasks, whose p differ: pass@k averages over tasks. Whether the tests catch wrong programs.",
    cost=lambda k, trials: Cost(bytes=1e5 + 400.0 * trials, seconds=5e-3 + 2e-6 * trials + 4e-4 * len(k)),
)
