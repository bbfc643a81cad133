"""A decoder that keeps its keys and values computes what a full forward pass computes, from one token a step.

Topic: inference
Source: Shazeer 2019 (Fast Transformer decoding), §2.4; Pope et al. 2022
Refutes: "A KV cache trades accuracy for speed": nothing is approximated, only rounding differs

Under a causal mask no later token changes what an earlier one computes, in any layer. So the keys and values of the
past can be kept, and each new token needs its own query, key and value alone. The experiment grows a text word by
word, once by running the whole prefix through all layers again, once from the cache, compares the newest word's vector
at every step and counts the tokens that pass through the layers.
"""

from collections.abc import Callable
from typing import Annotated, NamedTuple

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import BadParameter, Cost, Demo, Found, Lines, Measurement, Parameter, control, mutant
from quiz.proofs.numerics import (
    Array,
    attention,
    causal_mask,
    ffn,
    largest,
    layer_norm,
    matrix,
    merge_heads,
    multi_head_attention,
    sinusoidal,
    split_heads,
)


class Layer(NamedTuple):
    """W_Q, W_K, W_V, W_O: (d, d); W_1: (d, 4d), W_2: (4d, d)."""

    W_Q: Array
    W_K: Array
    W_V: Array
    W_O: Array
    W_1: Array
    W_2: Array


def full_pass(X: Array, layers: list[Layer], h: int, mask: Array | None) -> Array:
    """All tokens through all layers. X: (n, d) -> (n, d)."""
    for layer in layers:
        X = X + multi_head_attention(layer_norm(X), *layer[:4], h=h, bias=mask)
        X = X + ffn(layer_norm(X), layer.W_1, 0.0, layer.W_2, 0.0)
    return X


def grow(cache: list[Array], new: Array, layer: int) -> list[Array]:
    """Puts the new token's keys and values, (2, h, 1, d_k), behind those that layer keeps, (2, h, t, d_k)."""
    return [np.concatenate([old, new], axis=2) if i == layer else old for i, old in enumerate(cache)]


def shared(cache: list[Array], new: Array, layer: int) -> list[Array]:
    """The mistake of one store for all layers."""
    return [np.concatenate([old, new], axis=2) for old in cache]


def cached_step(x: Array, layers: list[Layer], h: int, cache: list[Array], keep: Callable[..., list[Array]]) -> Array:
    """One token through all layers, x: (1, d) -> (1, d); `cache`, one array a layer, is brought up to date."""
    for i, layer in enumerate(layers):
        y = layer_norm(x)
        q, k, v = (split_heads(y @ W, h) for W in layer[:3])  # (h, 1, d_k)
        cache[:] = keep(cache, np.stack([k, v]), i)
        x = x + merge_heads(attention(q, *cache[i])) @ layer.W_O
        x = x + ffn(layer_norm(x), layer.W_1, 0.0, layer.W_2, 0.0)
    return x


def measure(
    rng: Generator,
    *,
    n: Annotated[int, Parameter(24, 128, "tokens")] = 48,
    d: Annotated[int, Parameter(16, 256, "dimensions", multiple=2)] = 32,
    h: Annotated[int, Parameter(1, 16, "heads")] = 4,
    layers: Annotated[int, Parameter(2, 8)] = 2,
    mask: Callable[[int], Array | None] = causal_mask,
    keep: Callable[[list[Array], Array, int], list[Array]] = grow,
    position: Callable[[int], int] = lambda t: t,
) -> Found:
    shapes = [(d, d)] * 4 + [(d, 4 * d), (4 * d, d)]
    stack = [Layer(*(matrix(rng, *shape) for shape in shapes)) for _ in range(layers)]
    words, PE = rng.normal(size=(n, d)), sinusoidal(n, d)
    cache = [np.empty((2, h, 0, d // h))] * layers

    apart, again, once = [], [0], [0]
    for t in range(n):
        prefix, newest = words[: t + 1] + PE[: t + 1], words[t : t + 1] + PE[position(t)]
        Y, y = full_pass(prefix, stack, h, mask(t + 1)), cached_step(newest, stack, h, cache, keep)
        apart.append(largest(y - Y[-1]))
        again.append(again[-1] + len(prefix))
        once.append(once[-1] + len(newest))
    tokens = list(range(n + 1))
    return Found(
        [
            Measurement(
                "largest |cached - full|", max(apart), "<", 1e-12, "rounding is 4e-15; a wrong cache 0.5 or more"
            ),
            Measurement("token passes with the cache", once[-1], "=", n, "each token goes through the layers once"),
            Measurement(
                "token passes without", again[-1], "=", n * (n + 1) // 2, "1 + 2 + ... + n; 24.5 times as many at 48"
            ),
        ],
        [
            Lines("Token passes", {"without cache": (tokens, again), "with": (tokens, once)}, "tokens written"),
            Lines("|cached - full|", {"cached": (tokens[1:], apart)}, "token", log_y=True, with_mutants=True),
        ],
    )


def one_layer_unmasked(rng: Generator, *, n: int, d: int, h: int) -> Found:
    """A first layer's keys and values come from the words alone, so the newest word needs no mask."""
    return measure(rng, n=n, d=d, h=h, layers=1, mask=lambda n: None)


def cost(n: int, d: int, h: int, layers: int) -> Cost:
    if d % h:
        raise BadParameter(f"d is a multiple of h: {d} dimensions cannot be split into {h} heads.")
    kept = layers * (12 * d * d + 4 * n * d)
    return Cost(
        bytes=8 * (kept + 24 * n * d + 4 * h * n * n),
        seconds=n * layers * (4e-4 + n * d * (1e-9 * d + 2e-8) + 3e-8 * h * n * n),
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("no-mask", "earlier words see the newest: from layer 2 on the kept keys are stale", mask=lambda n: None),
        mutant("no-position", "each new word is fed in as if it stood first", position=lambda t: 0),
        mutant("window", "only the last 16 keys are kept", keep=lambda *a: [c[:, :, -16:] for c in grow(*a)]),
        mutant("shared", "each layer's keys and values go to all layers", keep=shared),
    ],
    controls=[control("one-layer", "one layer without a mask: what is kept there never changes", one_layer_unmasked)],
    learnt="The cache is exact because of the causal mask, and turns n^2/2 token passes into n.",
    not_shown="Seconds: a step with the cache still reads all weights and all keys, so memory decides its speed.",
    cost=cost,
)
