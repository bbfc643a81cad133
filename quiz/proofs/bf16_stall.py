"""A bf16 weight of 1.0 ignores a thousand updates of 0.001; fp16 ignores gradients of 1e-8, unless they are scaled up.

Topic: pretraining
Source: Micikevicius et al. 2018 (mixed precision), §3.1 and §3.2; Kalamkar et al. 2019 (bfloat16), §3
Refutes: "bf16 can replace fp32 everywhere, it has the same range": range it has, but only 8 significant bits

bf16 is the upper half of an fp32 number. Above 1 its numbers are 2^-7 = 0.0078 apart, so adding 0.001 rounds back to
where it was. A master copy in fp32 takes the updates, and only what the layers read is rounded. Rounding up or down
by chance, in proportion, also works, on average. fp16 has 11 bits but little range: it ends at 65,504, and below
2^-25 = 3e-8 a gradient becomes 0. Multiplied by 2^16 before, and divided afterwards in fp32, it survives.
"""

from collections.abc import Callable
from typing import Annotated, Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, Parameter, control, mutant

F32 = NDArray[np.float32]
UPDATE, GRADIENT, WEIGHTS = np.float32(1e-3), 1e-8, 2000


def bf16(x: Any) -> F32:
    """x rounded to the nearest bf16, ties to even. Finite x."""
    bits = np.atleast_1d(np.asarray(x, dtype=np.float32)).view(np.uint32)
    return ((bits + np.uint32(0x7FFF) + (bits >> 16 & np.uint32(1))) & np.uint32(0xFFFF0000)).view(np.float32)


def bf16_cut(x: Any) -> F32:
    """x with the lower half of its bits cut off."""
    bits = np.atleast_1d(np.asarray(x, dtype=np.float32)).view(np.uint32)
    return (bits & np.uint32(0xFFFF0000)).view(np.float32)


def by_chance(rng: Generator, x: F32) -> F32:
    """x rounded to one of its two bf16 neighbours, the nearer one more often."""
    return bf16_cut((x.view(np.uint32) + rng.integers(0, 1 << 16, x.shape, dtype=np.uint32)).view(np.float32))


def fp16(x: Any) -> Any:
    with np.errstate(over="ignore"):
        return np.atleast_1d(np.asarray(x, dtype=np.float32)).astype(np.float16).astype(np.float32)


def fp32(x: Any) -> F32:
    return np.atleast_1d(np.asarray(x, dtype=np.float32))


def measure(
    rng: Generator,
    *,
    steps: Annotated[int, Parameter(100, 1000, "updates")] = 1000,
    store: Callable[[Any], F32] = bf16,
    update: float = float(UPDATE),
    scale: float = 2.0**16,
) -> Found:
    stored = half = np.ones(1, np.float32)
    chance, path = np.ones(WEIGHTS, np.float32), [1.0]
    for _ in range(steps):
        stored, half = store(stored + np.float32(update)), fp16(half + np.float32(update))
        chance = by_chance(rng, chance + np.float32(update))
        path.append(float(stored[0]))
    master = float(bf16(np.float32(1 + steps * update))[0])
    end = 1 + steps * float(UPDATE)

    smallest = float(bf16(np.float32(GRADIENT))[0])
    lost, saved = float(fp16(GRADIENT)[0]), float(fp16(GRADIENT * scale)[0]) / scale
    beyond, held = float(np.isinf(fp16(70_000.0))[0]), float(bf16(70_000.0)[0])
    return Found(
        [
            Measurement("bf16 weight after the updates", stored[0], "=", 1, "0.001 is less than half of 2^-7"),
            Measurement("with a master copy in fp32", master, "between", (end - 0.008, end + 0.008), "2.0, to 2^-8"),
            Measurement(
                "rounded by chance, mean", chance.mean(), "between", (end - 0.02, end + 0.02), "0.002 by chance"
            ),
            Measurement(
                "fp16 weight after the updates", half[0], "between", (end - 0.03, end), "1.977: steps of 2^-10"
            ),
            Measurement("1e-8 in fp16", lost, "=", 0, "below 2^-25, half its smallest number, 6.0e-8"),
            Measurement(
                "1e-8, scaled and back, relative error", abs(saved / 1e-8 - 1), "<", 1e-3, "at most 2^-11: 11 bits"
            ),
            Measurement("1e-8 in bf16, relative error", abs(smallest / 1e-8 - 1), "<", 0.004, "at most 2^-9; no scale"),
            Measurement("70,000 is infinite in fp16", beyond, "=", 1, "its largest number is 65,504"),
            Measurement("70,000 in bf16", held, "between", (69_500, 70_500), "70,144 or 69,632: 8 bits, no overflow"),
        ],
        [
            Lines(
                "The stored weight",
                {"weight": (list(range(0, steps + 1, 50)), path[::50])},
                "updates",
                with_mutants=True,
            )
        ],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("fp32-weights", "weights are stored in fp32: every update counts", store=fp32),
        mutant("fp16-weights", "weights are stored in fp16, which has three more bits", store=fp16),
        mutant("large-update", "updates of 0.01, more than half a step of bf16", update=0.01),
        mutant("unscaled", "the gradient goes into fp16 as it is, and is lost", scale=1.0),
    ],
    controls=[control("cut-off", "bf16 by cutting bits off, not rounding, stalls too", store=bf16_cut)],
    learnt="Updates need digits, gradients need range: keep weights in fp32, and scale what has to go through fp16.",
    not_shown="What a stalled weight costs a model. Real updates vary in size; those of large weights stall first.",
    cost=lambda steps: Cost(bytes=40 * WEIGHTS + 2e5, seconds=5e-5 * steps),
)
