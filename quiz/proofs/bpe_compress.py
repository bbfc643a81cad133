"""A tokenizer overfits too: it packs more characters into a token on the text it learnt from than on any other.

Topic: tokens
Source: Sennrich, Haddow and Birch 2016, §3.2 (the merges); Gage 1994 (BPE was made to compress)
Refutes: "More merges always compress better": late merges were seen a few times, and help where they were seen

Two thirds of the sentences of a short text, drawn at random, teach BPE its merges; a word keeps the space before it,
and no merge crosses a word. Then characters per token are counted on those sentences and on the other third, which the
merges have not seen. Both begin with one. After a few merges of pairs that any English has they are alike; after
hundreds the first are far ahead, and the last merges give the unseen sentences a fraction of what they give the first.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise, zip_longest
from typing import Annotated

import numpy as np
from numpy.random import Generator

from quiz.proofs._demo import Cost, Demo, Found, Lines, Measurement, Parameter, mutant

TEXT = """The harbour lies on the north side of the island, where the rocks keep the wind from the boats. In winter the
ferry comes once a week, and whoever needs a doctor has to wait for it. My grandfather kept the light for thirty years.
He climbed the stairs each evening with a can of oil, and each morning he wrote into a book how the night had been.
Most of his lines are short. Wind from the west, some rain, nothing seen. But now and then he wrote a page, when a ship
had come too close or when the birds were so many that they put out the lamp. I have those books now, and I read them
slowly, one year each winter. A light like that needs more work than people think. The glass has to be cleaned of salt
every day, or half of the light is lost before it leaves the tower. The clockwork that turned the lens had a weight on
a chain, which somebody had to wind up every four hours. If he fell asleep, the lens stood still, and a captain who
counted the flashes would have taken it for another light. So he slept in pieces, and my grandmother took the hours
after midnight. She says that she learnt to knit without looking, because the lamp was too bright to look at and the
room was too dark. When the children were small they played on the stairs, and the smallest was tied to the rail with a
belt so that it could not fall. The school was across the bay. In good weather they rowed, in bad weather they stayed
at home, and in the worst weather they stayed at school and slept on the benches between the stove and the door. The
teacher was a man from the city who had never seen the sea before he came. He taught them geography from a map on which
the island was missing, and it was my mother who drew it in with a red pencil. She drew it too large, and it stayed
that way for all the years in which the map hung there. Fishing was good in those days. The men went out at two in the
morning and came back before noon, and what they had caught was sold on the quay by weight, in a language of nods and
fingers that no visitor could follow. The buyers stood in a half circle. They never shouted. A price was agreed when a
hand was closed, and a closed hand could not be opened again. My uncle once bought eleven boxes of herring because he
had scratched his ear, and he paid for them, since a man who does not keep his word on the quay has no place to sell.
We ate herring until the spring, fried, salted, smoked, and in a soup that nobody wanted to talk about. Later the big
ships came and took what there was, first the herring and then the cod. For a few years the catches grew every summer,
and then they fell, and they did not rise again. People argued about the reasons. Some blamed the ships, some the
seals, and some said that the water had become warmer and that the fish had simply moved. I think they were all a
little right. What I know is that the number of boats went down from forty to six, and that the ice house was turned
into a place where they rent out bicycles. The light was made electric when I was seven. Two men came with a cable and
a box, and after that it switched itself on and off. My grandfather went up every evening all the same. He said that a
machine may be right for a thousand nights and still not notice the one that matters. The office on the mainland wrote
to him that there was nothing left to do, and he wrote back that he had never done it for the office. He kept the books
until the week he died. The last line says that the wind had turned to the south and that the swallows were early.
Nowadays visitors ask whether it was lonely. I tell them that it was crowded. There were eight people in four rooms, a
dog, two goats, and always somebody who had missed the ferry. What I remember is noise: the wind in the chimney, the
clockwork, my aunts singing while they mended the nets, and on foggy days the horn, which went every ninety seconds and
made the cups move on the shelf. You learnt to stop speaking just before it came and to go on afterwards in the middle
of the word. I still do it, and my wife laughs at me, because there has been no horn for twenty years. Perhaps that is
what remains of a place: not the things that you looked at, but the pauses that you made."""
Pair = tuple[str, str]
Word = tuple[str, ...]
Words = dict[Word, int]


def words(sentences: Sequence[str]) -> Words:
    """Each word with the space before it, cut into characters, and how often it occurs."""
    return dict(Counter(tuple(w) for s in sentences for w in re.findall(r" ?\w+| ?[^\w\s]+", " " + s)))


def joined(word: Word, pair: Pair) -> Word:
    out: list[str] = []
    for symbol in word:
        if out and (out[-1], symbol) == pair:
            out[-1] += symbol
        else:
            out.append(symbol)
    return tuple(out)


def merge(corpus: Words, pair: Pair, counts: Counter[Pair]) -> None:
    """`pair` becomes one symbol in each word of the corpus; `counts` of its pairs are kept up to date."""
    for word in [w for w in corpus if pair[0] in w and pair[1] in w]:
        n, new = corpus.pop(word), joined(word, pair)
        corpus[new] = n
        for gone, come in zip_longest(pairwise(word), pairwise(new)):
            counts[gone] -= n
            if come:
                counts[come] += n


def packed(corpus: Words) -> float:
    """Characters per token."""
    return sum(n * len("".join(w)) for w, n in corpus.items()) / sum(n * len(w) for w, n in corpus.items())


def measure(
    rng: Generator,
    *,
    merges: Annotated[int, Parameter(200, 400, "merges")] = 250,
    choose: Callable[..., Pair] = max,
    taught_by: Callable[[Words, Words], Words] = lambda seen, unseen: seen,
) -> Found:
    sentences = re.split(r"(?<=\.) ", TEXT.replace("\n", " "))
    order = [sentences[i] for i in rng.permutation(len(sentences))]
    part = int(np.searchsorted(np.cumsum([len(s) for s in order]), 2 / 3 * len(TEXT)))
    seen, unseen = words(order[:part]), words(order[part:])
    teacher = dict(taught_by(seen, unseen))
    counts, unused = Counter[Pair](), Counter[Pair]()
    for word, n in teacher.items():
        counts.update(dict.fromkeys(pairwise(word), 0))
        for pair in pairwise(word):
            counts[pair] += n
    at, own, other = [0], [packed(seen)], [packed(unseen)]
    for k in range(1, merges + 1):
        pair = choose((p for p in counts if counts[p] > 0), key=counts.__getitem__)
        merge(teacher, pair, counts)
        merge(seen, pair, unused)
        merge(unseen, pair, unused)
        if k % 25 == 0 or k == merges:
            at, own, other = [*at, k], [*own, packed(seen)], [*other, packed(unseen)]
    middle = at.index(100)
    late = (other[-1] - other[middle]) / (own[-1] - own[middle])
    return Found(
        [
            Measurement(
                "own sentences", own[-1], ">", 2.3, "2.4 and more with 200 merges, over 50 seeds", "characters/token"
            ),
            Measurement(
                "unseen sentences", other[-1], ">", 1.8, "merges of common pairs help any English", "characters/token"
            ),
            Measurement(
                "own over unseen, 25 merges", own[1] / other[1], "between", (0.94, 1.09), "pairs that all English has"
            ),
            Measurement("own over unseen, all merges", own[-1] / other[-1], ">", 1.08, "1 if nothing were overfitted"),
            Measurement(
                "gain after 100 merges, unseen over own", late, "<", 0.7, "1 if late merges were as good elsewhere"
            ),
        ],
        [Lines("Characters per token", {"own": (at, own), "unseen": (at, other)}, "merges", "characters per token")],
    )


def both(seen: Words, unseen: Words) -> Words:
    return dict(Counter(seen) + Counter(unseen))


DEMO = Demo(
    measure,
    mutants=[
        mutant("leak", "the merges are learnt from all sentences, so none is unseen", taught_by=both),
        mutant(
            "taught-by-the-other", "the merges are learnt from the sentences called unseen", taught_by=lambda s, u: u
        ),
        mutant("rarest", "the rarest pair is merged", choose=min),
    ],
    learnt="Measure a tokenizer on text it was not trained on, of the kind that it will meet.",
    not_shown="How large the gap is elsewhere: 800 words are a toy; real tokenizers overfit to languages and domains.",
    cost=lambda merges: Cost(bytes=1e6, seconds=0.05 + 4e-4 * merges),
)
