"""Grouped queries share keys and values: broadcasting and repeating each KV head agree, tiling all heads does not.

Topic: heads
Source: Ainslie et al. 2023 (GQA), §2.1 and §2.2; Touvron et al. 2023 (Llama 2), table 1, for 64 and 8 heads
Refutes: "To serve 8 query heads, 2 key heads may be copied in any order": half of the queries meet another's keys

Query head i belongs to group i // (h / h_kv), as the heads stand side by side in W_Q. Attention is computed once with a
loop over the heads, one at a time with the keys and values of its group; once by broadcasting, which copies nothing;
and once with each KV head repeated in place. A checkpoint with a key head for each query is converted by averaging the
key projections of each group: that gives the mean of the group's keys, which averaging heads h_kv apart does not.
"""

from collections.abc import Callable
from typing import Annotated

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import BadParameter, Bars, Cost, Demo, Found, Measurement, Parameter, mutant
from quiz.proofs.numerics import Array, attention, largest, matrix, relative, split_heads


def in_place(K: Array, times: int) -> Array:
    """k1 k1 k2 k2: (h_kv, n, d_k) -> (h_kv times, n, d_k)."""
    return np.repeat(K, times, axis=0)


def in_turn(K: Array, times: int) -> Array:
    """The mistake k1 k2 k1 k2."""
    return np.tile(K, (times, 1, 1))


def neighbours(W: Array, h: int, h_kv: int) -> Array:
    """(d, h d_k) -> (d, h_kv d_k): the mean over the heads of each group."""
    pooled: Array = W.reshape(len(W), h_kv, h // h_kv, -1).mean(axis=2)
    return pooled.reshape(len(W), -1)


def strided(W: Array, h: int, h_kv: int) -> Array:
    """The mistake of heads that stand h_kv apart averaged together."""
    pooled: Array = W.reshape(len(W), h // h_kv, h_kv, -1).mean(axis=1)
    return pooled.reshape(len(W), -1)


def measure(
    rng: Generator,
    *,
    n: Annotated[int, Parameter(4, 256, "tokens")] = 32,
    d_k: Annotated[int, Parameter(4, 128, "dimensions")] = 16,
    h: Annotated[int, Parameter(4, 64, "heads")] = 8,
    h_kv: Annotated[int, Parameter(2, 32, "heads")] = 2,
    copied: Callable[[Array, int], Array] = in_place,
    pooled: Callable[[Array, int, int], Array] = neighbours,
    cached_heads: Callable[[int, int], int] = lambda h, h_kv: h_kv,
) -> Found:
    d, times = h * d_k, h // h_kv
    X = rng.normal(size=(n, d))
    W_K = matrix(rng, d, d)  # of the checkpoint that is converted
    Q, V = split_heads(X @ matrix(rng, d, d), h), split_heads(X @ matrix(rng, d, h_kv * d_k), h_kv)
    K = split_heads(X @ pooled(W_K, h, h_kv), h_kv)

    slow = np.stack([attention(Q[i], K[i // times], V[i // times]) for i in range(h)])
    groups = attention(Q.reshape(h_kv, times, n, d_k), K[:, None], V[:, None]).reshape(h, n, d_k)
    repeated = attention(Q, copied(K, times), copied(V, times))
    tiled = relative(attention(Q, in_turn(K, times), in_turn(V, times)), slow)
    mean_keys = split_heads(X @ W_K, h).reshape(h_kv, times, n, d_k).mean(axis=1)

    def gib(heads: int) -> float:  # Llama-2-70B: 80 layers, keys and values of width 128, two bytes each
        return 2 * 80 * heads * 128 * 2 * 4096 / 2**30

    grouped, full = gib(cached_heads(64, 8)), gib(64)
    return Found(
        [
            Measurement("largest |broadcast - loop|", largest(groups - slow), "<", 1e-12, "rounding is 1e-15"),
            Measurement("largest |repeated - loop|", largest(repeated - slow), "<", 1e-12, "rounding is 1e-15"),
            Measurement("relative error when tiled", 100 * tiled, "between", (50, 150), "another group's values", "%"),
            Measurement("largest |pooled - mean key|", largest(K - mean_keys), "<", 1e-12, "the projection is linear"),
            Measurement("cache of a 70B at 4,096 tokens", grouped, "=", 1.25, "8 heads of 64 are kept", "GiB"),
        ],
        [Bars("Cache of Llama-2-70B at 4,096 tokens", [("8 KV heads", grouped), ("64 KV heads", full)], unit="GiB")],
    )


def cost(n: int, d_k: int, h: int, h_kv: int) -> Cost:
    if h % h_kv or h_kv == h:
        raise BadParameter(f"h is h_kv times 2 or more: {h} heads do not fall into groups of that kind over {h_kv}.")
    d = h * d_k
    return Cost(bytes=8 * (4 * d * d + 14 * n * d + 6 * h * n * n), seconds=2e-3 + 2e-9 * n * d * (4 * d + 20 * n))


DEMO = Demo(
    measure,
    mutants=[
        mutant("tile", "all KV heads in turn, k1 k2 k1 k2, instead of each in place", copied=in_turn),
        mutant("strided", "heads that stand far apart are averaged into one", pooled=strided),
        mutant("all-cached", "the repeated keys and values are cached", cached_heads=lambda h, h_kv: h),
    ],
    learnt="Group by neighbours, k1 k1 k2 k2, and cache before you repeat: 1.25 GiB in place of 10.",
    not_shown="Quality: that averaged heads, after some training, come close to full attention is measured elsewhere.",
    cost=cost,
)
