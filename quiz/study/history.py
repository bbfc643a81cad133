"""The log read as a string of predictions: what was known of each card before each review, and how it went."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from quiz.memory.calibration import Before, Calibration, learned, recall
from quiz.memory.values import Rating
from quiz.study.card import Card, reviewed
from quiz.study.event import Event
from quiz.study.recall import before
from quiz.study.settings import Settings


class Asked(NamedTuple):
    """One review. `card` carries the id that its question has today."""

    card: str
    at: int
    study_day: int
    rating: int
    seconds: float | None
    before: Before | None
    """None for a card's first review, and for another one on the same study day: they are not foretold."""

    @property
    def recalled(self) -> bool:
        """Whether it was rated anything but *again*."""
        return self.rating != Rating.AGAIN


def history(
    reviews: Iterable[Event], settings: Settings, current: Callable[[str], str] = lambda id: id
) -> Iterator[Asked]:
    """The reviews among these standing events, in the order given, which is that of the log.

    `current` gives the id that a question has today.
    """
    cards: dict[str, Card] = {}
    for event in reviews:
        if event.type != "review" or event.card is None or event.rating not in (1, 2, 3, 4):
            continue
        id = current(event.card)
        card = cards.get(id) or Card(id)
        known = before(card, event.study_day, settings, event.at)
        yield Asked(id, event.at, event.study_day, event.rating, event.seconds, known)
        cards[id] = reviewed(card, event.rating, event.at, event.study_day, settings)


class Foretold(NamedTuple):
    """A review on a later study day, with the chance that it was given before."""

    asked: Asked
    chance: float


def foretold(asked: Iterable[Asked]) -> tuple[list[Foretold], Calibration]:
    """The reviews that were foretold, each with the correction of the days before it; and the correction by now."""
    calibration = Calibration()
    told: list[Foretold] = []
    day: int | None = None
    waiting: list[tuple[Before, bool]] = []
    for one in asked:
        if one.study_day != day:
            calibration, waiting, day = learned(calibration, waiting), [], one.study_day
        if one.before is not None:
            told.append(Foretold(one, recall(calibration, one.before)))
            waiting.append((one.before, one.recalled))
    return told, learned(calibration, waiting)
