"""A card is the replay of its events under today's settings; what the store keeps of it is a cache."""

from collections.abc import Iterable
from typing import Literal, NamedTuple
from zlib import crc32

from quiz.memory.fsrs import Future, outlook, retrievability
from quiz.memory.values import MemoryState, Rating
from quiz.study.event import Event, standing
from quiz.study.settings import Settings

LEARNT_DAYS = 21
"""Without an interview date a card counts as learnt from this stability on ..."""
LEARNT_CHANCE = 0.9
"""... and with one, from this chance of recalling it on that day on."""


class Card(NamedTuple):
    """What is scheduled, with the id of its question. Days are study days."""

    id: str
    state: MemoryState | None = None
    due: int | None = None
    """The study day on which it is asked again; the day itself after an *again*."""
    first_day: int | None = None
    last_day: int | None = None
    last_at: int | None = None
    last_rating: int | None = None
    reps: int = 0
    lapses: int = 0
    """Times it was forgotten on a later study day than the one before."""
    suspended: bool = False
    flagged: bool = False
    buried_on: int | None = None
    """The study day on which it is left out."""

    def status(self, on_the_day: float | None = None) -> Literal["new", "learning", "learnt"]:
        """Never answered; answered; or last recalled and stable for three weeks.

        In a plan it is the chance of recall on the interview day that decides.
        """
        if self.state is None:
            return "new"
        lasts = self.state.stability >= LEARNT_DAYS if on_the_day is None else on_the_day >= LEARNT_CHANCE
        return "learnt" if self.last_rating != Rating.AGAIN and lasts else "learning"


def seed(card: str, reps: int) -> int:
    """The seed of a draw, an order of options or a fuzz: the same for a card and its number of reviews, anywhere."""
    return crc32(f"{card}/{reps}".encode())


def draw_seed(card: Card, drawn: bool) -> int:
    """The seed of what is asked next. Numbers that were `drawn` and missed come back once, before fresh ones do."""
    return seed(card.id, card.reps - (drawn and card.last_rating == Rating.AGAIN))


def gap(card: Card, study_day: int) -> int:
    """Study days since the last review; a clock that was set back counts 0."""
    return 0 if card.last_day is None else max(0, study_day - card.last_day)


def chance(card: Card, study_day: int, settings: Settings) -> float:
    """The chance of recalling a card on a study day, 0 for one never seen: every probability that is shown."""
    if card.state is None:
        return 0.0
    return retrievability(gap(card, study_day), card.state.stability, settings.weights)


def futures(card: Card, study_day: int, settings: Settings) -> tuple[Future, Future, Future, Future]:
    """What each of the four ratings, given today, would make of the card."""
    return outlook(card.state, gap(card, study_day), settings.retention, settings.weights, _fuzz_seed(card))


def reviewed(card: Card, rating: int, at: int, study_day: int, settings: Settings) -> Card:
    """The card after a review. After *again* it stays due on this study day, until it is recalled."""
    future = futures(card, study_day, settings)[rating - 1]
    return card._replace(
        state=future.state,
        due=study_day + future.interval,
        first_day=study_day if card.first_day is None else card.first_day,
        last_day=study_day,
        last_at=at,
        last_rating=rating,
        reps=card.reps + 1,
        lapses=card.lapses + (rating == Rating.AGAIN and gap(card, study_day) > 0),
    )


def applied(card: Card, event: Event, settings: Settings) -> Card:
    """The card after one standing event of its own; types that say nothing about a card leave it as it is."""
    match event.type:
        case "review" if event.rating in (1, 2, 3, 4):
            return reviewed(card, event.rating, event.at, event.study_day, settings)
        case "bury":
            return card._replace(buried_on=event.study_day)
        case "suspend" | "unsuspend":
            return card._replace(suspended=event.type == "suspend")
        case "flag" | "unflag":
            return card._replace(flagged=event.type == "flag")
    return card


def replay(card: str, events: Iterable[Event], settings: Settings) -> Card:
    """The card that all of its events make, in whatever order they are given."""
    result = Card(card)
    for event in standing(events):
        result = applied(result, event, settings)
    return result


def _fuzz_seed(card: Card) -> str:
    return f"{card.id}/{card.reps}"
