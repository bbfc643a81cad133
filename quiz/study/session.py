"""One sitting: what an answer makes of a card, what it proposes, what can be undone. Nothing here reads or writes."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from quiz.memory.values import Rating
from quiz.study.card import Card, reviewed
from quiz.study.day import Moment
from quiz.study.event import Event
from quiz.study.settings import Settings

SURE = (0.1, 0.3, 0.5, 0.7, 0.9)
"""How sure one can say one is, before the verdict; the letters a to e."""


class Given(NamedTuple):
    """What the learner gave: a rating and the evidence for it."""

    rating: Rating
    seconds: float | None = None
    evidence: Mapping[str, Any] = {}
    """`data` of the review: version, seed, params, response, right, ticked, points, hint, proposed, confidence, think,
    parent."""


class Session(NamedTuple):
    """A sitting, as far as an answer depends on it."""

    id: str | None
    setting: str
    """review, ahead, script ..."""
    card: Card
    """The card that is asked."""
    settings: Settings = Settings()


def answer(session: Session, given: Given, moment: Moment) -> tuple[Session, Card, Event]:
    """The session with the card stepped, the card itself, and the review to record."""
    card = reviewed(session.card, given.rating, moment.at, moment.study_day, session.settings)
    review = Event(
        type="review",
        at=moment.at,
        offset=moment.offset,
        study_day=moment.study_day,
        session=session.id,
        card=card.id,
        rating=int(given.rating),
        seconds=given.seconds,
        setting=session.setting,
        data={key: value for key, value in given.evidence.items() if value is not None},
    )
    return session._replace(card=card), card, review


def proposal(ticked: int, points: int, hinted: bool) -> Rating:
    """The rating that ticked key points propose: under half again, under four fifths hard, else good; hints cap it."""
    share = ticked / points if points else 0.0
    rating = Rating.AGAIN if share < 0.5 else Rating.HARD if share < 0.8 else Rating.GOOD
    return min(rating, Rating.HARD) if hinted else rating


def hint(key_points: Sequence[str]) -> list[str]:
    """How many points there are and how each begins: enough to remember by, not enough to read off."""
    return [" ".join(point.split()[:2]) + " ..." for point in key_points]
