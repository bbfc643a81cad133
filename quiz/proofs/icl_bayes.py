"""Even an ideal learner gains little from four examples if 64 tasks are possible: 63 % right; sixteen make it 94 %.

Topic: prompting
Source: Xie et al. 2022 (in-context learning as implicit Bayesian inference), §2, for the view; the example is ours
Refutes: "If a handful of examples does not help, the model cannot learn in context": the ideal learner looks like that

64 random labellings of 256 inputs are equally likely a priori; one of them is the task. The examples show inputs with
its label, wrong in 10 % of the cases. The learner weighs each labelling by the probability it gives to the examples,
and answers an input by the weighted majority, judged by the task's own label. Naming one of 64 takes 6 bits, and an
example with such noise brings at most 0.53: about 11 are needed, however clever the learner.
"""

from collections.abc import Callable
from math import log2
from typing import Annotated

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, Parameter, control, mutant
from quiz.proofs.numerics import Array

INPUTS, NOISE, SHOTS = 256, 0.1, (0, 1, 2, 4, 8, 16)
Weigh = Callable[[Array, int], Array]


def posterior(agrees: Array, shots: int) -> Array:
    """Weight of each labelling, up to a factor. agrees: (trials, tasks), with how many of the examples it agrees."""
    w: Array = (1 - NOISE) ** agrees * NOISE ** (shots - agrees)
    return w


def no_noise(agrees: Array, shots: int) -> Array:
    return np.where(agrees == shots, 1.0, 0.0)


def prior(agrees: Array, shots: int) -> Array:
    return np.ones_like(agrees)


def contrary(agrees: Array, shots: int) -> Array:
    return posterior(shots - agrees, shots)


def accuracy(rng: Generator, tasks: int, trials: int, weigh: Weigh, told: Callable[[Array], Array]) -> list[float]:
    """Share of all inputs labelled right after each number of shots, in percent. Each trial draws labellings anew."""
    signs = rng.choice(np.array([-1, 1], dtype=np.float32), size=(trials, tasks, INPUTS))  # task 0 is the true one
    seen, wrong = rng.integers(INPUTS, size=(trials, SHOTS[-1])), rng.random((trials, SHOTS[-1])) < NOISE
    y = told(np.take_along_axis(signs[:, 0], seen, axis=1) * np.where(wrong, -1, 1))
    same = np.take_along_axis(signs, seen[:, None, :], axis=2) == y[:, None, :]  # (trials, tasks, shots)
    right = []
    for k in SHOTS:
        w = weigh(same[:, :, :k].sum(axis=2).astype(float), k)
        vote = (w[:, None, :].astype(np.float32) @ signs)[:, 0]  # (trials, inputs)
        right.append(100 * float(np.mean((1 + np.sign(vote) * signs[:, 0]) / 2)))  # a tie is right half the time
    return right


def as_told(y: Array) -> Array:
    return y


def shuffled(y: Array) -> Array:
    return np.roll(y, 1, axis=1)


def measure(
    rng: Generator,
    *,
    trials: Annotated[int, Parameter(300, 2000)] = 300,
    weigh: Weigh = posterior,
    told: Callable[[Array], Array] = as_told,
) -> Found:
    right = accuracy(rng, 64, trials, weigh, told)
    none, _, _, four, eight, sixteen = right
    bits = 1 + NOISE * log2(NOISE) + (1 - NOISE) * log2(1 - NOISE)
    return Found(
        [
            Measurement("right without an example", none, "between", (54, 56), "0.5 + the mean of |k - 32| / 64", "%"),
            Measurement("right after 4 examples", four, "between", (60, 67), "at most 2.1 of the 6 bits", "%"),
            Measurement("right after 8 examples", eight, "between", (73, 83), "at most 4.2 of the 6 bits", "%"),
            Measurement("right after 16 examples", sixteen, "between", (90, 97), "8.5 bits: enough to name one", "%"),
            Measurement(
                "examples for 6 bits, at least", 6 / bits, "between", (11, 12), "0.531 bits each, with the noise"
            ),
        ],
        [Lines("Right answers (%)", {"64 tasks": (SHOTS, right)}, "examples", "%", with_mutants=True)],
    )


def two_tasks(rng: Generator, *, trials: int) -> Found:
    right = accuracy(rng, 2, trials, posterior, as_told)
    return Found([Measurement("2 tasks, after 4 examples", right[3], ">", 90, "1 bit to learn, not 6", "%")])


DEMO = Demo(
    measure,
    mutants=[
        mutant("no-noise", "one example that disagrees rules a labelling out: the true one as well", weigh=no_noise),
        mutant("prior", "the examples are ignored, as by a model that cannot learn in context", weigh=prior),
        mutant("contrary", "labellings are weighed by how much they disagree", weigh=contrary),
        mutant(
            "shuffled",
            "each example shows the label of another: with a new task, labels are what counts",
            told=shuffled,
        ),
    ],
    controls=[control("two-tasks", "with two possible tasks four examples are plenty", two_tasks)],
    learnt="What examples achieve depends on how many tasks are possible: naming one of 64 takes 6 bits.",
    not_shown="That language models are ideal learners; for a familiar task two examples can be enough.",
    cost=lambda trials: Cost(bytes=1e6 + 2.1e5 * trials, seconds=0.02 + 4e-4 * trials),
)
