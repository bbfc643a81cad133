"""The next merge of byte-pair encoding, from a small table of words and their counts.

Source: Sennrich, Haddow and Birch 2016, §3.2 and algorithm 1 (here without an end-of-word mark). Ties are refused.
"""

import random
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from quiz.bank.amount import Amount
from quiz.bank.generators._draw import Draw, unlike

FAMILIES = (
    ("low", "lower", "lowest", "newer", "newest", "wider", "widest"),
    ("hug", "pug", "pun", "bun", "hugs", "buns"),
    ("walk", "walks", "walked", "talk", "talked", "talking"),
    ("cat", "cats", "hat", "hats", "that", "chat"),
    ("token", "tokens", "taken", "broken", "ten", "often"),
    ("train", "trained", "rain", "brain", "main", "strain"),
)


def draw(rng: random.Random) -> Draw:
    """Four words of one family, seen 2 to 12 times each, with one pair more frequent than all others."""

    def pick() -> dict[str, Any]:
        return {"words": [[word, rng.randrange(2, 13)] for word in rng.sample(rng.choice(FAMILIES), 4)]}

    def refused(params: dict[str, Any]) -> bool:
        (_, first), (_, second) = _pairs(params).most_common(2)
        return first == second

    return worked(unlike(pick, refused))


def _pairs(params: Mapping[str, Any]) -> Counter[str]:
    found: Counter[str] = Counter()
    for word, count in params["words"]:
        for left, right in pairwise(word):
            found[left + right] += count
    return found


def worked(params: Mapping[str, Any]) -> Draw:
    """Each pair of neighbours counts as often as its word; the largest sum is merged."""
    ranked = _pairs(params).most_common(3)
    merged, times = ranked[0]
    answer = (Amount(merged, "", "exact", "new token"), Amount(times, "", "exact", "count"))
    table = "\n".join(f"- {word}: {count}" for word, count in params["words"])
    question = (
        "Byte-pair encoding starts from single characters (no end-of-word mark). The words of the corpus and their "
        f"counts:\n\n{table}\n\nWhich new token does the first merge make, and how often does its pair occur?"
    )
    holding = [(word, count, sum(a + b == merged for a, b in pairwise(word))) for word, count in params["words"]]
    terms = " + ".join(f"{count} ({word})" for word, count, held in holding for _ in range(held))
    others = ", ".join(f"{pair} {count}" for pair, count in ranked[1:])
    working = f"A pair counts once for each time its word occurs. **{merged}**: {terms} = **{times}**. Next: {others}."
    return Draw(dict(params), question, answer, working)
