"""DPO's loss can fall while the chosen answer gets less likely: it sees only the gap between two log-ratios.

Topic: post-training
Source: Rafailov et al. 2023 (DPO), §4, eq. 4 and 7; Razin et al. 2024 (likelihood displacement)
Refutes: "DPO makes the preferred answer likelier": relative to the rejected one; both may lose to a third

loss = -ln sigma(beta [ln p(w)/ref(w) - ln p(l)/ref(l)]). First its values: ln 2 at the reference, and unchanged when
both log-probabilities move alike. Then a policy with logits theta f(y) is trained on one pair; the answers' features
lie on a line, rejected 0, chosen 1, all others beyond. Raising theta widens the gap, and the others gain from both.
Last, a policy with a free logit for each answer is fitted to preferences drawn from rewards, all pairs: it must end at
ref(y) exp(r(y)/beta), the optimum of RLHF, although no reward model was trained and nothing was sampled.
"""

from typing import Annotated

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, Parameter, control, mutant
from quiz.proofs.numerics import Array, largest, softmax

CHOSEN, REJECTED, STEPS = 1, 0, 40


def log_softmax(z: Array) -> Array:
    y: Array = z - z.max() - np.log(np.exp(z - z.max()).sum())
    return y


def sigma(x: Array | float) -> Array:
    y: Array = 1 / (1 + np.exp(-np.asarray(x)))
    return y


def measure(
    rng: Generator,
    *,
    answers: Annotated[int, Parameter(5, 50)] = 10,
    beta: Annotated[float, Parameter(0.05, 1)] = 0.1,
    reference: float = 1.0,
    sign: float = 1.0,
    table: bool = False,
    per_pair: bool = True,
) -> Found:
    def loss(log_p: Array, log_ref: Array) -> float:
        ratio = log_p - reference * log_ref
        gap = ratio[CHOSEN] - ratio[REJECTED] if per_pair else ratio[CHOSEN]
        return float(-np.log(sigma(sign * beta * gap)))

    ref = log_softmax(rng.normal(size=answers))
    start = loss(ref, ref)
    both = abs(loss(ref - 5.0, ref) - start)
    features = np.eye(answers) if table else np.append([0.0, 1.0], rng.uniform(2, 4, answers - 2))[:, None]

    theta, losses, chosen, rejected = np.zeros(features.shape[1]), [], [], []
    for _ in range(STEPS):
        log_p = log_softmax(ref + features @ theta)
        losses.append(loss(log_p, ref))
        chosen.append(float(log_p[CHOSEN] - ref[CHOSEN]))
        rejected.append(float(log_p[REJECTED] - ref[REJECTED]))
        push = sign * beta * (1 - np.exp(-losses[-1]))  # beta sigma(-margin), the slope of the loss
        theta = theta + push * (features[CHOSEN] - features[REJECTED])

    reward = rng.normal(size=answers) * beta  # of the order of beta, so that no answer dies out
    wins, z = sigma(reward[:, None] - reward), np.zeros(answers)
    for _ in range(400):
        margin = sign * beta * (z[:, None] - z)
        z = z + 2 / (answers * beta) * np.sum(wins - sigma(margin), axis=1)
    off = largest(softmax(ref + z) - softmax(ref + reward / beta))
    steps = list(range(STEPS))
    return Found(
        [
            Measurement("loss at the reference", start, "between", (0.6931, 0.6932), "ln 2: the gap is 0", "nats"),
            Measurement("loss when both fall by 5 nats", both, "<", 1e-12, "the same: only the gap counts", "nats"),
            Measurement("change of the loss in training", losses[-1] - losses[0], "<", -0.001, "it falls", "nats"),
            Measurement("log-probability, chosen answer", chosen[-1], "<", -0.01, "less likely all the same", "nats"),
            Measurement(
                "log-probability, rejected less chosen", rejected[-1] - chosen[-1], "<", 0, "falls further", "nats"
            ),
            Measurement("from ref(y) exp(r(y)/beta)", off, "<", 1e-3, "DPO's optimum is RLHF's"),
        ],
        [
            Lines(
                "Log-probability against the start", {"chosen": (steps, chosen), "rejected": (steps, rejected)}, "step"
            )
        ],
    )


def free_logits(rng: Generator, *, answers: int, beta: float) -> Found:
    """With a logit of its own for each answer the chosen one gains: features shared with others make it fall."""
    found = measure(rng, answers=answers, beta=beta, table=True)
    gain = found.measurements[3].value
    return Found([Measurement("log-probability, chosen, free logits", gain, ">", 0.001, "its own logit rises")])


DEMO = Demo(
    measure,
    mutants=[
        mutant("no-reference", "the margin without the reference: another start", reference=0.0),
        mutant("exchanged", "the rejected answer is taken for the chosen one", sign=-1.0),
        mutant("chosen-only", "the loss of the chosen answer's ratio alone", per_pair=False),
        mutant("free-logits", "each answer has a logit of its own: the chosen one gains", table=True),
    ],
    controls=[control("free-logits", "what makes it fall are features shared with other answers", free_logits)],
    learnt="Watch the chosen answer's log-probability beside the margin: the loss cannot tell you that it falls.",
    not_shown="Language models, where it is also seen (Razin et al.); preferences that do not follow Bradley-Terry.",
    cost=lambda answers, beta: Cost(bytes=8 * 12 * answers**2 + 1e5, seconds=8e-3 + 1e-5 * answers**2),
)
