"""PPO's clip stops a gradient only where it has helped already: at ratio 1.5 a bad action still pushes with full force.

Topic: post-training
Source: Schulman et al. 2017 (PPO), §3, eq. 7 and figure 1; Shao et al. 2024 (DeepSeekMath), §4.1 (group advantages)
Refutes: "Outside [0.8, 1.2] the gradient is zero": not for a bad action made likelier, nor for a good one made rarer

The objective is min(ratio A, clip(ratio, 1 - eps, 1 + eps) A), ratio = new over old probability of the action. Its
slope is taken by differences on both sides of 1. Then a policy over ten actions, 1.5 times as likely to take a bad one
as it was, is left to gradient ascent: it must come back. The advantages of GRPO are checked as well: rewards of a group
less their mean, over their deviation, so that a group in which all are right teaches nothing.
"""

from collections.abc import Callable
from typing import Annotated

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, Parameter, mutant
from quiz.proofs.numerics import Array, softmax

Objective = Callable[[Array, float, float], Array]


def ppo(ratio: Array, A: float, eps: float) -> Array:
    return np.minimum(ratio * A, np.clip(ratio, 1 - eps, 1 + eps) * A)


def clipped_only(ratio: Array, A: float, eps: float) -> Array:
    return np.clip(ratio, 1 - eps, 1 + eps) * A


def with_max(ratio: Array, A: float, eps: float) -> Array:
    return np.maximum(ratio * A, np.clip(ratio, 1 - eps, 1 + eps) * A)


def unclipped(ratio: Array, A: float, eps: float) -> Array:
    return ratio * A


def standardised(rewards: Array) -> Array:
    """A_i of a group: less its mean, over its deviation. (G,) -> (G,)."""
    A: Array = (rewards - rewards.mean()) / (rewards.std() + 1e-6)
    return A


def measure(
    rng: Generator,
    *,
    eps: Annotated[float, Parameter(0.05, 0.4)] = 0.2,
    objective: Objective = ppo,
    advantages: Callable[[Array], Array] = standardised,
) -> Found:
    h = 1e-6

    def slope(ratio: float, A: float) -> float:
        low, high = objective(np.array([ratio - h, ratio + h]), A, eps)
        return float((high - low) / (2 * h))

    old = softmax(rng.normal(size=10))
    bad = int(np.argmin(old))  # at most 0.1
    z = np.log(old)
    z[bad] += np.log(1.5 * (1 - old[bad]) / (1 - 1.5 * old[bad]))
    ratios = []
    for _ in range(200):
        p = softmax(z)
        ratios.append(float(p[bad] / old[bad]))
        z = z + 0.05 * slope(ratios[-1], -1.0) * ratios[-1] * (np.eye(10)[bad] - p)

    mixed, right = advantages(np.array([1.0, 0, 0, 1, 0, 0, 0, 0])), advantages(np.ones(8))
    r = np.linspace(0, 2, 41)
    curves = {f"A = {A:+.0f}": (r.tolist(), objective(r, A, eps).tolist()) for A in (1.0, -1.0)}
    near = 1e-4
    return Found(
        [
            Measurement("slope, good action, ratio 1.5", slope(1.5, 1.0), "=", 0, "likelier already: no more"),
            Measurement("slope, bad action, ratio 1.5", slope(1.5, -1.0), "between", (-1 - near, -1 + near), "-1: A"),
            Measurement("slope, bad action, ratio 0.5", slope(0.5, -1.0), "=", 0, "rarer already: no more"),
            Measurement("slope, good action, ratio 0.5", slope(0.5, 1.0), "between", (1 - near, 1 + near), "1: A"),
            Measurement("slope, good action, ratio 1", slope(1.0, 1.0), "between", (1 - near, 1 + near), "unclipped"),
            Measurement(
                "ratio of a bad action, from 1.5",
                ratios[-1],
                "between",
                (0.9 - eps, 1 - eps),
                "just below 1 - eps; 1.5 if clipped",
            ),
            Measurement("advantage, 2 of 8 right", mixed.max(), "between", (1.73, 1.74), "0.75 / 0.433 = 1.732"),
            Measurement("advantage, all 8 right", np.abs(right).max(), "=", 0, "nothing to tell them apart"),
        ],
        [Lines("Objective, eps = " + f"{eps:g}", curves, "ratio")],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("clip-alone", "no minimum: a bad action that got likelier stays", objective=clipped_only),
        mutant("maximum", "max in place of min", objective=with_max),
        mutant("unclipped", "the ratio as it is: nothing stops", objective=unclipped),
        mutant("raw-rewards", "rewards used as advantages: a group all right pushes on", advantages=lambda r: r),
    ],
    learnt="The minimum makes the objective pessimistic: it ignores gains outside the band, never losses.",
    not_shown="That ratios stay in the band: where the slope is zero nothing pulls back, and other samples move them.",
    cost=lambda eps: Cost(bytes=2e5, seconds=0.012),
)
