"""Ten merges learnt from low, lower, newest and widest split a word that is not there, lowest, into low and est.

Topic: tokens
Source: Sennrich, Haddow and Birch 2016, §3.2 and algorithm 1, whose four words and counts these are
Refutes: "A word that the tokenizer has not seen becomes an unknown token": it becomes pieces that were seen

The words low, lower, newest and widest occur 5, 2, 6 and 3 times. Each is cut into letters and a mark of its end. Ten
times the pair of neighbours that occurs most often becomes a new symbol; of equally frequent pairs the one met first.
A new word is then cut in the same way, and the merges are applied to it in the order in which they were learnt.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Annotated

from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, Parameter, control, mutant

COUNTS = {"low": 5, "lower": 2, "newest": 6, "widest": 3}
END = "</w>"
Pair = tuple[str, str]
Order = Callable[[Sequence[Pair]], Sequence[Pair]]


def joined(symbols: Sequence[str], pair: Pair) -> tuple[str, ...]:
    """The symbols with each occurrence of `pair`, from the left, made into one."""
    out: list[str] = []
    for symbol in symbols:
        if out and (out[-1], symbol) == pair:
            out[-1] += symbol
        else:
            out.append(symbol)
    return tuple(out)


def learnt(
    counts: Mapping[str, int], merges: int, weighted: bool, choose: Callable[..., Pair]
) -> list[tuple[Pair, int]]:
    """Algorithm 1: the merges in order, each with how often its pair occurred."""
    words = {(*word, END): n for word, n in counts.items()}
    found = []
    for _ in range(merges):
        pairs: Counter[Pair] = Counter()
        for word, n in words.items():
            for pair in pairwise(word):
                pairs[pair] += n if weighted else 1
        best = choose(pairs, key=pairs.__getitem__)  # of equals the one that was met first
        found.append((best, pairs[best]))
        words = {joined(word, best): n for word, n in words.items()}
    return found


def split(word: str, merges: Sequence[Pair]) -> tuple[str, ...]:
    symbols: tuple[str, ...] = (*word, END)
    for pair in merges:
        symbols = joined(symbols, pair)
    return symbols


def measure(
    rng: Generator,
    *,
    merges: Annotated[int, Parameter(5, 13, "merges")] = 10,
    weighted: bool = True,
    choose: Callable[..., Pair] = max,
    order: Order = lambda merges: merges,
) -> Found:
    found = learnt(COUNTS, merges, weighted, choose)
    pairs = [pair for pair, _ in found]
    symbols = ["".join(pair) for pair in pairs]
    lowest = split("lowest", order(pairs))
    est = symbols.index("est" + END) + 1 if "est" + END in symbols else 0
    low = symbols.index("low") + 1 if "low" in symbols else 0
    known = {*"".join(COUNTS), END, *symbols}
    curves = {
        word: (range(merges + 1), [len(split(word, order(pairs[:k]))) for k in range(merges + 1)])
        for word in (*COUNTS, "lowest")
    }
    return Found(
        [
            Measurement("how often the first pair occurs", found[0][1], "=", 9, "e s: newest 6, widest 3"),
            Measurement("merge that makes est and the end", est, "=", 3, "es, est, est</w>: the suffix comes first"),
            Measurement("merge that makes low", low, "=", 5, "lo 7, low 7: of low 5 and lower 2"),
            Measurement("pieces of lowest", len(lowest), "=", 2, "low + est</w>; 7 before any merge", "pieces"),
            Measurement("letters in its first piece", len(lowest[0]), "=", 3, "low"),
            Measurement("pieces of lowest not in the vocabulary", len(set(lowest) - known), "=", 0, "nothing unknown"),
        ],
        [Lines("Pieces of a word", curves, "merges", "pieces")],
    )


def later_in_the_alphabet(pairs: Mapping[Pair, int], key: Callable[[Pair], int]) -> Pair:
    return max(pairs, key=lambda pair: (key(pair), pair))


DEMO = Demo(
    measure,
    mutants=[
        mutant("unweighted", "a pair counts once a word, however often the word occurs", weighted=False),
        mutant("rarest", "the rarest pair is merged", choose=min),
        mutant("last-first", "merges are applied to the new word from the last one backwards", order=lambda m: m[::-1]),
    ],
    controls=[
        control("other-ties", "of equals the last in the alphabet: t</w> comes first", choose=later_in_the_alphabet)
    ],
    learnt="Merges come from counts of pairs, most frequent first, and are replayed in that order on any new word.",
    not_shown="Real text: four words have no rare letters, and pieces need not be the parts that grammar sees.",
    cost=lambda merges: Cost(bytes=1e5, seconds=2e-3),
)
