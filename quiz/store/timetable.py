"""The file behind the agenda: a row for every question of the bank with when its card comes, and sums over them."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from quiz.study.card import Card

SCHEMA = 1
TABLES = (
    "CREATE TABLE stamp (one INTEGER PRIMARY KEY, bank, generation, device, key, event)",
    # `due` is NULL while a card is suspended: it is not in the queue then.
    "CREATE TABLE entry (rank INTEGER PRIMARY KEY, id, area, topic, concept, level, kind, tags, "
    "status, due, first_day, last_day, last_at, last_rating, buried_on)",
    # status: cards of a status; due: cards due on a day; concept: concepts whose first card is due on a day.
    "CREATE TABLE tally (what, key, number, PRIMARY KEY (what, key)) WITHOUT ROWID",
)
INDEXES = (
    "CREATE UNIQUE INDEX entry_id ON entry (id)",
    "CREATE INDEX entry_due ON entry (due, rank) WHERE due IS NOT NULL",
    "CREATE INDEX entry_status ON entry (status, rank)",
    "CREATE INDEX entry_topic ON entry (topic, due, rank)",
    "CREATE INDEX entry_concept ON entry (concept, due)",
    "CREATE INDEX entry_last_day ON entry (last_day, concept) WHERE last_day IS NOT NULL",
    "CREATE INDEX entry_buried_on ON entry (buried_on, concept) WHERE buried_on IS NOT NULL",
)
TALLIES = (
    "INSERT INTO tally SELECT 'status', status, count(*) FROM entry GROUP BY status",
    "INSERT INTO tally SELECT 'due', due, count(*) FROM entry WHERE due IS NOT NULL GROUP BY due",
    "INSERT INTO tally SELECT 'concept', first, count(*) FROM "
    "(SELECT min(due) AS first FROM entry WHERE due IS NOT NULL GROUP BY concept) GROUP BY first",
)


class Stamp(NamedTuple):
    """What a timetable shows."""

    bank: str
    """The fingerprint of the index."""
    generation: str
    """This and the others: the position of the store."""
    device: str
    key: int
    event: str


def connect(path: str, timeout: float) -> sqlite3.Connection:
    """Open a timetable, made or not. A crash of the program leaves it whole; one of the machine may not."""
    db = sqlite3.connect(path, timeout=timeout, isolation_level=None)
    db.execute("PRAGMA synchronous=OFF")
    db.execute("PRAGMA journal_mode=TRUNCATE")
    return db


@contextmanager
def writing(db: sqlite3.Connection) -> Iterator[None]:
    """A transaction."""
    db.execute("BEGIN IMMEDIATE")
    with db:
        yield


def shown(db: sqlite3.Connection) -> Stamp | None:
    """What the timetable shows; None where it was never made, or by another version."""
    if db.execute("PRAGMA user_version").fetchone() != (SCHEMA,):
        return None
    row = db.execute("SELECT bank, generation, device, key, event FROM stamp WHERE one = 1").fetchone()
    return Stamp(*row) if row else None


def stamp(db: sqlite3.Connection, now: Stamp) -> None:
    """Note what the timetable shows."""
    db.execute("INSERT OR REPLACE INTO stamp VALUES (1, ?, ?, ?, ?, ?)", now)


def make(db: sqlite3.Connection, questions: Iterable[tuple[Any, ...]], cards: dict[str, Card]) -> None:
    """Fill a timetable anew. A question: rank, id, area, topic, concept, level, kind, tags."""
    for table in ("stamp", "entry", "tally"):
        db.execute(f"DROP TABLE IF EXISTS {table}")
    for statement in TABLES:
        db.execute(statement)
    rows = ((*question, *_when(cards.get(question[1]) or Card(question[1]))) for question in questions)
    db.executemany(f"INSERT INTO entry VALUES ({', '.join('?' * 15)})", rows)
    for statement in (*INDEXES, *TALLIES, f"PRAGMA user_version = {SCHEMA}"):
        db.execute(statement)


def put(db: sqlite3.Connection, card: Card) -> None:
    """Show a card as it is now; one that the bank does not have is passed over."""
    _count(db, card.id, -1)
    db.execute(
        "UPDATE entry SET status = ?, due = ?, first_day = ?, last_day = ?, last_at = ?, last_rating = ?, "
        "buried_on = ? WHERE id = ?",
        (*_when(card), card.id),
    )
    _count(db, card.id, 1)


def shows(db: sqlite3.Connection, card: Card) -> bool:
    """Whether the timetable shows the card as it is."""
    row = db.execute(
        "SELECT status, due, first_day, last_day, last_at, last_rating, buried_on FROM entry WHERE id = ?", (card.id,)
    ).fetchone()
    return row is None or row == _when(card)


def _when(card: Card) -> tuple[Any, ...]:
    status, due = ("suspended", None) if card.suspended else (card.status(), card.due)
    return (status, due, card.first_day, card.last_day, card.last_at, card.last_rating, card.buried_on)


def _count(db: sqlite3.Connection, id: str, by: int) -> None:
    """Count a card, or no longer: under its status, its day, and the day of its concept's first card."""
    row = db.execute(
        "SELECT status, due, (SELECT min(due) FROM entry AS sibling WHERE sibling.concept = entry.concept) "
        "FROM entry WHERE id = ?",
        (id,),
    ).fetchone()
    for what, key in zip(("status", "due", "concept"), row or (), strict=False):
        if key is not None:
            db.execute(
                "INSERT INTO tally VALUES (?1, ?2, ?3) ON CONFLICT (what, key) DO UPDATE SET number = number + ?3",
                (what, key, by),
            )
