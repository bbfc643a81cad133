"""The stored cards: each the replay of its events, kept so that no start has to replay anything."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from quiz.memory.values import MemoryState
from quiz.store import events
from quiz.study.card import Card, replay
from quiz.study.settings import Settings

FIELDS = (
    "stability, difficulty, due, first_day, last_day, last_at, last_rating, reps, lapses, suspended, flagged, buried_on"
)

HELD = f"SELECT id, latest_at, newest, {FIELDS} FROM card WHERE id = ?"
KEEP = f"INSERT OR REPLACE INTO card (id, latest_at, newest, {FIELDS}) VALUES ({', '.join('?' * 15)})"


class Stored(NamedTuple):
    """A card as the file has it."""

    card: Card
    latest_at: int | None
    """The latest `at` of its standing events, UTC ms."""
    newest: int | None
    """The key of the event that was written last under this id."""


def held(db: sqlite3.Connection, id: str) -> Stored:
    """What the file has of a card; a new card where it has nothing."""
    row = db.execute(HELD, (id,)).fetchone()
    return _read(row) if row else Stored(Card(id), None, None)


def every(db: sqlite3.Connection) -> Iterator[Card]:
    """All cards that have events under the ids of today."""
    rows = db.execute(
        f"SELECT id, latest_at, newest, {FIELDS} FROM card WHERE NOT EXISTS (SELECT 1 FROM alias WHERE old = card.id)"
    )
    return (_read(row).card for row in rows)


def keep(db: sqlite3.Connection, stored: Iterable[Stored]) -> None:
    """Write cards over what the file had of them."""
    db.executemany(KEEP, map(_written, stored))


def replayed(db: sqlite3.Connection, id: str, settings: Settings) -> None:
    """Make the stored card what its events say."""
    standing = [event for event, retracted in events.of_card(db, id) if not retracted and event.type != "retract"]
    latest_at = standing[-1].at if standing else None
    keep(db, [Stored(replay(id, standing, settings), latest_at, held(db, id).newest)])


def link(db: sqlite3.Connection, newest: Mapping[str, int]) -> None:
    """Note the event that was written last under each id."""
    db.executemany(
        "INSERT INTO card (id, newest) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET newest = excluded.newest",
        newest.items(),
    )


def logged(db: sqlite3.Connection) -> list[str]:
    """The ids of all cards that have events, by the ids of today."""
    rows = db.execute(
        "SELECT DISTINCT coalesce(new, id) FROM card LEFT JOIN alias ON old = id WHERE newest IS NOT NULL ORDER BY 1"
    )
    return [id for (id,) in rows]


def current(db: sqlite3.Connection, id: str) -> str:
    """The id that the question of a logged id has today."""
    row = db.execute("SELECT new FROM alias WHERE old = ?", (id,)).fetchone()
    return str(row[0]) if row else id


def aliases(db: sqlite3.Connection) -> dict[str, str]:
    """The renamed ids that occur in the log -> the ids of today."""
    return dict(db.execute("SELECT old, new FROM alias").fetchall())


def _read(row: tuple[Any, ...]) -> Stored:
    id, latest_at, newest, stability, difficulty, due, first, last, at, rating, reps, lapses, away, flag, buried = row
    state = None if stability is None else MemoryState(stability, difficulty)
    card = Card(id, state, due, first, last, at, rating, reps, lapses, bool(away), bool(flag), buried)
    return Stored(card, latest_at, newest)


def _written(stored: Stored) -> tuple[Any, ...]:
    id, state, *fields = stored.card
    return (id, stored.latest_at, stored.newest, *(state or (None, None)), *fields)
