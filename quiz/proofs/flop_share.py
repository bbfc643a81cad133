"""In a LLaMA-7B layer scores and weighted sums are 7.7 % of the FLOPs at 2,048 tokens and half only at 24,704.

Topic: attention-cost
Source: Kaplan et al. 2020, §2.1 and table 1 (which counts a causal half); sizes of LLaMA: Touvron et al. 2023, table 2
Refutes: "Attention is the bottleneck because it is quadratic": at usual lengths the matrices cost more

Every matrix product of the layer is listed by the shapes of its factors, (n, k) (k, m) being 2 n k m FLOPs. Projections
and FFN grow with the length n, scores and weighted sums with its square, the cache with n. Each is counted at 1,024
tokens and at twice as many, and the share of the quadratic part is followed until it is a half. The square is full: a
kernel that skips the masked half needs twice the length for the same share.
"""

from collections.abc import Callable, Sequence
from typing import Annotated

from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, Parameter, mutant

D, D_FF, HEADS, D_K = 4096, 11008, 32, 128
Products = Sequence[tuple[int, int, int]]


def linear(n: int) -> Products:
    """Q, K, V, O and the three matrices of SwiGLU: (rows, inner, columns) of each product."""
    return [(n, D, D)] * 4 + [(n, D, D_FF)] * 2 + [(n, D_FF, D)]


def two_matrices(n: int) -> Products:
    return [(n, D, D)] * 4 + [(n, D, D_FF), (n, D_FF, D)]


def square(n: int) -> Products:
    """Q K^T and the product of the weights with V, for each head."""
    return [(n, D_K, n), (n, n, D_K)] * HEADS


def scores_only(n: int) -> Products:
    return [(n, D_K, n)] * HEADS


def full_width(n: int) -> Products:
    return [(n, D, n), (n, n, D)] * HEADS


def flops(products: Products) -> int:
    return sum(2 * rows * inner * columns for rows, inner, columns in products)


def measure(
    rng: Generator,
    *,
    lengths: Annotated[tuple[int, ...], Parameter(16, 10_000_000, "tokens")] = (512, 2048, 8192, 24704, 65536, 131072),
    weights: Callable[[int], Products] = linear,
    pairs: Callable[[int], Products] = square,
) -> Found:
    def share(n: int) -> float:
        return 100 * flops(pairs(n)) / (flops(pairs(n)) + flops(weights(n)))

    def doubled(count: Callable[[int], float]) -> float:
        return count(2048) / count(1024)

    half = flops(weights(1)) / flops(pairs(1))  # where n^2 pairs(1) = n weights(1)
    cache = doubled(lambda n: 2 * n * D)  # a key and a value for each token
    curve = [share(n) for n in lengths]
    return Found(
        [
            Measurement("share at 2,048 tokens", share(2048), "between", (7.6, 7.7), "4 n d of 4 n d + 2 weights", "%"),
            Measurement("tokens at which it is a half", half, "=", 24_704, "2 d + 1.5 d_ff", "tokens"),
            Measurement("twice the tokens: linear layers", doubled(lambda n: flops(weights(n))), "=", 2, "n, n k m"),
            Measurement("twice the tokens: scores and sums", doubled(lambda n: flops(pairs(n))), "=", 4, "n^2 d"),
            Measurement("twice the tokens: cache", cache, "=", 2, "one key and one value for each token"),
        ],
        [
            Lines(
                "Share of scores and weighted sums (%)", {"7B layer": (lengths, curve)}, "tokens", "%",
                log_x=True, with_mutants=True,
            )
        ],
    )  # fmt: skip


DEMO = Demo(
    measure,
    mutants=[
        mutant("scores-only", "the weighted sum of the values is forgotten", pairs=scores_only),
        mutant("two-matrices", "an FFN of two matrices where SwiGLU has three", weights=two_matrices),
        mutant("full-width-heads", "every head as wide as the model", pairs=full_width),
    ],
    learnt="Quadratic is not yet large: at 7B the linear layers cost more up to some 25,000 tokens.",
    not_shown="Time: scores that are written to memory cost more than their FLOPs, and decoding waits for reads.",
    cost=lambda lengths: Cost(bytes=2e5 + 200 * len(lengths), seconds=2e-3 + 2e-4 * len(lengths)),
)
