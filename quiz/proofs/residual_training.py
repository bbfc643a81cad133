"""Thirty-two plain layers at a library's default scale do not learn; with skips, each branch over sqrt(L), they do.

Topic: residuals-norms
Source: He et al. 2015 (Residual learning), §1 and §4.1: deep plain nets train worse, residual ones do not
Refutes: "It takes residual connections to train a deep network": He's scale does as well, and skips alone do not

Two deep ReLU stacks are fitted to a sine by Adam. The plain one, at the scale that PyTorch's Linear starts from
(standard deviation 1 / sqrt(3 d)), shrinks its signal by sqrt(6) in each layer: nothing of the input reaches the
output, and all it can fit is the mean. The residual one learns. But it is not the skip as such: a plain stack at He's
scale learns too, and so does a shallow one at the default scale; and a residual stack whose branches are neither
scaled nor normed starts far too large and stays far from the data. Scale is the lesson, and skips are one way to it.
"""

from collections.abc import Callable
from math import sqrt
from typing import Annotated, NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, Parameter, control, mutant

Floats = NDArray[np.float32]  # twice as fast as float64, and fine enough for a loss
Curve = list[float]


class Net(NamedTuple):
    """L layers x -> skip x + branch(L) relu(norm(x) W), W ~ N(0, gain^2 / d), then one linear output."""

    skip: float = 0.0
    branch: Callable[[int], float] = lambda L: 1.0
    gain: float = 1 / sqrt(3)  # PyTorch's Linear
    norm: bool = False


PLAIN = Net()
HE = Net(gain=sqrt(2))
RESIDUAL = Net(skip=1.0, branch=lambda L: 1 / sqrt(L))
UNSCALED = Net(skip=1.0)
PRE_NORM = Net(skip=1.0, norm=True)


def normed(x: Floats) -> tuple[Floats, Floats]:
    """LayerNorm of x: (N, d), and the standard deviations: (N, 1)."""
    centred = x - x.mean(axis=1, keepdims=True)
    std = np.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-5)
    return centred / std, std


def norm_gradient(g: Floats, u: Floats, std: Floats) -> Floats:
    """The gradient before LayerNorm from g behind it, with what `normed` returned: what shifts or scales is lost."""
    back: Floats = (g - g.mean(axis=1, keepdims=True) - u * (g * u).mean(axis=1, keepdims=True)) / std
    return back


def loss_and_gradients(
    net: Net, X: Floats, y: Floats, W: Floats, out: Floats, bias: Floats
) -> tuple[float, list[Floats]]:
    """Mean squared error and its gradients for W: (L, d, d), out: (d, 1), bias: (1, 1). X: (N, d), y: (N, 1)."""
    x, branch, layers = X, net.branch(len(W)), []
    for W_l in W:
        u, std = normed(x) if net.norm else (x, 1.0)
        h = np.maximum(u @ W_l, 0)
        layers.append((W_l, u, std, h))
        x = net.skip * x + branch * h
    error = x @ out + bias - y

    g = error * (2 / len(X))
    d_out, d_bias, d_W = x.T @ g, g.sum(axis=0, keepdims=True), []
    g = g @ out.T
    for W_l, u, std, h in reversed(layers):
        through_relu = branch * g * (h > 0)
        d_W.append(u.T @ through_relu)
        through_branch = through_relu @ W_l.T
        g = net.skip * g + (norm_gradient(through_branch, u, std) if net.norm else through_branch)
    return float((error**2).mean()), [np.array(d_W[::-1]), d_out, d_bias]


def train(rng: Generator, net: Net, X: Floats, y: Floats, L: int, steps: int, rate: float = 3e-3) -> Curve:
    """Loss over Var(y) at each step of Adam, all points at once."""
    d = X.shape[1]
    shapes_and_scales = [((L, d, d), net.gain / sqrt(d)), ((d, 1), 1 / sqrt(3 * d)), ((1, 1), 0.0)]
    weights = [(rng.normal(size=shape) * scale).astype(np.float32) for shape, scale in shapes_and_scales]
    first, second = [np.zeros_like(w) for w in weights], [np.zeros_like(w) for w in weights]
    curve = []
    for t in range(1, steps + 1):
        loss, gradients = loss_and_gradients(net, X, y, *weights)
        curve.append(loss / float(y.var()))
        for w, g, m, v in zip(weights, gradients, first, second, strict=True):
            m += 0.1 * (g - m)
            v += 0.001 * (g * g - v)
            w -= rate * m / (1 - 0.9**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
    return curve


def task(rng: Generator, points: int, d: int) -> tuple[Floats, Floats]:
    """y = sin(2 w.x / sqrt(d)) at random x: one direction out of d matters, and not linearly."""
    X, w = rng.normal(size=(points, d)), rng.normal(size=(d, 1))
    return X.astype(np.float32), np.sin(2 * X @ w / sqrt(d)).astype(np.float32)


def train_all(rng: Generator, d: int, steps: int, nets: dict[str, tuple[Net, int]]) -> dict[str, Curve]:
    """The curve of each (net, number of layers), all on the same points."""
    X, y = task(rng, 48, d)
    return {name: train(rng, net, X, y, L, steps) for name, (net, L) in nets.items()}


def measure(
    rng: Generator,
    *,
    L: Annotated[int, Parameter(30, 64, "layers")] = 32,
    d: Annotated[int, Parameter(24, 64, "dimensions")] = 32,
    steps: Annotated[int, Parameter(80, 120)] = 80,
    plain: Net = PLAIN,
    residual: Net = RESIDUAL,
) -> Found:
    losses = train_all(rng, d, steps, {"plain": (plain, L), "residual": (residual, L)})
    return Found(
        [
            Measurement(
                "plain: loss / variance of y", losses["plain"][-1], ">", 0.9,
                "1 is the loss of the mean, which needs no input; at He's scale it falls below 0.4",
            ),
            Measurement(
                "residual: loss / variance of y", losses["residual"][-1], "<", 0.1,
                "0.005 at most in 150 draws; 0.4 and more with the branches unscaled",
            ),
        ],
        [
            Lines(
                "Loss in training (1: the variance of y)",
                {name: (list(range(steps)), curve) for name, curve in losses.items()},
                x_label="step", y_label="loss", log_y=True,
            )
        ],
    )  # fmt: skip


def learns(net: Net, depth: int | None = None) -> Callable[..., Found]:
    """The measure of a control: another net that learns the same task."""

    def measure(rng: Generator, *, L: int, d: int, steps: int) -> Found:
        losses = train_all(rng, d, steps, {"it": (net, depth or L)})
        because = "it explains more than half of y; what passes no signal stays at 1"
        return Found([Measurement("loss / variance of y", losses["it"][-1], "<", 0.5, because)])

    return measure


DEMO = Demo(
    measure,
    mutants=[
        mutant("he-init", "the plain stack starts at He's scale, sqrt(2 / d)", plain=HE),
        mutant("skip-dropped", "the residual stack has no skip", residual=PLAIN),
        mutant("unscaled", "skips, but the branches are neither scaled nor normed", residual=UNSCALED),
    ],
    controls=[
        control("he-init", "a plain stack of the same depth learns at He's scale", learns(HE)),
        control("shallow", "two plain layers learn at the default scale", learns(PLAIN, depth=2)),
        control("pre-norm", "skips with LayerNorm before each branch learn, without 1 / sqrt(L)", learns(PRE_NORM)),
    ],
    learnt="Deep stacks learn where the signal keeps its size: by He's scale, by scaled skips or by a norm.",
    not_shown="Real tasks: the plain nets of He et al. 2015 had sound signals, by norms, and still fell behind.",
    cost=lambda L, d, steps: Cost(bytes=4 * L * (8 * d * d + 48 * 8 * d), seconds=steps * L * (25e-6 + 1e-8 * d * d)),
)
