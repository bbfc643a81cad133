"""Best of 16 moves at most ln 16 - 15/16 = 1.835 nats from the base; pushed on, a heavy-tailed proxy loses what it won.

Topic: post-training
Source: Stiennon et al. 2020, appendix G.3 (KL of best-of-n); Beirami et al. 2024 (upper bound); Gao et al. 2023, §3
Refutes: "A larger n can only help": by the reward that chooses; by the true one only if the proxy's errors are light

Of n independent answers the one with the largest reward is kept. If the base has M answers, all equally likely and
none tied, the k-th best of them is kept with probability (k/M)^n - ((k-1)/M)^n, from which the KL is summed exactly.
Then each answer gets a true reward, N(0, 1), and a proxy: the truth and an error. With a normal error of the same
size the truth of the kept answer grows with n. With rare huge errors (Student's t, 2 degrees) it rises and falls.
"""

from collections.abc import Callable
from math import log
from typing import Annotated

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, Parameter, mutant
from quiz.proofs.numerics import Array

NS = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024)
Chances = Callable[[int, int], Array]


def best(M: int, n: int) -> Array:
    """(M,): chance that the answer of each rank, worst first, is the best of n draws."""
    k = np.arange(M + 1) / M
    chances: Array = np.diff(k**n)
    return chances


def any_of(M: int, n: int) -> Array:
    return np.full(M, 1 / M)


def second(M: int, n: int) -> Array:
    """The second best of n: (n - 1 of n) above."""
    k = np.arange(M + 1) / M
    chances: Array = np.diff(n * k ** (n - 1) - (n - 1) * k**n)
    return chances


def heavy(rng: Generator, M: int) -> Array:
    return rng.standard_t(2, size=M)


def normal(rng: Generator, M: int) -> Array:
    return rng.normal(size=M)


def measure(
    rng: Generator,
    *,
    M: Annotated[int, Parameter(50_000, 200_000, "answers")] = 100_000,
    n: Annotated[int, Parameter(4, 64, "drawn")] = 16,
    chances: Chances = best,
    error: Callable[[Generator, int], Array] = heavy,
) -> Found:
    def kl(M: int, n: int) -> float:
        p = chances(M, n)
        p = p[p > 0]
        return float(np.sum(p * np.log(p * M)))

    bound = log(n) - (n - 1) / n
    many, few = kl(M, n), kl(8, n)
    truth = rng.normal(size=M)

    def by_proxy(error: Array) -> list[float]:
        """Expected truth of the answer that is kept, for each n."""
        ranked = truth[np.argsort(truth + error)]
        return [float(chances(M, n) @ ranked) for n in NS]

    light, rare = by_proxy(normal(rng, M)), by_proxy(error(rng, M))
    x = [log(n) - (n - 1) / n for n in NS]
    return Found(
        [
            Measurement("KL from the base", many, "between", (bound - 1e-3, bound + 1e-6), "1.835 at 16", "nats"),
            Measurement(
                "KL, only 8 different answers", few, "<", bound - 0.003, "below: the bound is for no ties", "nats"
            ),
            Measurement("truth, normal errors, n = 16", light[4], "between", (1.1, 1.4), "1.77 / sqrt 2 = 1.25"),
            Measurement("truth, normal errors, n = 1,024", light[-1], ">", light[4] + 0.5, "2.3: it still grows"),
            Measurement("truth, rare huge errors, best n", max(rare), ">", 0.5, "about 0.7, at n = 8 to 16"),
            Measurement("truth, rare huge errors, n = 1,024", rare[-1], "<", 0.6 * max(rare), "it has fallen"),
        ],
        [Lines("Truth of the kept answer by KL", {"normal": (x, light), "rare huge": (x, rare)}, "nats", "truth")],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("any", "one of the n is kept at random: no selection", chances=any_of),
        mutant("second-best", "the second best is kept", chances=second),
        mutant("normal-errors", "the second proxy errs normally, too: nothing falls", error=normal),
    ],
    learnt="n buys reward at ln n nats; whether the truth follows depends on the tail of the proxy's errors.",
    not_shown="Reward models: that their errors have such tails. Gao et al. measured a fall with learnt ones.",
    cost=lambda M, n: Cost(bytes=8 * 12 * M, seconds=1.5e-6 * M),
)
