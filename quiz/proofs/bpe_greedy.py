"""BPE splits a word by replaying its merges in order; taking the longest known piece first splits many words otherwise.

Topic: tokens
Source: Sennrich, Haddow and Birch 2016, §3.2; longest match first is WordPiece's rule (Song et al. 2021, abstract)
Refutes: "With the same vocabulary any greedy encoder gives the same tokens": the order of the merges is part of BPE

From 1,800 words made of prefixes, stems and endings 600 are drawn; half of them get counts and teach BPE its merges,
half are never seen. Replaying the merges in order splits every seen word exactly as training left it, and so does the
quicker rule of merging the earliest learnt pair that is there. Taking from the left the longest piece of the
vocabulary gives words back too, but cut otherwise: after the merges e s and n e, "nes" is n + es, and not ne + s.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Annotated

from numpy.random import Generator

from quiz.proofs._demo import Bars, Cost, Demo, Found, Measurement, Parameter, control, mutant

WORDS = """act age arm art ask bake bank bark base bath bear bend bill bind boat boil bold bond book boot born brew
bring build burn call calm camp care cart cast chain charm clean clear climb close cloud coast cold cook
cool corn count cover"""
STEMS = WORDS.split()
PREFIXES, ENDINGS = ("", "re", "un", "over"), ("", "s", "ed", "er", "est", "ing", "less", "ness", "able", "ment")
Pair = tuple[str, str]
Encoder = Callable[[str, Sequence[Pair]], list[str]]


def joined(symbols: Sequence[str], pair: Pair) -> list[str]:
    out: list[str] = []
    for symbol in symbols:
        if out and (out[-1], symbol) == pair:
            out[-1] += symbol
        else:
            out.append(symbol)
    return out


def replayed(word: str, merges: Sequence[Pair]) -> list[str]:
    """Each merge, in the order in which it was learnt, wherever its pair stands."""
    symbols = list(word)
    for pair in merges:
        if pair[0] in symbols:
            symbols = joined(symbols, pair)
    return symbols


def earliest(word: str, merges: Sequence[Pair]) -> list[str]:
    """Of the pairs that stand in the word the one learnt first is merged, until none is left: what encoders do."""
    symbols, rank = list(word), {pair: k for k, pair in enumerate(merges)}
    while there := [pair for pair in pairwise(symbols) if pair in rank]:
        symbols = joined(symbols, min(there, key=rank.__getitem__))
    return symbols


def longest(word: str, merges: Sequence[Pair]) -> list[str]:
    """From the left, always the longest piece of the vocabulary."""
    vocabulary = {"".join(pair) for pair in merges}
    out: list[str] = []
    while word:
        piece = next((word[:k] for k in range(len(word), 1, -1) if word[:k] in vocabulary), word[0])
        out.append(piece)
        word = word[len(piece) :]
    return out


def measure(
    rng: Generator,
    *,
    merges: Annotated[int, Parameter(60, 300, "merges")] = 150,
    encode: Encoder = replayed,
) -> Found:
    lexicon = [a + b + c for a in PREFIXES for b in STEMS for c in ENDINGS]
    order = [lexicon[i] for i in rng.permutation(len(lexicon))[:600]]
    seen, unseen = order[: len(order) // 2], order[len(order) // 2 :]
    counts = dict(zip(seen, rng.integers(1, 30, len(seen)).tolist(), strict=True))
    left = {word: list(word) for word in seen}
    rules: list[Pair] = []
    for _ in range(merges):
        pairs: Counter[Pair] = Counter()
        for word, symbols in left.items():
            for pair in pairwise(symbols):
                pairs[pair] += counts[word]
        rules.append(max(pairs, key=pairs.__getitem__))
        for word, symbols in left.items():
            if rules[-1][0] in symbols:
                left[word] = joined(symbols, rules[-1])

    def share(these: Sequence[str], by: Encoder, there: Callable[[str], list[str]]) -> float:
        return 100 * sum(by(word, rules) != there(word) for word in these) / len(these)

    lost = sum("".join(by(word, rules)) != word for word in order for by in (encode, longest))
    cut = {"seen words": share(seen, longest, left.__getitem__)}
    cut["unseen words"] = share(unseen, longest, lambda word: replayed(word, rules))
    return Found(
        [
            Measurement(
                "seen words split unlike in training",
                share(seen, encode, left.__getitem__),
                "=",
                0,
                "the same steps again",
                "%",
            ),
            Measurement(
                "unseen words unlike the replay",
                share(unseen, encode, lambda w: replayed(w, rules)),
                "=",
                0,
                "the same rule",
                "%",
            ),
            Measurement("seen words, longest match", cut["seen words"], ">", 0, "0 if the order did not matter", "%"),
            Measurement("unseen words, longest match", cut["unseen words"], ">", 0, "no other than for seen ones", "%"),
            Measurement("words not given back", lost, "=", 0, "both rules only cut", "words"),
            Measurement(
                "first piece of nes",
                len(encode("nes", [("e", "s"), ("n", "e")])[0]),
                "=",
                1,
                "e s is first: n + es",
                "letters",
            ),
        ],
        [Bars("Words that the longest match splits otherwise", list(cut.items()), unit="%")],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant("longest-match", "from the left, the longest piece that is in the vocabulary", encode=longest),
        mutant(
            "last-first",
            "the merges are replayed from the last one backwards",
            encode=lambda w, m: replayed(w, m[::-1]),
        ),
        mutant(
            "any-order",
            "the merges are replayed in the order of the alphabet",
            encode=lambda w, m: replayed(w, sorted(m)),
        ),
    ],
    controls=[control("earliest", "the earliest learnt of the pairs that are there, again and again", encode=earliest)],
    learnt="A BPE tokenizer is a vocabulary and an order of merges; ship both.",
    not_shown="That other splits are worse: a model trained on them may do as well, but one trained on these may not.",
    cost=lambda merges: Cost(bytes=1e6, seconds=0.05 + 1e-3 * merges),
)
