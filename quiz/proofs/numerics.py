"""The Transformer's arithmetic in the papers' symbols: said once, plainly, for the demos and for the whiteboard.

`n` queries, `m` keys, width `d`, `h` heads, key width `d_k`, value width `d_v`. Shapes stand in the docstrings; leading
dimensions written `...` are carried along (heads, batch). All arrays are float64 unless said.
"""

from math import sqrt
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Array = NDArray[np.float64]


def softmax(z: Array, axis: int = -1) -> Array:
    """exp(z) / sum exp(z) along `axis`, z: (...). The maximum is subtracted first: the result is the same, and exp
    cannot overflow. An entry of -inf gets weight exactly 0; where all are -inf the result is nan.
    """
    e: Array = np.exp(z - z.max(axis=axis, keepdims=True))
    p: Array = e / e.sum(axis=axis, keepdims=True)
    return p


def entropy(p: Array) -> Array:
    """-sum p ln p over the last axis, in nats. p: (..., n) -> (...); 0 ln 0 is 0."""
    H: Array = -np.sum(p * np.log(np.where(p > 0, p, 1.0)), axis=-1)
    return H


def attention_weights(Q: Array, K: Array, *, bias: Array | None = None, scale: float | None = None) -> Array:
    """softmax(Q K^T / sqrt(d_k) + bias), softmax over the keys.

    Q: (..., n, d_k), K: (..., m, d_k), bias: (n, m) or None -> (..., n, m). `scale` replaces 1 / sqrt(d_k).
    """
    scale = 1 / sqrt(Q.shape[-1]) if scale is None else scale
    scores = Q @ np.swapaxes(K, -1, -2) * scale
    return softmax(scores if bias is None else scores + bias)


def attention(Q: Array, K: Array, V: Array, *, bias: Array | None = None, scale: float | None = None) -> Array:
    """Attention(Q, K, V) = softmax(Q K^T / sqrt(d_k) + bias) V, Vaswani et al. 2017, eq. 1.

    Q: (..., n, d_k), K: (..., m, d_k), V: (..., m, d_v), bias: (n, m) or None -> (..., n, d_v).
    """
    return attention_weights(Q, K, bias=bias, scale=scale) @ V


def split_heads(X: Array, h: int) -> Array:
    """(n, h d_k) -> (h, n, d_k): head i takes the i-th block of d_k columns."""
    n, width = X.shape
    return X.reshape(n, h, width // h).swapaxes(0, 1)


def merge_heads(heads: Array) -> Array:
    """(h, n, d_v) -> (n, h d_v): Concat(head_1, ..., head_h)."""
    h, n, d_v = heads.shape
    return heads.swapaxes(0, 1).reshape(n, h * d_v)


def multi_head_attention(
    X: Array,
    W_Q: Array,
    W_K: Array,
    W_V: Array,
    W_O: Array,
    *,
    h: int = 1,
    bias: Array | None = None,
    memory: Array | None = None,
) -> Array:
    """Concat(head_1, ..., head_h) W_O with head_i = Attention(X W_Q[i], M W_K[i], M W_V[i]), §3.2.2.

    X: (n, d), W_Q, W_K: (d, h d_k), W_V: (d, h d_v), W_O: (h d_v, d) -> (n, d). M is X itself (self-attention) or
    `memory`: (m, d), the encoder's output (cross-attention). bias: (n, m), or (h, n, m) with one per head.
    """
    M = X if memory is None else memory
    Q, K, V = split_heads(X @ W_Q, h), split_heads(M @ W_K, h), split_heads(M @ W_V, h)
    return merge_heads(attention(Q, K, V, bias=bias)) @ W_O


def causal_mask(n: int) -> Array:
    """(n, n) bias: 0 where key <= query, -inf where the key lies in the future."""
    return np.triu(np.full((n, n), -np.inf), k=1)


def layer_norm(x: Array, gamma: Array | float = 1.0, beta: Array | float = 0.0, eps: float = 1e-5) -> Array:
    """(x - mean) / sqrt(var + eps) gamma + beta over the last axis, x: (..., d). Ba et al. 2016."""
    centred = x - x.mean(axis=-1, keepdims=True)
    y: Array = centred / np.sqrt(np.mean(centred**2, axis=-1, keepdims=True) + eps) * gamma + beta
    return y


def rms_norm(x: Array, gamma: Array | float = 1.0, eps: float = 1e-5) -> Array:
    """x / sqrt(mean(x^2) + eps) gamma over the last axis, x: (..., d). Zhang and Sennrich 2019."""
    y: Array = x / np.sqrt(np.mean(x**2, axis=-1, keepdims=True) + eps) * gamma
    return y


def batch_norm(x: Array, gamma: Array | float = 1.0, beta: Array | float = 0.0, eps: float = 1e-5) -> Array:
    """Each feature over all samples (and times), by the batch's own statistics. x: (..., d). Ioffe, Szegedy 2015."""
    axes = tuple(range(x.ndim - 1))
    centred = x - x.mean(axis=axes)
    y: Array = centred / np.sqrt(np.mean(centred**2, axis=axes) + eps) * gamma + beta
    return y


def relu(x: Array) -> Array:
    """max(0, x), elementwise."""
    return np.maximum(x, 0.0)


def gelu(x: Array) -> Array:
    """x Phi(x) by the tanh approximation that GPT-2 uses, elementwise. Hendrycks and Gimpel 2016."""
    y: Array = 0.5 * x * (1 + np.tanh(sqrt(2 / np.pi) * (x + 0.044715 * x**3)))
    return y


def silu(x: Array) -> Array:
    """x sigmoid(x), elementwise; the Swish of SwiGLU."""
    y: Array = x / (1 + np.exp(-x))
    return y


def ffn(x: Array, W_1: Array, b_1: Array | float, W_2: Array, b_2: Array | float) -> Array:
    """max(0, x W_1 + b_1) W_2 + b_2, eq. 2. x: (..., d), W_1: (d, d_ff), W_2: (d_ff, d) -> (..., d)."""
    y: Array = relu(x @ W_1 + b_1) @ W_2 + b_2
    return y


def swiglu(x: Array, W: Array, V: Array, W_2: Array) -> Array:
    """(silu(x W) * x V) W_2. x: (..., d), W, V: (d, d_ff), W_2: (d_ff, d) -> (..., d). Shazeer 2020, eq. 6."""
    y: Array = (silu(x @ W) * (x @ V)) @ W_2
    return y


def angles(positions: NDArray[Any], d: int, base: float = 10000.0) -> Array:
    """pos / base^(2i/d) for i = 0 .. d/2 - 1. positions: (n,) -> (n, d/2) radians; d even."""
    a: Array = np.outer(positions, base ** (-np.arange(0, d, 2) / d))
    return a


def sinusoidal(n: int, d: int) -> Array:
    """PE(pos, 2i) = sin, PE(pos, 2i+1) = cos of pos / 10000^(2i/d), §3.5. -> (n, d); d even."""
    theta = angles(np.arange(n, dtype=float), d)
    PE: Array = np.stack([np.sin(theta), np.cos(theta)], axis=-1).reshape(n, d)
    return PE


def rope(x: Array, positions: NDArray[Any], base: float = 10000.0) -> Array:
    """Rotates each pair (x_2i, x_2i+1) of the row at `pos` by pos / base^(2i/d). Su et al. 2021, eq. 15.

    x: (..., n, d), positions: (n,) -> (..., n, d); d even. For queries and keys, never for values.
    """
    theta = angles(positions, x.shape[-1], base)
    cos, sin = np.cos(theta), np.sin(theta)
    even, odd = x[..., 0::2], x[..., 1::2]
    return np.stack([even * cos - odd * sin, even * sin + odd * cos], axis=-1).reshape(x.shape)


def alibi_slopes(h: int) -> Array:
    """2^(-8/h), 2^(-16/h), ..., 2^-8: one slope per head, h a power of two. Press et al. 2022, §3."""
    slopes: Array = 2.0 ** (-8 * np.arange(1, h + 1) / h)
    return slopes


def alibi(n: int, slope: float) -> Array:
    """(n, n) bias -slope * |query - key|; the paper uses it under a causal mask, where the sign does not matter."""
    i = np.arange(n, dtype=float)
    bias: Array = -slope * np.abs(i[:, None] - i[None, :])
    return bias


def cross_entropy(logits: Array, targets: NDArray[np.int64]) -> float:
    """Mean of -ln softmax(logits)[target], in nats. logits: (n, V), targets: (n,)."""
    z = logits - logits.max(axis=-1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=-1, keepdims=True))
    return -float(log_p[np.arange(len(targets)), targets].mean())


def matrix(rng: Generator, d_in: int, d_out: int, gain: float = 1.0) -> Array:
    """(d_in, d_out) weights ~ N(0, gain^2 / d_in): inputs of variance 1 give outputs of variance gain^2."""
    return rng.normal(size=(d_in, d_out)) * (gain / sqrt(d_in))


def largest(x: Any) -> float:
    """max |x|: how far apart two arrays are, at the worst place."""
    return float(np.max(np.abs(x)))


def relative(x: Array, y: Array) -> float:
    """||x - y|| / ||y||, over all entries."""
    return float(np.linalg.norm(x - y) / np.linalg.norm(y))


def percent(x: Array) -> Any:
    """x in whole percent, as nested lists: what fits into the cells of a chart."""
    return np.round(100 * x).tolist()


def slope(x: Any, y: Any) -> float:
    """Exponent a of the power law y = c x^a: the least-squares line through the logarithms."""
    return float(np.polyfit(np.log(x), np.log(y), 1)[0])


def geometric_mean(x: Any) -> float:
    """exp(mean(ln x)): the mean for figures that scatter over orders of magnitude."""
    return float(np.exp(np.mean(np.log(x))))
