"""The parametric fit as printed asks for 93 tokens per weight at Gopher's compute; the refit for 18, near the usual 20.

Topic: scaling
Source: Hoffmann et al. 2022, §3.3, eq. 10; Besiroglu et al. 2024 (refit, and the exponents before rounding)
Refutes: "All three approaches of the Chinchilla paper give 20 tokens per weight": the printed third one gives 93

The loss after training N weights on D tokens is fitted by L = E + A/N^a + B/D^b, and the compute is C = 6 N D. For
Gopher's compute, 5.76e23, the loss is worked out for 100,001 sizes with D = C/(6N), and the smallest one is taken; it
lies where the formula N = (aA/bB)^(1/(a+b)) (C/6)^(b/(a+b)) says. With three fits: as printed, with the exponents
before they were rounded, and refitted to the points of the paper's own plots.
"""

from collections.abc import Callable
from typing import Annotated, NamedTuple

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, Parameter, control, mutant
from quiz.proofs.numerics import Array

GOPHER = 5.76e23  # FLOPs


class Fit(NamedTuple):
    E: float
    A: float
    B: float
    a: float
    b: float


PRINTED = Fit(1.69, 406.4, 410.7, 0.34, 0.28)
UNROUNDED = PRINTED._replace(a=0.3392, b=0.2849)
REFIT = Fit(1.8172, 482.01, 2085.43, 0.3478, 0.3658)


def loss(fit: Fit, N: Array, D: Array) -> Array:
    L: Array = fit.E + fit.A / N**fit.a + fit.B / D**fit.b
    return L


def swapped(fit: Fit, N: Array, D: Array) -> Array:
    return loss(fit._replace(a=fit.b, b=fit.a), N, D)


def floorless(fit: Fit, N: Array, D: Array) -> Array:
    return loss(fit._replace(E=0.0), N, D)


def by_formula(fit: Fit, C: float) -> float:
    """The size at which the derivative of L along C = 6 N D is zero."""
    _, A, B, a, b = fit
    size: float = (a * A / (b * B)) ** (1 / (a + b)) * (C / 6) ** (b / (a + b))
    return size


def measure(
    rng: Generator,
    *,
    compute: Annotated[tuple[float, ...], Parameter(1e19, 1e27, "FLOPs")] = (1e20, 1e22, 1e24, 1e26),
    flops: float = 6.0,
    loss: Callable[[Fit, Array, Array], Array] = loss,
) -> Found:
    sizes = np.geomspace(1e7, 1e15, 100_001)

    def best(fit: Fit, C: float) -> float:
        """Size with the smallest loss, to 1 part in 10,000."""
        return float(sizes[np.argmin(loss(fit, sizes, C / (flops * sizes)))])

    def tokens_per_weight(N: float, C: float) -> float:
        return C / (flops * N) / N

    printed, unrounded, refit = (best(fit, GOPHER) for fit in (PRINTED, UNROUNDED, REFIT))
    ratio, before, again = (tokens_per_weight(N, GOPHER) for N in (printed, unrounded, refit))
    off = max(abs(best(fit, GOPHER) / by_formula(fit, GOPHER) - 1) for fit in (PRINTED, UNROUNDED, REFIT))
    curves = {
        name: (compute, [tokens_per_weight(by_formula(fit, C), C) for C in compute])
        for name, fit in {"printed": PRINTED, "unrounded": UNROUNDED, "refit": REFIT}.items()
    }
    return Found(
        [
            Measurement("tokens per weight, printed fit", ratio, "between", (92.5, 92.8), "92.65; 103 if C were 2 N D"),
            Measurement(
                "size, printed fit", printed / 1e9, "between", (32.1, 32.3), "less than half of Chinchilla's 70", "B"
            ),
            Measurement(
                "tokens per weight, unrounded", before, "between", (59.0, 59.2), "0.34 was 0.3392, 0.28 0.2849"
            ),
            Measurement("tokens per weight, refit", again, "between", (18.3, 18.5), "Chinchilla: 1.4 T / 70 B = 20"),
            Measurement("size, refit", refit / 1e9, "between", (72.0, 72.5), "72.2: Chinchilla has 70", "B"),
            Measurement("search against formula, relative", off, "<", 2e-4, "one step of the search is 1.8e-4"),
        ],
        [Lines("Best tokens per weight", curves, "FLOPs", log_x=True, log_y=True)],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("forward-only", "C = 2 N D: the backward pass is forgotten", flops=2.0),
        mutant("swapped", "the exponents of weights and tokens exchanged", loss=swapped),
        mutant("mac", "C = 3 N D: a multiplication and its addition counted as one", flops=3.0),
    ],
    controls=[control("no-floor", "E moves the loss, never the optimum", loss=floorless)],
    learnt="Two digits of two exponents decide between 93 and 59 tokens per weight: quote a fit with its digits.",
    not_shown="That the fit holds: no model is trained here. Nor inference, whose cost asks for smaller models.",
    cost=lambda compute: Cost(bytes=6e6, seconds=0.06),
)
