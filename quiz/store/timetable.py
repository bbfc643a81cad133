"""The file behind the agenda: a row for every question of the bank with when its card comes, and sums over them."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from quiz.memory.calibration import Calibration
from quiz.store import learning
from quiz.study.card import Card, chance
from quiz.study.deck import Deck, passes
from quiz.study.recall import expected_recall
from quiz.study.settings import Settings

SCHEMA = 3
MILLIONTHS = 1_000_000
"""Chances are kept as whole millionths, so that their sum does not drift."""
TABLES = (
    "CREATE TABLE stamp (one INTEGER PRIMARY KEY, bank, generation, device, key, event, plan)",
    # `due` is NULL while a card is suspended: it is not in the queue then.
    "CREATE TABLE entry (rank INTEGER PRIMARY KEY, id, area, topic, concept, level, kind, tags, "
    "status, due, first_day, last_day, last_at, last_rating, buried_on, stability, difficulty, "
    "on_the_day, planned)",
    # status: cards of a status; due: cards due on a day; concept: concepts whose first card is due on a day;
    # plan: cards of the plan that are not suspended; on_the_day: the sum of their chances on the interview day.
    "CREATE TABLE tally (what, key, number, PRIMARY KEY (what, key)) WITHOUT ROWID",
    # What is asked on a study day, in this order: the list of a plan, or a backlog.
    "CREATE TABLE listed (nth INTEGER PRIMARY KEY, id)",
    "CREATE TABLE day (one INTEGER PRIMARY KEY, study_day, final)",
    learning.TABLE,
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
    "INSERT INTO tally SELECT 'plan', 0, count(*) FROM entry WHERE on_the_day IS NOT NULL",
    "INSERT INTO tally SELECT 'on_the_day', 0, coalesce(sum(on_the_day), 0) FROM entry WHERE on_the_day IS NOT NULL",
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
    plan: str
    """The plan that the cards are seen under; empty without one."""


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
    row = db.execute("SELECT bank, generation, device, key, event, plan FROM stamp WHERE one = 1").fetchone()
    return Stamp(*row) if row else None


def stamp(db: sqlite3.Connection, now: Stamp) -> None:
    """Note what the timetable shows."""
    db.execute("INSERT OR REPLACE INTO stamp VALUES (1, ?, ?, ?, ?, ?, ?)", now)


def make(
    db: sqlite3.Connection, questions: Iterable[tuple[Any, ...]], cards: dict[str, Card], settings: Settings
) -> None:
    """Fill a timetable anew. A question: rank, id, area, topic, concept, level, kind, tags; the plan of the settings
    is one that lasts."""
    for table in ("stamp", "entry", "tally", "listed", "day", "learning"):
        db.execute(f"DROP TABLE IF EXISTS {table}")
    for statement in TABLES:
        db.execute(statement)
    nothing = Calibration()
    rows = (_row(question, cards.get(question[1]) or Card(question[1]), settings, nothing) for question in questions)
    db.executemany(f"INSERT INTO entry VALUES ({', '.join('?' * 19)})", rows)
    for statement in (*INDEXES, *TALLIES, f"PRAGMA user_version = {SCHEMA}"):
        db.execute(statement)


def put(db: sqlite3.Connection, card: Card, settings: Settings) -> None:
    """Show a card as it is now; one that the bank does not have is passed over."""
    planned = _planned(db, card.id)
    if planned is None:
        return
    _count(db, card.id, -1)
    db.execute(
        "UPDATE entry SET status = ?, due = ?, first_day = ?, last_day = ?, last_at = ?, last_rating = ?, "
        "buried_on = ?, stability = ?, difficulty = ?, on_the_day = ? WHERE id = ?",
        (*_when(card, settings, planned, _learnt(db)), card.id),
    )
    _count(db, card.id, 1)


def shows(db: sqlite3.Connection, card: Card, settings: Settings) -> bool:
    """Whether the timetable shows the card as it is."""
    planned = _planned(db, card.id)
    if planned is None:
        return True
    row = db.execute(
        "SELECT status, due, first_day, last_day, last_at, last_rating, buried_on, stability, difficulty, on_the_day "
        "FROM entry WHERE id = ?",
        (card.id,),
    ).fetchone()
    return bool(row == _when(card, settings, planned, _learnt(db)))


def foretell(db: sqlite3.Connection, cards: Iterable[Card], settings: Settings, calibration: Calibration) -> None:
    """Show the chances on the interview day anew, after the correction has changed."""
    if settings.plan is None:
        return
    planned = {id for (id,) in db.execute("SELECT id FROM entry WHERE on_the_day > 0")}
    chances = ((_on_the_day(card, settings, calibration), card.id) for card in cards if card.id in planned)
    db.executemany("UPDATE entry SET on_the_day = ? WHERE id = ?", chances)
    db.execute("DELETE FROM tally WHERE what = 'on_the_day'")
    db.execute(TALLIES[-1])


def passing(deck: Deck) -> tuple[str, dict[str, str]]:
    """The deck as SQL, to go behind another condition: any of the values within a field, all fields together."""
    sql = ""
    values: dict[str, str] = {}
    for column, wanted in zip(("area", "topic", "level", "kind", "tag"), deck, strict=True):
        if wanted:
            names = {f"{column}{nth}": value for nth, value in enumerate(wanted)}
            among = f"IN ({', '.join(':' + name for name in names)})"
            tagged = f"EXISTS (SELECT 1 FROM json_each(tags) WHERE value {among})"
            sql += f" AND {tagged if column == 'tag' else f'{column} {among}'}"
            values |= names
    return sql, values


def _planned(db: sqlite3.Connection, id: str) -> bool | None:
    """Whether the plan holds the question; None where the bank does not."""
    row = db.execute("SELECT planned FROM entry WHERE id = ?", (id,)).fetchone()
    return None if row is None else bool(row[0])


def _learnt(db: sqlite3.Connection) -> Calibration:
    known = learning.kept(db)
    return known[1] if known else Calibration()


def _row(question: tuple[Any, ...], card: Card, settings: Settings, calibration: Calibration) -> tuple[Any, ...]:
    planned = False
    if settings.plan is not None:
        _, _, area, topic, _, level, kind, tags = question
        planned = not any(settings.plan.deck) or passes(settings.plan.deck, area, topic, level, kind, _loaded(tags))
    return (*question, *_when(card, settings, planned, calibration), planned)


def _loaded(tags: str) -> list[str]:
    from json import loads

    names: list[str] = loads(tags)
    return names


def _when(card: Card, settings: Settings, planned: bool, calibration: Calibration) -> tuple[Any, ...]:
    on_the_day = chance(card, settings.plan.date, settings) if planned and settings.plan is not None else None
    status, due = ("suspended", None) if card.suspended else (card.status(on_the_day), card.due)
    counted = None if on_the_day is None or card.suspended else _on_the_day(card, settings, calibration)
    days = (card.first_day, card.last_day, card.last_at, card.last_rating, card.buried_on)
    return (status, due, *days, *(card.state or (None, None)), counted)


def _on_the_day(card: Card, settings: Settings, calibration: Calibration) -> int:
    assert settings.plan is not None
    return round(MILLIONTHS * (expected_recall(card, settings.plan.date, settings, calibration) or 0.0))


def _count(db: sqlite3.Connection, id: str, by: int) -> None:
    """Count a card, or no longer: under its status, its day, the day of its concept's first card, and in the plan."""
    row = db.execute(
        "SELECT status, due, (SELECT min(due) FROM entry AS sibling WHERE sibling.concept = entry.concept), "
        "on_the_day FROM entry WHERE id = ?",
        (id,),
    ).fetchone()
    if row is None:
        return
    *keys, on_the_day = row
    counted = [(what, key, by) for what, key in zip(("status", "due", "concept"), keys, strict=True) if key is not None]
    if on_the_day is not None:
        counted += [("plan", 0, by), ("on_the_day", 0, by * on_the_day)]
    db.executemany(
        "INSERT INTO tally VALUES (?1, ?2, ?3) ON CONFLICT (what, key) DO UPDATE SET number = number + ?3", counted
    )
