"""A scored set of questions: which are drawn, and what the answers come to. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from quiz.memory.values import Rating
from quiz.study.pool import Chains, Item, shuffled, weakness

REVIEWED = 3
"""Topics that the end of a round names."""


def draw(pool: Collection[Item], chains: Chains, number: int, seed: int, weak: bool = False) -> list[Item]:
    """Up to `number` questions: topics in turn, none twice, no siblings, no two of one chain of follow-ups.

    A chain is what leads to one another: a question, its follow-ups, theirs. `weak`: what is likely to be forgotten
    comes earlier and oftener. Fewer come back where no more are left that stand by themselves.
    """
    order = shuffled(pool, f"round/{seed}", weakness if weak else lambda item: 1.0)
    drawn: list[Item] = []
    topics: Counter[str] = Counter()
    while len(drawn) < number and order:
        least = min(topics[item.topic] for item in order)
        pick = next(item for item in order if topics[item.topic] == least)
        drawn.append(pick)
        topics[pick.topic] += 1
        taken = chains.of(pick.id)
        order = [item for item in order if item.id not in taken and item.concept != pick.concept]
    return drawn


class Answer(NamedTuple):
    """One answer of a round."""

    card: str
    topic: str
    rating: int
    right: bool | None
    """What the judge said; None where nobody judged."""
    why: str = ""
    """What was wrong or left out, Markdown; empty where nothing was."""
    demos: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether it scores: judged right, or, where nobody judged, recalled."""
        return self.rating > Rating.AGAIN if self.right is None else self.right


class Score(NamedTuple):
    """What a round came to."""

    right: int
    of: int
    by_topic: Mapping[str, tuple[int, int]]
    """Topic -> right, of; the weakest first."""
    missed: Sequence[Answer]
    review: Sequence[str]
    """The topics to review, the weakest first, at most three."""
    demo: str | None
    """One experiment worth running: of what was missed, else of what was asked."""


def score(answers: Iterable[Answer], demos: Collection[str] = ()) -> Score:
    """The score of a round; `demos` are the experiments that there are."""
    answers = list(answers)
    missed = [answer for answer in answers if not answer.counts]
    of = Counter(answer.topic for answer in answers)
    lost = Counter(answer.topic for answer in missed)
    topics = sorted(of, key=lambda topic: (-lost[topic] / of[topic], -lost[topic], topic))
    shaky = sorted(answers, key=lambda answer: (answer.counts, answer.rating))
    return Score(
        right=len(answers) - len(missed),
        of=len(answers),
        by_topic={topic: (of[topic] - lost[topic], of[topic]) for topic in topics},
        missed=missed,
        review=[topic for topic in topics if lost[topic]][:REVIEWED],
        demo=next((demo for answer in shaky for demo in answer.demos if demo in demos), None),
    )
