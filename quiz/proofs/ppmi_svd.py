"""Counts, PMI and an SVD suffice for king - man + woman = queen, if the text has rank and sex in separate words.

Topic: word-vectors
Source: Levy and Goldberg 2014 (implicit matrix factorization), §3.3 and §4.2; Mikolov, Yih and Zweig 2013, abstract
Refutes: "Analogies take a neural network": here nothing is trained; they are in the counts, which are rigged

Sentences name a person, a word for each of three properties (king: he, crown, grey) and a word for anything. Words
that stand in a sentence together are counted, the counts become pointwise mutual information in bits with the negative
ones set to zero, and the first singular vectors, weighted by the roots of their values, are the word vectors. Since
king and queen differ in the words of sex alone, as man and woman do, the differences are alike. With queen as a chess
piece they are not.
"""

from collections.abc import Callable, Mapping
from typing import Annotated

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Bars, Cost, Demo, Found, Measurement, Parameter, control, mutant
from quiz.proofs.numerics import Array

MALE, FEMALE = ("he", "his", "beard"), ("she", "her", "skirt")
ROYAL, COMMON = ("crown", "throne", "palace"), ("market", "plough", "tavern")
OLD, YOUNG = ("grey", "wise", "tired"), ("small", "pupil", "toy")
PEOPLE = {
    "king": (MALE, ROYAL, OLD),
    "queen": (FEMALE, ROYAL, OLD),
    "man": (MALE, COMMON, OLD),
    "woman": (FEMALE, COMMON, OLD),
    "prince": (MALE, ROYAL, YOUNG),
    "princess": (FEMALE, ROYAL, YOUNG),
    "boy": (MALE, COMMON, YOUNG),
    "girl": (FEMALE, COMMON, YOUNG),
}
CHESS = {**PEOPLE, "queen": (("pawn", "rook"), ("board", "check"), ("move", "mate"))}
ALIKE = {name: (MALE + FEMALE, *slots[1:]) for name, slots in PEOPLE.items()}
ANYTHING = ("sees", "eats", "sleeps", "walks", "talks", "the", "today", "again")
Grammar = Mapping[str, tuple[tuple[str, ...], ...]]


def counted(rng: Generator, grammar: Grammar, sentences: int) -> tuple[list[str], Array]:
    """The words and how often each two stand in one sentence, (V, V)."""
    V = sorted({*grammar, *ANYTHING, *(word for slots in grammar.values() for slot in slots for word in slot)})
    place, names = {word: k for k, word in enumerate(V)}, list(grammar)
    C = np.zeros((len(V), len(V)))
    for who, *drawn in rng.integers(24, size=(sentences, 5)).tolist():
        slots = grammar[names[who % 8]]
        words = [
            names[who % 8],
            *(slot[k % len(slot)] for slot, k in zip(slots, drawn[:3], strict=True)),
            ANYTHING[drawn[3] % 8],
        ]
        at = [place[word] for word in words]
        for k in at:
            C[k, at] += 1
    np.fill_diagonal(C, 0)
    return V, C


def pmi(pair: Array, left: Array, right: Array, total: float) -> Array:
    """log2 p(w, c) / (p(w) p(c)), in bits."""
    with np.errstate(divide="ignore"):
        bits: Array = np.log2(pair * total / (left * right))
    return bits


def ppmi(C: Array) -> Array:
    sums = C.sum(axis=1)
    return np.maximum(pmi(C, sums[:, None], sums, C.sum()), 0)


def vectors(M: Array, d: int) -> Array:
    U, s, _ = np.linalg.svd(M)
    W: Array = U[:, :d] * np.sqrt(s[:d])
    return W


def measure(
    rng: Generator,
    *,
    sentences: Annotated[int, Parameter(2000, 20000, "sentences")] = 3000,
    d: Annotated[int, Parameter(7, 12, "dimensions")] = 8,
    grammar: Grammar = PEOPLE,
    weigh: Callable[[Array], Array] = ppmi,
) -> Found:
    V, C = counted(rng, grammar, sentences)
    W = dict(zip(V, vectors(weigh(C), d), strict=True))
    goal = W["king"] - W["man"] + W["woman"]

    def cosine(word: str) -> float:
        return float(goal @ W[word] / np.linalg.norm(goal) / np.linalg.norm(W[word]))

    cosines = {word: cosine(word) for word in V}
    others = [c for word, c in cosines.items() if word not in ("king", "queen", "man", "woman")]
    by_hand = float(pmi(np.array(16.0), np.array(50.0), np.array(100.0), 10_000))
    return Found(
        [
            Measurement(
                "PMI of 16 pairs, 50 and 100 of 10,000", by_hand, "=", 5, "log2 of 16 x 10,000 / (50 x 100)", "bits"
            ),
            Measurement(
                "cosine to queen", cosines["queen"], ">", 0.95, "1 but for chance: the offsets are the same words"
            ),
            Measurement("cosine to king", cosines["king"], "between", (0.1, 0.9), "shares two properties of three"),
            Measurement("cosine to any other word", max(others), "<", 0.9, "0.7 over 50 seeds: queen stands alone"),
        ],
        [Bars("Cosine to king - man + woman", [(w, max(cosines[w], 0)) for w in grammar])],
    )


def raw(C: Array) -> Array:
    return C


DEMO = Demo(
    measure,
    mutants=[
        mutant("chess", "queen stands with words of chess alone, as in a text on chess", grammar=CHESS),
        mutant("alike", "he and she stand with everybody, so king and queen are one", grammar=ALIKE),
    ],
    controls=[control("raw-counts", "without PMI: the analogy is in the counts already", weigh=raw)],
    learnt="An analogy holds where the pairs differ by the same contexts; the method only makes that visible.",
    not_shown="Real text, where no such grammar holds: there PMI matters, and most analogies come out far less well.",
    cost=lambda sentences, d: Cost(bytes=1e6 + 500 * sentences, seconds=0.02 + 2e-5 * sentences),
)
