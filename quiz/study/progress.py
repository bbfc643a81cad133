"""What a study day came to."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from quiz.memory.values import Rating


class Told(NamedTuple):
    """One of today's reviews, as far as the summary needs it."""

    card: str
    topic: str
    rating: int
    known: bool
    """The card had been answered on an earlier study day, and this is its first answer today."""


class Summary(NamedTuple):
    """The end of a day's study."""

    answers: int
    cards: int
    recalled: int
    of: int
    """Recalled at the first try, of the cards that were known from earlier days."""
    came_back: int
    """Rated *again* today and recalled later."""
    still_open: int
    """Rated *again* today and not recalled since."""
    weakest: Sequence[tuple[str, int, int]]
    """(topic, answers rated again, answers), worst first, at most three."""


def summary(reviews: Iterable[Told]) -> Summary:
    """Sums up a day's reviews, given in their order."""
    reviews = list(reviews)
    last = {told.card: told.rating for told in reviews}
    failed = {told.card for told in reviews if told.rating == Rating.AGAIN}
    open_ = {card for card in failed if last[card] == Rating.AGAIN}
    first = [told for told in reviews if told.known]
    asked = Counter(told.topic for told in reviews)
    missed = Counter(told.topic for told in reviews if told.rating == Rating.AGAIN)
    weakest = sorted(missed, key=lambda topic: (-missed[topic] / asked[topic], -missed[topic], topic))
    return Summary(
        answers=len(reviews),
        cards=len(last),
        recalled=sum(told.rating != Rating.AGAIN for told in first),
        of=len(first),
        came_back=len(failed) - len(open_),
        still_open=len(open_),
        weakest=[(topic, missed[topic], asked[topic]) for topic in weakest[:3]],
    )
