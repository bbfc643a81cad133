"""A learner's file of the test's own, and what one does with it."""

import random
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from quiz.memory.values import Rating
from quiz.store import cards
from quiz.store.ids import uuid7
from quiz.store.open import Store, open_store
from quiz.store.reviews import events_of, record, record_event
from quiz.study.card import Card, replay
from quiz.study.day import DAY_MS, Moment, moment
from quiz.study.event import Event
from quiz.study.session import Given, Session, answer

TODAY = 20_780
MORNING = TODAY * DAY_MS + 9 * 3_600_000


def new_ids(seed: int) -> Callable[[int], str]:
    """Ids that differ between seeds and are the same in every run."""
    chance = random.Random(seed)
    return lambda at: uuid7(at, chance.randbytes(10))


def opened(path: Path, seed: int = 0) -> Store:
    """A store whose writes do not wait for the disk."""
    store = open_store(str(path), new_ids(seed), timeout=0.05)
    store.connection.execute("PRAGMA synchronous=OFF")
    return store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A new learner's file."""
    return opened(tmp_path / "learner.db")


def when(at: int) -> Moment:
    """A moment of a learner in UTC."""
    return moment(at, 0, 4)


def held(store: Store, card: str) -> Card:
    """The card as it is stored."""
    return cards.held(store.connection, card).card


def rate(store: Store, card: str, rating: int = 3, at: int = MORNING, before: Card | None = None) -> Event:
    """Answer a card; `before` is what this run believes the card to be, if that is not what is stored."""
    before = before or held(store, card)
    session = Session("sitting", "review", before, store.settings)
    _, after, review = answer(session, Given(Rating(rating), 4.5, {"response": "dividing by √d"}), when(at))
    return record(store, review, before, after)


def mark(store: Store, type: str, card: str, at: int = MORNING) -> Event:
    """Bury, suspend, flag ... a card."""
    return record_event(store, Event(type, *when(at), card=card))


def log(store: Store) -> list[Event]:
    """The whole log in order."""
    return [event for event, _ in events_of(store)]


def replayed(store: Store, card: str, former: Iterable[str] = ()) -> Card:
    """What the log makes of a card, slowly; `former` are the ids it had before."""
    ids = {card, *former}
    targets = {event.id for event in log(store) if event.card in ids}
    return replay(card, [e for e in log(store) if e.card in ids or e.retracts in targets], store.settings)
