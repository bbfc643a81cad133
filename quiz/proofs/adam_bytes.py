"""Mixed-precision Adam holds 16 bytes for each weight, 112 GB for 7 billion, before a single activation is stored.

Topic: scaling
Source: Rajbhandari et al. 2020 (ZeRO), §3.1 and figure 1; Kingma and Ba 2015, algorithm 1
Refutes: "A model of 7 billion weights in 16 bits needs 14 GB": to run, yes; to train it with Adam, eight times as much

A layer is trained one step: fp16 weights and gradients, an fp32 master copy, and two fp32 moments. The bytes that
these arrays really hold are counted. ZeRO cuts them into equal shares, one for each GPU: the moments and the master
copy (stage 1), the gradients too (2), the weights too (3). The step itself is checked as well: with the bias corrected,
the first one is the learning rate times the sign of the gradient, however large or small that gradient is.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Bars, Cost, Demo, Found, Measurement, Parameter, mutant

SEVEN, PAPER, RATE, BETA_1, BETA_2 = 7e9, 7.5e9, 1e-3, 0.9, 0.999
BYTES = {"weights": "f2", "gradients": "f2", "master": "f4", "m": "f4", "v": "f4"}
SHARDED = ((), ("master", "m", "v"), ("master", "m", "v", "gradients"), tuple(BYTES))


def per_gpu(states: Mapping[str, Any], sharded: Sequence[str], gpus: int) -> int:
    """Bytes on the fullest GPU when the arrays named in `sharded` are cut into shares."""
    return sum(
        max(part.nbytes for part in np.array_split(x, gpus)) if name in sharded else x.nbytes
        for name, x in states.items()
    )


def measure(
    rng: Generator,
    *,
    gpus: Annotated[int, Parameter(2, 1024)] = 64,
    types: Mapping[str, str] = BYTES,
    stages: Sequence[Sequence[str]] = SHARDED,
    corrected: bool = True,
) -> Found:
    n = 64 * gpus
    gradient = rng.choice([-1, 1], n) * 10 ** rng.uniform(-4, 2, n)
    states = {name: np.zeros(n, kind) for name, kind in types.items()}
    m, v = (1 - BETA_1) * gradient, (1 - BETA_2) * gradient**2
    if corrected:
        m, v = m / (1 - BETA_1), v / (1 - BETA_2)
    step = -RATE * m / (np.sqrt(v) + 1e-8)
    size = np.abs(step) / RATE

    each = per_gpu(states, (), gpus) / n
    none, one, two, three = (per_gpu(states, sharded, gpus) / n * PAPER / 1e9 for sharded in stages)
    left = [16.0, 4 + 12 / gpus, 2 + 14 / gpus, 16 / gpus]
    low, high = [x * 7.5 - 0.05 for x in left], [x * 7.5 + 0.05 for x in left]
    names = ("no sharding", "stage 1", "stage 2", "stage 3")
    return Found(
        [
            Measurement("bytes for each weight", each, "=", 16, "2 + 2 + 4 + 4 + 4"),
            Measurement("7 billion weights", each * SEVEN / 1e9, "=", 112, "eight times the 14 of the weights", "GB"),
            Measurement("7.5 billion, each GPU", none, "between", (low[0], high[0]), "the paper's 120", "GB"),
            Measurement("7.5 billion, stage 1", one, "between", (low[1], high[1]), "the paper's 31.4 on 64", "GB"),
            Measurement("7.5 billion, stage 2", two, "between", (low[2], high[2]), "the paper's 16.6 on 64", "GB"),
            Measurement("7.5 billion, stage 3", three, "between", (low[3], high[3]), "the paper's 1.9 on 64", "GB"),
            Measurement(
                "first step / learning rate, smallest", size.min(), ">", 0.999, "m / sqrt(v) = sign; epsilon 1e-8"
            ),
            Measurement(
                "first step / learning rate, largest", size.max(), "<", 1.001, "0.1 / sqrt(0.001) = 3.16 uncorrected"
            ),
        ],
        [Bars("GB on each GPU, 7.5 billion weights", list(zip(names, (none, one, two, three), strict=True)), "GB")],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant(
            "no-master",
            "no fp32 copy of the weights: 12 bytes",
            types={k: t for k, t in BYTES.items() if k != "master"},
        ),
        mutant("fp32-gradients", "gradients kept in fp32: 18 bytes", types={**BYTES, "gradients": "f4"}),
        mutant(
            "one-moment",
            "momentum only: the second moment is forgotten",
            types={k: t for k, t in BYTES.items() if k != "v"},
        ),
        mutant(
            "weights-first",
            "stage 1 shards the weights, the states stay whole",
            stages=((), ("weights",), *SHARDED[2:]),
        ),
        mutant(
            "uncorrected", "moments are not divided by 1 - beta: the first step is 3.2 times too large", corrected=False
        ),
    ],
    learnt="Count 16 bytes a weight for training, 2 for running; sharding the 12 of the optimiser is the first gain.",
    not_shown="Activations, buffers and what is sent between GPUs; other recipes keep 18 bytes, or fewer.",
    cost=lambda gpus: Cost(bytes=64 * gpus * 120 + 1e5, seconds=2e-3 + 3e-5 * gpus),
)
