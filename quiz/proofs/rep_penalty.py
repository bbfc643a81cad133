"""A repetition penalty that divides every logit makes tokens with negative logits likelier: 3.9 % becomes 4.9 %.

Topic: output-control
Source: Keskar et al. 2019 (CTRL), §4.1, which divides; implementations multiply where the logit is negative
Refutes: "The penalty divides the logits of tokens already said": that rewards the ones with negative logits

Of the logits 2, 0.5, -1, -3 the third belongs to a token said before. Divided by 1.3 it becomes -0.77, which is more;
multiplied it becomes -1.3, which is less. The rule that looks at the sign is then tried on random logits, one penalised
in each row: it must lower every one of them, while division raises each that is negative.
"""

from collections.abc import Callable
from typing import Annotated

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, Parameter, mutant
from quiz.proofs.numerics import Array, softmax

LOGITS, SAID = np.array([2.0, 0.5, -1.0, -3.0]), 2
Rule = Callable[[Array, float], Array]


def by_sign(z: Array, penalty: float) -> Array:
    return np.where(z > 0, z / penalty, z * penalty)


def divided(z: Array, penalty: float) -> Array:
    return z / penalty


def multiplied(z: Array, penalty: float) -> Array:
    return z * penalty


def sign_reversed(z: Array, penalty: float) -> Array:
    return np.where(z < 0, z / penalty, z * penalty)


def probability(z: Array, said: int, rule: Rule, penalty: float) -> Array:
    """Of token `said` after `rule` has changed its logit alone. z: (..., V) -> (...)."""
    changed = z.copy()
    changed[..., said] = rule(z[..., said], penalty)
    return softmax(changed)[..., said]


def measure(
    rng: Generator,
    *,
    penalty: Annotated[float, Parameter(1.01, 5)] = 1.3,
    rows: Annotated[int, Parameter(200, 20000)] = 2000,
    rule: Rule = by_sign,
) -> Found:
    def third(rule: Rule, x: float = 1.3, higher: float = 0.0) -> float:
        return float(probability(LOGITS + higher, SAID, rule, x))

    before, raised, lowered, higher = third(rule, 1.0), third(divided), third(rule), third(rule, higher=4)
    z = rng.normal(size=(rows, 10)) * 2
    p, negative = softmax(z)[:, 0], z[:, 0] < 0
    likelier = 100 * float(np.mean(probability(z, 0, rule, penalty) >= p))
    rewarded = 100 * float(np.mean(probability(z, 0, divided, penalty)[negative] > p[negative]))
    penalties = [1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.75, 2.0]
    curve = [100 * third(rule, x) for x in penalties]
    return Found(
        [
            Measurement("p of the third before", before, "between", (0.0388, 0.0390), "softmax of 2, 0.5, -1, -3"),
            Measurement("p, its logit divided", raised, "between", (0.0484, 0.0486), "-1 / 1.3 = -0.77: a reward"),
            Measurement("p, by the sign", lowered, "between", (0.0290, 0.0292), "-1 x 1.3 = -1.3; 0.0485 divided"),
            Measurement(
                "p, all logits 4 higher", higher, "between", (0.0196, 0.0200), "3 / 1.3: not the 0.029 of before"
            ),
            Measurement("random logits that get likelier", likelier, "=", 0, "half of them with one rule for all", "%"),
            Measurement("negative ones that division rewards", rewarded, "=", 100, "z / 1.3 > z for z < 0", "%"),
        ],
        [Lines("Chance of the third (%)", {"by sign": (penalties, curve)}, "penalty", "%", with_mutants=True)],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("divide", "every logit divided, as the formula stands", rule=divided),
        mutant("multiply", "every logit multiplied: the positive ones are rewarded", rule=multiplied),
        mutant("sign-reversed", "the two cases exchanged: every repetition is rewarded", rule=sign_reversed),
    ],
    learnt="Divide where the logit is positive, multiply where it is negative; subtracting needs no such case.",
    not_shown="Text: whether loops end. Logits are free up to a constant, so how hard it hits depends on the model.",
    cost=lambda penalty, rows: Cost(bytes=2e5 + 8 * 10 * 8 * rows, seconds=1e-3 + 2e-6 * rows),
)
