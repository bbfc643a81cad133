"""A residual stack passes gradients on at any depth; a plain one loses them only where its layers shrink them.

Topic: residuals-norms
Source: He et al. 2016 (Identity mappings), eq. 5; He et al. 2015 (Residual learning), §4.1, for what it was not
Refutes: "Residual connections cured vanishing gradients": He et al. 2015 call those unlikely in their plain nets

A gradient of length 1 enters at the top and is followed down to the input. In a plain stack each layer multiplies it by
its Jacobian: with tanh and a gain of 0.9 that takes an eighth away, and a hundred layers leave millionths. A residual
layer multiplies by I + J / sqrt(L): the I passes it on whole. The condition belongs to the claim: a plain stack of ReLU
layers at He's scale keeps its gradient too, so it is not depth alone that makes it vanish. And the sum needs its scale:
a hundred branches added at full strength make the gradient grow about a hundredfold.
"""

from collections.abc import Callable, Sequence
from math import sqrt
from typing import Annotated, NamedTuple

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, Parameter, control, mutant
from quiz.proofs.numerics import Array, geometric_mean, relu


class Stack(NamedTuple):
    """Layers x -> skip x + branch(L) bend(x W), W ~ N(0, gain^2 / d); `derivative` of the bend, from its output."""

    skip: float = 0.0
    branch: Callable[[int], float] = lambda L: 1.0
    bend: Callable[[Array], Array] = np.tanh
    derivative: Callable[[Array], Array] = lambda y: 1 - y**2
    gain: float = 0.9


PLAIN = Stack()
RESIDUAL = Stack(skip=1.0, branch=lambda L: 1 / sqrt(L))
UNSCALED = Stack(skip=1.0)
HE_RELU = Stack(bend=relu, derivative=np.sign, gain=sqrt(2))


def gradient(stack: Stack, W: Array, x: Array, g: Array) -> float:
    """Length of the gradient at the input, geometric mean over nets.

    W: (L, nets, d, d) ~ N(0, 1/d), x: (nets, 1, d) at the input, g: (nets, 1, d) of length 1 at the output.
    """
    branch, outputs = stack.branch(len(W)), []
    for W_l in W:
        outputs.append(stack.bend(x @ W_l * stack.gain))
        x = stack.skip * x + branch * outputs[-1]
    for W_l, y in zip(W[::-1], outputs[::-1], strict=True):
        g = stack.skip * g + branch * stack.gain * (g * stack.derivative(y)) @ W_l.swapaxes(-1, -2)
    return geometric_mean(np.linalg.norm(g, axis=-1))


def curves(rng: Generator, depths: Sequence[int], d: int, nets: int, stacks: Sequence[Stack]) -> list[list[float]]:
    """The gradient at each depth, for each stack, all with the same draws."""
    W = rng.normal(size=(max(depths), nets, d, d)) / sqrt(d)
    x, g = rng.normal(size=(2, nets, 1, d))
    g /= np.linalg.norm(g, axis=-1, keepdims=True)
    return [[gradient(stack, W[:L], x, g) for L in depths] for stack in stacks]


def measure(
    rng: Generator,
    *,
    L: Annotated[tuple[int, ...], Parameter(2, 200, "layers")] = (2, 10, 20, 50, 100),
    d: Annotated[int, Parameter(64, 256, "dimensions")] = 64,
    nets: Annotated[int, Parameter(5, 20)] = 10,
    plain: Stack = PLAIN,
    residual: Stack = RESIDUAL,
) -> Found:
    plainly, past, by_he = curves(rng, L, d, nets, [plain, residual, HE_RELU])
    return Found(
        [
            Measurement(
                "plain tanh: kept by each layer", plainly[-1] ** (1 / L[-1]), "<", 0.91,
                "0.88, which leaves 4e-6 after 100; ReLU at He's scale keeps 0.98",
            ),
            Measurement(
                "residual: least at any depth", min(past), ">", 0.5, "about 1.2 everywhere; without the skip 4e-6"
            ),
            Measurement(
                "residual: most at any depth", max(past), "<", 5, "78 to 156 at 100 where the branches are not scaled"
            ),
        ],
        [
            Lines(
                "Gradient at the input for 1 at the output",
                {"residual": (L, past), "plain tanh": (L, plainly), "plain ReLU, He": (L, by_he)},
                x_label="layers", y_label="length", log_y=True,
            )
        ],
    )  # fmt: skip


def he_keeps(rng: Generator, *, L: tuple[int, ...], d: int, nets: int) -> Found:
    ((*_, deepest),) = curves(rng, L, d, nets, [HE_RELU])
    return Found(
        [
            Measurement(
                "plain ReLU, He: kept by each layer", deepest ** (1 / L[-1]), ">", 0.965,
                "0.98, and only by the scatter of finite width; tanh at gain 0.9 keeps 0.88",
            )
        ]
    )  # fmt: skip


DEMO = Demo(
    measure,
    mutants=[
        mutant("skip-dropped", "the residual stack has no skip", residual=PLAIN),
        mutant("unscaled", "the branches are not divided by sqrt(L)", residual=UNSCALED),
        mutant("depth-alone", "the plain stack has ReLU at He's scale: as deep, but nothing shrinks", plain=HE_RELU),
    ],
    controls=[control("he-init", "a plain ReLU stack at He's scale, as deep, does not lose its gradient", he_keeps)],
    learnt="A product of factors below 1 vanishes: a skip adds 1 to each, He's scale makes them 1 to begin with.",
    not_shown="That a stack with sound gradients trains well: see residual-training.",
    cost=lambda L, d, nets: Cost(
        bytes=8 * nets * max(L) * (2 * d * d + 4 * d), seconds=nets * d * d * (2e-8 * max(L) + 1e-8 * sum(L))
    ),
)
