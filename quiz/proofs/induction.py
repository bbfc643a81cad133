"""Two attention layers built by hand continue what was said before: all right in the second half, none in the first.

Topic: attention
Source: Elhage et al. 2021 (mathematical framework), "Induction Heads"; Olsson et al. 2022 (induction heads), abstract

Distinct tokens are said twice in the same order, behind a token that opens the text. The first layer has a head that
looks one position back and writes the token it finds there beside the own one, as a note. In the second layer a query
made of the current token looks for a key made of that note: it finds the place just after the token's earlier
occurrence, and copies what stands there. No weight knows which token follows which. In the first half nothing has been
said before, so nothing can be right; the first token of the repetition is announced by nothing either, and left out.
"""

from typing import Annotated

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from quiz.proofs._demo import Cost, Demo, Found, Heatmap, Measurement, Parameter, control, mutant
from quiz.proofs.numerics import Array, attention, attention_weights, causal_mask, percent

SHARP = 50.0  # scores of a match; e^-50 of the weight is left for the rest


def second_layer(
    tokens: NDArray[np.int64], V: int, back: int, notes: bool, copies_note: bool, masked: bool
) -> tuple[Array, Array]:
    """Attention of the second layer: (n, n), and what it copies: (n, V)."""
    word, place = np.eye(V)[tokens], np.eye(len(tokens))
    mask = causal_mask(len(tokens))
    keys = np.roll(place, back, axis=1)  # the key at j answers the query at j + back
    note = attention(place, keys, word, bias=mask, scale=SHARP)
    looked_up, bias = note if notes else word, mask if masked else None
    A = attention_weights(word, looked_up, bias=bias, scale=SHARP)
    return A, A @ (note if copies_note else word)


def measure(
    rng: Generator,
    *,
    n: Annotated[int, Parameter(4, 128, "distinct tokens")] = 32,
    V: Annotated[int, Parameter(200, 2000, "tokens known")] = 256,
    times: int = 2,
    back: int = 1,
    notes: bool = True,
    copies_note: bool = False,
    masked: bool = True,
) -> Found:
    def said(n: int, times: int) -> NDArray[np.int64]:
        words = rng.permutation(np.arange(1, V))[:n]
        return np.concatenate([[0], np.tile(words, times)])

    tokens = said(n, times)
    A, copied = second_layer(tokens, V, back, notes, copies_note, masked)
    right = copied[:-1].argmax(axis=-1) == tokens[1:]  # right[i]: token i + 1 is expected at i
    at = np.arange(n + 1, 2 * n)  # in the second half, without its last token
    rest = percent(second_layer(said(7, 2), V, back, notes, copies_note, masked)[0])
    return Found(
        [
            Measurement("right in the second half", 100 * right[n + 1 :].mean(), "=", 100, "its order is known", "%"),
            Measurement("right in the first half", 100 * right[:n].mean(), "=", 0, "nothing was said before", "%"),
            Measurement(
                "smallest weight just after the earlier one", A[at, at - n + 1].min(), ">", 0.3,
                "all of it, or a share where the token was said more than once",
            ),
        ],
        [
            Heatmap(
                "Second layer, 7 tokens said twice: weights in %", rest,
                row_labels=list("^ABCDEFGABCDEFG"), column_labels=list("^ABCDEFGABCDEFG"),
            )
        ],
    )  # fmt: skip


DEMO = Demo(
    measure,
    mutants=[
        mutant("one-layer", "no notes: the query finds the same token, not what followed it", notes=False),
        mutant("looks-at-itself", "the first layer notes the own token", back=0),
        mutant("two-back", "the first layer notes the token two places before", back=2),
        mutant("copies-the-note", "the place is right, but the note is copied from it", copies_note=True),
        mutant("no-mask", "the second layer sees the future, so the first half is right too", masked=False),
    ],
    controls=[control("three-times", "said three times, the second and third go well", times=3)],
    learnt="One layer tells each place what came before it, the next one looks that up: copying needs both in turn.",
    not_shown="That training finds this, that it explains in-context learning, or that no single layer could do it.",
    cost=lambda n, V: Cost(bytes=8 * (30 * n * n + 25 * n * V), seconds=1e-3 + 1e-6 * n * n + 1e-7 * n * V),
)
