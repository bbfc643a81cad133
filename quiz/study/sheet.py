"""The page for the morning of the interview: which points are weakest, and how many can be read in ten minutes."""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from quiz.bank.question import Question

WORDS: Final = 2000
"""Ten minutes of reading at 200 words a minute."""
LONGEST: Final = 80
"""Words of a point that stands for a whole answer."""


class Item(NamedTuple):
    """A question on the sheet."""

    card: str
    topic: str
    expected: float
    """The chance of recalling it on the day."""
    question: str
    """Markdown, and so are the points."""
    points: tuple[str, ...]

    def words(self) -> int:
        """How much there is to read."""
        return sum(len(text.split()) for text in (self.question, *self.points))


def weakest(chances: Iterable[tuple[str, str, float]]) -> list[tuple[str, float]]:
    """Ids and chances of the weakest question of each concept, the weakest first; given are id, concept and chance."""
    met: set[str] = set()
    found = []
    for id, concept, chance in sorted(chances, key=lambda each: each[2]):
        if concept not in met:
            met.add(concept)
            found.append((id, chance))
    return found


def item(question: Question, expected: float, seed: int) -> Item:
    """A question as the sheet shows it; without key points its answer stands for them."""
    answer = " ".join(question.reveal(seed).split()[:LONGEST])
    text = question.prompt(seed).text.strip()
    return Item(question.id, question.topic, expected, text, question.key_points or (answer,))


def readable(items: Iterable[Item]) -> Iterator[Item]:
    """The first of the items, as many as ten minutes are enough for; the first one always."""
    left = WORDS
    for nth, each in enumerate(items):
        left -= each.words()
        if nth and left < 0:
            return
        yield each
