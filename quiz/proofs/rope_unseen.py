"""Of RoPE's 64 pairs, 18 never complete a turn within Llama 2's training length, 29 not within Llama 3's.

Topic: positions
Source: Peng et al. 2023 (YaRN), §3.2 (wavelengths); configs of Llama 2 (10,000 and 4,096), Llama 3 (500,000 and 8,192)

Pair i of a head of 128 dimensions turns by base^(-2i/128) radians a token. All angles that occur in training are worked
out, and the pairs counted whose angle stays below 2 pi, once from the angles and once from the wavelengths. Such a pair
shows the model an arc of its circle; beyond the training length it shows angles that were never seen, while the fast
pairs have been all around many times. Llama 3 has the longer texts and yet more such pairs, for its base is 50 times
as large: its slowest pair moves by one degree.
"""

from collections.abc import Callable
from math import degrees, log, pi

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, mutant
from quiz.proofs.numerics import Array, angles

D = 128
MODELS = {"Llama 2": (10_000.0, 4096), "Llama 3": (500_000.0, 8192)}


def paired(length: int, d: int, base: float) -> Array:
    """(length, d/2) radians."""
    return angles(np.arange(length), d, base)


def unpaired(length: int, d: int, base: float) -> Array:
    """A frequency for each dimension instead of each pair, twice as many."""
    a: Array = np.outer(np.arange(length), base ** (-np.arange(d) / d))
    return a


def measure(
    rng: Generator,
    *,
    turned: Callable[[int, int, float], Array] = paired,
    turn: float = 2 * pi,
    bases: tuple[float, float] = (10_000.0, 500_000.0),
) -> Found:
    slowest, open_, by_wavelength, curves = {}, {}, {}, {}
    for (name, (_, length)), base in zip(MODELS.items(), bases, strict=True):
        theta = turned(length, D, base)
        slowest[name] = degrees(theta[-1, -1])
        open_[name] = int(np.sum(theta[-1] < turn))
        by_wavelength[name] = D // 2 - 1 - int(D / 2 * log(length / (2 * pi)) / log(base))
        curves[name] = (list(range(theta.shape[1])), (theta[-1] / (2 * pi)).tolist())
    return Found(
        [
            Measurement("Llama 2: pairs without a full turn", open_["Llama 2"], "=", 18, "pairs 46 to 63", "pairs"),
            Measurement("Llama 3: pairs without a full turn", open_["Llama 3"], "=", 29, "pairs 35 to 63", "pairs"),
            Measurement("Llama 2: pairs with a longer wave", by_wavelength["Llama 2"], "=", 18, "2 pi base^(2i/d) > n"),
            Measurement("Llama 3: pairs with a longer wave", by_wavelength["Llama 3"], "=", 29, "2 pi base^(2i/d) > n"),
            Measurement(
                "Llama 2: arc of the slowest pair", slowest["Llama 2"], "between", (26, 28), "4095/8660 rad", "°"
            ),
            Measurement("Llama 3: arc of the slowest pair", slowest["Llama 3"], "between", (1.1, 1.2), "0.02 rad", "°"),
        ],
        [Lines("Turns within the training length", curves, "pair", "turns", log_y=True)],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("each-dimension", "a frequency for each dimension, not for each pair", turned=unpaired),
        mutant("half-a-turn", "half a turn is taken for a full one", turn=pi),
        mutant("radian", "one radian is taken for a turn, as if base^(2i/d) were the wavelength", turn=1.0),
        mutant("one-base", "Llama 3 with Llama 2's base", bases=(10_000.0, 10_000.0)),
    ],
    learnt="A larger base slows the pairs down: more of them keep to an arc, with angles unseen beyond it.",
    not_shown="What a model does at unseen angles: see rope-extrap for scores that were only fitted.",
    cost=lambda: Cost(bytes=8 * 3 * 8192 * 130, seconds=0.03),
)
