"""The log as rows: how an event is written, found again and read."""

import sqlite3
from collections.abc import Iterator
from typing import Any

from quiz.study.event import Event

SEQ_BITS = 40
"""The key of an event is lane << SEQ_BITS | seq."""
SEQ = (1 << SEQ_BITS) - 1

COLUMNS = (
    "event.key, event.id, type, at, offset, study_day, session, card, rating, seconds, setting, retracts, data, "
    "(SELECT device.id FROM device WHERE lane = event.key >> 40) AS device, "
    "EXISTS (SELECT 1 FROM event AS other WHERE other.retracts = event.id AND other.type = 'retract') AS retracted"
)
# The latest event of the card and of the ids it had before, and from each the one written before it.
CHAIN = (
    "WITH RECURSIVE chain (link) AS ("
    "SELECT newest FROM card WHERE id = :card "
    "UNION ALL SELECT newest FROM alias CROSS JOIN card ON card.id = old WHERE new = :card "
    "UNION ALL SELECT previous FROM chain CROSS JOIN event ON key = link) "
)


def of_card(db: sqlite3.Connection, card: str) -> list[tuple[Event, bool]]:
    """All events of a card, those under its former ids too, in order; each with whether it was retracted."""
    rows = db.execute(f"{CHAIN} SELECT {COLUMNS} FROM chain CROSS JOIN event ON event.key = link", {"card": card})
    return sorted(map(_read, rows), key=lambda pair: pair[0].order())


def of_all(db: sqlite3.Connection) -> Iterator[tuple[Event, bool]]:
    """The whole log in order; each event with whether it was retracted."""
    return map(_read, db.execute(f"SELECT {COLUMNS} FROM event ORDER BY at, device, key & (1 << 40) - 1, event.id"))


def of_settings(db: sqlite3.Connection) -> list[Event]:
    """The standing events that say the settings."""
    rows = db.execute(f"SELECT {COLUMNS} FROM event WHERE card IS NULL AND type IN ('set', 'weights', 'plan')")
    return [event for event, retracted in map(_read, rows) if not retracted]


def of_setting(db: sqlite3.Connection, setting: str) -> list[Event]:
    """The standing events in a setting (`interview`, say), in order. Looks at the whole log."""
    rows = db.execute(f"SELECT {COLUMNS} FROM event WHERE setting = ?", (setting,))
    return sorted((event for event, retracted in map(_read, rows) if not retracted), key=Event.order)


def of_confidence(db: sqlite3.Connection) -> list[Event]:
    """The standing reviews that say how sure the learner was, in order. Looks at the whole log."""
    rows = db.execute(
        f"SELECT {COLUMNS} FROM event WHERE type = 'review' AND instr(data, '\"confidence\"') AND NOT retracted"
    )
    return sorted((event for event, _ in map(_read, rows)), key=Event.order)


def of_marks(db: sqlite3.Connection) -> Iterator[Event]:
    """The standing events of cards that are no reviews, in order."""
    rows = db.execute(
        f"SELECT {COLUMNS} FROM event WHERE card IS NOT NULL AND type NOT IN ('review', 'retract') AND NOT retracted "
        "ORDER BY at, device, key & (1 << 40) - 1, event.id"
    )
    return (event for event, _ in map(_read, rows))


def of_lane(db: sqlite3.Connection, after: int, until: int) -> set[str]:
    """The cards of the events with a key above `after`, up to `until`, by the ids that their questions have today."""
    rows = db.execute(
        "SELECT DISTINCT coalesce((SELECT new FROM alias WHERE old = card), card) FROM event "
        "WHERE key > ? AND key <= ? AND card IS NOT NULL",
        (after, until),
    )
    return {card for (card,) in rows}


def before_day(db: sqlite3.Connection, after: int, until: int, study_day: int) -> bool:
    """Whether an event with a key above `after`, up to `until`, is of an earlier study day, or takes one back."""
    row = db.execute(
        "SELECT 1 FROM event WHERE key > ?1 AND key <= ?2 AND card IS NOT NULL AND (study_day < ?3 "
        "OR (SELECT study_day FROM event AS earlier WHERE earlier.id = event.retracts) < ?3) LIMIT 1",
        (after, until, study_day),
    )
    return row.fetchone() is not None


def find(db: sqlite3.Connection, id: str) -> tuple[Event, bool] | None:
    """The event of that id, and whether it was retracted."""
    row = db.execute(f"SELECT {COLUMNS} FROM event WHERE event.id = ?", (id,)).fetchone()
    return _read(row) if row else None


def known(db: sqlite3.Connection, id: str) -> bool:
    """Whether the log has the event of that id."""
    return db.execute("SELECT 1 FROM event WHERE id = ?", (id,)).fetchone() is not None


def id_at(db: sqlite3.Connection, key: int) -> str:
    """The id of the event of that key; empty where there is none."""
    row = db.execute("SELECT id FROM event WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else ""


def devices(db: sqlite3.Connection) -> dict[int, str]:
    """Lane -> device."""
    return dict(db.execute("SELECT lane, id FROM device").fetchall())


def new_lane(db: sqlite3.Connection, device: str) -> int:
    """A lane for a device, to write the first number in that is taken in its others, if it has any."""
    lane = db.execute("INSERT INTO device (id) VALUES (?)", (device,)).lastrowid
    assert lane is not None
    return lane


def retraction(db: sqlite3.Connection, id: str) -> Event | None:
    """What took the event of that id back."""
    sql = f"SELECT {COLUMNS} FROM event WHERE retracts = ? AND type = 'retract' ORDER BY event.key LIMIT 1"
    row = db.execute(sql, (id,)).fetchone()
    return _read(row)[0] if row else None


def last_of_lane(db: sqlite3.Connection, key: int, types: tuple[str, ...]) -> Event | None:
    """The last standing event of these types, on any card, in the lane that ends with `key`."""
    row = db.execute(
        f"SELECT {COLUMNS} FROM event WHERE event.key BETWEEN ? AND ? AND card IS NOT NULL "
        f"AND type IN ({', '.join('?' * len(types))}) AND NOT retracted ORDER BY event.key DESC LIMIT 1",
        (key >> SEQ_BITS << SEQ_BITS, key, *types),
    ).fetchone()
    return _read(row)[0] if row else None


def latest_seconds(db: sqlite3.Connection, key: int, count: int) -> list[tuple[str, float]]:
    """Card and seconds of the latest `count` reviews, at most, in the lane that ends with `key`."""
    return db.execute(
        "SELECT card, seconds FROM event WHERE key BETWEEN ? AND ? AND type = 'review' AND seconds IS NOT NULL "
        "ORDER BY key DESC LIMIT ?",
        (key >> SEQ_BITS << SEQ_BITS, key, count),
    ).fetchall()


def write(db: sqlite3.Connection, key: int, event: Event, previous: int | None) -> None:
    """Add an event to the log; `previous` is the key of the one that was written before for its card."""
    db.execute(
        "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(key, event.id, event.type, event.at, event.offset, event.study_day, event.session, event.card),
            *(event.rating, event.seconds, event.setting, event.retracts, _packed(event), previous),
        ),
    )


def _packed(event: Event) -> str | None:
    if not event.data:
        return None
    from json import dumps

    return dumps(event.data, separators=(",", ":"))


def _read(row: tuple[Any, ...]) -> tuple[Event, bool]:
    key, id, type, at, offset, study_day, session, card, rating, seconds, setting, retracts, data, device, retracted = (
        row
    )
    if data is not None:
        from json import loads

        data = loads(data)
    seq = key & SEQ
    fields = (type, at, offset, study_day, session, card, rating, seconds, setting, retracts)
    return Event(*fields, data=data or {}, id=id, device=device, seq=seq), bool(retracted)
