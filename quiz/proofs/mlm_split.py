"""BERT turns 12 % of the tokens into [MASK], 1.5 % into random ones, and leaves 1.5 % as they are but asks for them.

Topic: bert
Source: Devlin et al. 2019, §3.1 and appendix A.1
Refutes: "BERT masks 15 % of the tokens": it chooses 15 %, and a fifth of those show no [MASK]

Each position is chosen with probability 0.15; of the chosen ones 80 % show [MASK], 10 % a token drawn from the whole
vocabulary, 10 % the original. The loss counts the chosen positions only. So one in thirty of the positions that show an
ordinary token has a loss, and one ordinary token in sixty is wrong: none can be taken on trust. With [MASK] at every
chosen position no ordinary token would ever have a loss.
"""

from collections.abc import Callable
from typing import Annotated

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from quiz.proofs._demo import Bars, Cost, Demo, Found, Measurement, Parameter, mutant
from quiz.proofs.numerics import Array

VOCABULARY, MASK, RATE = 30522, 103, 0.15
Split = Callable[[Array, Array], tuple[NDArray[np.bool_], NDArray[np.bool_]]]


def two_draws(u: Array, v: Array) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which positions become [MASK] and which a random token, from two uniform draws each; u < RATE are chosen."""
    chosen = u < RATE
    return chosen & (v < 0.8), chosen & (v >= 0.8) & (v < 0.9)


def one_draw(u: Array, v: Array) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    return two_draws(u, u)


def all_masked(u: Array, v: Array) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    return u < RATE, np.zeros(u.shape, dtype=np.bool_)


def never_kept(u: Array, v: Array) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    chosen = u < RATE
    return chosen & (v < 0.8), chosen & (v >= 0.8)


def measure(
    rng: Generator,
    *,
    sequences: Annotated[int, Parameter(500, 2000)] = 1000,
    split: Split = two_draws,
    everywhere: bool = False,
) -> Found:
    tokens = rng.integers(1000, VOCABULARY, size=(sequences, 512))  # ordinary ones; [MASK] is none of them
    u, v = rng.random(tokens.shape), rng.random(tokens.shape)
    masked, replaced = split(u, v)
    shown = np.where(masked, MASK, np.where(replaced, rng.integers(1000, VOCABULARY, size=tokens.shape), tokens))
    loss = np.ones_like(masked) if everywhere else u < RATE

    visible = shown != MASK
    hidden, same = 100 * np.mean(~visible), shown == tokens
    wrong, kept = 100 * np.mean(visible & ~same), 100 * np.mean(same & loss)
    asked, genuine = 100 * np.mean(loss[visible]), 100 * np.mean(same[visible])
    return Found(
        [
            Measurement("positions that show [MASK]", hidden, "between", (11.6, 12.4), "0.15 x 0.8", "%"),
            Measurement("positions that show a wrong token", wrong, "between", (1.35, 1.65), "0.15 x 0.1", "%"),
            Measurement("shown as they are, with a loss", kept, "between", (1.35, 1.65), "0.15 x 0.1", "%"),
            Measurement(
                "positions with a loss", 100 * loss.mean(), "between", (14.6, 15.4), "a causal model: all of them", "%"
            ),
            Measurement(
                "ordinary tokens with a loss", asked, "between", (3.2, 3.6), "3 in 88; 0 if all were masked", "%"
            ),
            Measurement("ordinary tokens that are right", genuine, "between", (98.1, 98.5), "86.5 in 88", "%"),
        ],
        [Bars("What BERT is shown", [("[MASK]", hidden), ("wrong token", wrong), ("as it is, asked", kept)], "%")],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("all-masked", "[MASK] at every chosen position", split=all_masked),
        mutant("one-draw", "the number that chose a position also splits: it is below 0.8 each time", split=one_draw),
        mutant("never-kept", "the last fifth all random: no chosen token stays as it is", split=never_kept),
        mutant("loss-everywhere", "the loss counts every position", everywhere=True),
    ],
    learnt="The loss is on 15 % of the positions; as a fifth of them show no [MASK], every token has to be modelled.",
    not_shown="That the split helps: fine-tuning proved robust to it in the paper (appendix C.2, table 8).",
    cost=lambda sequences: Cost(bytes=45.0 * 512 * sequences, seconds=0.02 + 4e-8 * 512 * sequences),
)
