"""In one attention layer the first token reaches the last at any distance, diluted as 1/n; in an RNN it fades out.

Topic: attention
Source: Vaswani et al. 2017, §4 and table 1 (maximum path length O(1) against O(n))

The first token is moved a little and the last output is watched: the Frobenius norm of d(last output)/d(first input),
by central differences, at growing length. In attention one step leads from any token to any other; the last token
shares its attention among n, so the influence falls as 1/n. In an RNN the path has n steps, and each multiplies by a
matrix: the influence is their product, which differences are too coarse for. A layer with a window of 8 needs n/8
layers to get across; one of them carries nothing at all.
"""

from collections.abc import Callable
from math import inf
from typing import Annotated

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, Parameter, mutant
from quiz.proofs.numerics import Array, attention, geometric_mean, matrix, slope

STEP = 1e-4
WINDOW = 8


def through_attention(rng: Generator, n: int, d: int, window: int | None = None) -> float:
    """||d y_n / d x_1|| in one head of self-attention, or where the last token sees its last `window` alone."""
    X = rng.normal(size=(n, d))
    W_Q, W_K, W_V = (matrix(rng, d, d) for _ in "QKV")

    def last_output(first: Array) -> Array:
        """first: (d, d), d versions of the first token -> (d, d), the last output of each."""
        others = np.broadcast_to(X[1:], (d, n - 1, d))
        seen = np.concatenate([first[:, None], others], axis=1)[:, -(window or n) :]
        return attention(X[-1:] @ W_Q, seen @ W_K, seen @ W_V)[:, 0]

    moved = STEP * np.eye(d)  # one coordinate at a time
    J = (last_output(X[0] + moved) - last_output(X[0] - moved)) / (2 * STEP)
    return float(np.linalg.norm(J))


def through_rnn(rng: Generator, n: int, d: int) -> float:
    """||d h_n / d x_1|| with h_t = tanh(x_t U + h_{t-1} W): the product of n Jacobians, exactly."""
    U, W = matrix(rng, d, d), matrix(rng, d, d, gain=0.9)
    h = np.tanh(rng.normal(size=d) @ U)
    J = U * (1 - h**2)
    for _ in range(n - 1):
        h = np.tanh(rng.normal(size=d) @ U + h @ W)
        J = J @ W * (1 - h**2)
    return float(np.linalg.norm(J))


def measure(
    rng: Generator,
    *,
    n: Annotated[tuple[int, ...], Parameter(4, 512, "tokens")] = (4, 16, 64, 256),
    d: Annotated[int, Parameter(16, 64, "dimensions")] = 32,
    draws: Annotated[int, Parameter(5, 50)] = 10,
    influence: Callable[[Generator, int, int], float] = through_attention,
) -> Found:
    found = [geometric_mean([influence(rng, length, d) for _ in range(draws)]) for length in n]
    return Found(
        [
            Measurement(
                "exponent of the influence in n", slope(n, found) if min(found) > 0 else -inf, "between", (-1.4, -0.6),
                "-1: the last token's attention, shared by n; -1.23 to -0.80 in 51 draws",
            ),
            Measurement(
                "influence at the longest n", found[-1], ">", 1e-3,
                "about 4/n in attention, 1e-62 in an RNN at 256",
            ),
        ],
        [
            Lines(
                "Influence of the first token on the last", {"attention": (n, found)},
                x_label="n", y_label="influence", log_x=True, log_y=True, with_mutants=True,
            )
        ],
    )  # fmt: skip


DEMO = Demo(
    measure,
    mutants=[
        mutant("rnn", "a tanh RNN in place of attention: n steps instead of one", influence=through_rnn),
        mutant(
            "window",
            f"the last token sees only the last {WINDOW}",
            influence=lambda rng, n, d: through_attention(rng, n, d, WINDOW),
        ),
    ],
    learnt="Reachability is one step at any distance; what it costs is dilution, the more tokens the less from each.",
    not_shown="That long-range dependencies are learnt: attention can reach, whether it does is decided in training.",
    cost=lambda n, d, draws: Cost(bytes=8 * 5 * d * d * max(n), seconds=draws * sum(n) * 1e-9 * d**3),
)
