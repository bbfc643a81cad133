"""LoRA starts exactly at the given model, learns a change of rank r, and learns nothing if both factors start at zero.

Topic: post-training
Source: Hu et al. 2022 (LoRA), §4.1 (start, scale, merging) and §4.2 (GPT-3's sizes)
Refutes: "Starting both factors at zero is the safest": then each one's gradient contains the other, which is zero

W (d, d) is frozen; x is mapped by W + s B A, with A (r, d) drawn at random and B (d, r) zero. A target that differs
from W by a matrix of rank r and a little noise is learnt by gradient descent on A and B. Watched are: the output before
any step, the first gradients dB = s G A^T and dA = s B^T G, where G is the gradient of the whole matrix, the rank of
what was learnt, its error against that of the best matrix of rank r, and the output once s B A has been added to W.
"""

from typing import Annotated

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import BadParameter, Cost, Demo, Found, Lines, Measurement, Parameter, control, mutant
from quiz.proofs.numerics import largest, matrix, relative

SCALE, STEPS, RATE = 2.0, 300, 0.2


def measure(
    rng: Generator,
    *,
    d: Annotated[int, Parameter(16, 128, "features")] = 64,
    r: Annotated[int, Parameter(1, 16, "rank")] = 4,
    a_start: float = 1.0,
    b_start: float = 0.0,
    merge_scale: float = SCALE,
    rank: int | None = None,
) -> Found:
    inner = rank or r
    W, x = matrix(rng, d, d), rng.normal(size=(d, 50))
    low, noise = rng.normal(size=(d, r)) @ rng.normal(size=(r, d)), rng.normal(size=(d, d))
    change = low / np.linalg.norm(low, 2) + 0.1 * noise / np.linalg.norm(noise, 2)
    tail = np.linalg.svd(change, compute_uv=False)[r:]
    least = float(np.linalg.norm(tail) / np.linalg.norm(change))
    A, B = a_start * rng.normal(size=(inner, d)) / np.sqrt(d), b_start * rng.normal(size=(d, inner)) / np.sqrt(d)
    start = largest((W + SCALE * B @ A) @ x - W @ x)

    errors, first = [], (0.0, 0.0)
    for step in range(STEPS):
        G = SCALE * B @ A - change  # of half the squared distance to the target, W + change
        errors.append(float(np.linalg.norm(G) / np.linalg.norm(change)))
        dA, dB = SCALE * B.T @ G, SCALE * G @ A.T
        first = (largest(dA), largest(dB)) if step == 0 else first
        A, B = A - RATE * dA, B - RATE * dB

    delta = SCALE * B @ A
    learnt = int(np.linalg.matrix_rank(delta, tol=1e-9))
    merged, apart = (W + merge_scale * B @ A) @ x, W @ x + SCALE * (B @ (A @ x))
    trained = 96 * 2 * 2 * 12288 * 4
    return Found(
        [
            Measurement("change of the output at the start", start, "=", 0, "B is zero, so B A is"),
            Measurement("largest first gradient of A", first[0], "=", 0, "B^T G with B zero"),
            Measurement("largest first gradient of B", first[1], ">", 1e-3, "G A^T with A random"),
            Measurement(
                "error left against best of rank r",
                errors[-1] / least,
                "<",
                1.05,
                "1.00: no matrix of rank r does better (SVD)",
            ),
            Measurement("rank of the change", learnt, "=", r, "B A has rank r at most; a full matrix would have d"),
            Measurement("merged against apart, relative", relative(merged, apart), "<", 1e-12, "rounding, 1e-15"),
            Measurement("GPT-3, r = 4 on W_q and W_v, trained", trained / 1e6, "between", (18.8, 18.9), "18.9", "M"),
            Measurement("GPT-3's 175 B against that", 175e9 / trained, "between", (9270, 9275), "the paper: 10,000"),
        ],
        [Lines("Error left", {"LoRA": (list(range(STEPS)), errors)}, "step", log_y=True, with_mutants=True)],
    )


def dear(d: int, r: int) -> Cost:
    if r > d // 4:
        raise BadParameter(f"a rank of {r} is not low for {d} features: use {d // 4} or less.")
    return Cost(bytes=8 * (12 * d * d + 200 * d), seconds=0.02 + STEPS * 2e-6 * d)


DEMO = Demo(
    measure,
    mutants=[
        mutant("both-zero", "A starts at zero too: both gradients are zero for ever", a_start=0.0),
        mutant("both-random", "B starts at random too: the model is changed before the first step", b_start=1.0),
        mutant("unscaled-merge", "B A is merged without its scale", merge_scale=1.0),
        mutant("rank-16", "factors of a higher rank: less error, more weights", rank=16),
    ],
    controls=[control("a-small", "A starts at a third of its size: slower, but it learns", a_start=0.3)],
    learnt="One factor at zero keeps the model as it was; the other must be random, or there is no gradient.",
    not_shown="That low rank is enough for a task: here the target was made so. Nor Adam, which rescales gradients.",
    cost=dear,
)
