"""The learner's file: looked at before it is opened, made where there is none, migrated where it is older."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

from quiz.errors import Failed
from quiz.store import events
from quiz.store.faults import damaged, told
from quiz.study.settings import Settings, settings_of

APPLICATION_ID = 0x7175697A
"""`quiz`, in the header of every file of ours."""
NO_TIME = 0
"""For the ids of what is no event: of learners, devices, generations."""
SCHEMA = os.path.join(os.path.dirname(__file__), "schema")

POSITION = (
    "SELECT generation, (SELECT id FROM device WHERE device.lane = learner.lane), "
    "coalesce(key, learner.lane << 40), coalesce(event.id, '') FROM learner LEFT JOIN event ON key = "
    "(SELECT max(key) FROM event WHERE key BETWEEN learner.lane << 40 AND (learner.lane + 1 << 40) - 1) WHERE one = 1"
)


class Position(NamedTuple):
    """How far a store has come; equal positions mean equal cards."""

    generation: str
    """Another one whenever cards changed otherwise than by this device's next event."""
    device: str
    """As which device the file writes."""
    key: int
    """Of this device's latest event: lane << 40 | seq."""
    event: str
    """Its id; empty before the first."""


class Store:
    """An open learner's file. Its blocks `reading` and `writing` raise Failed instead of the errors of SQLite."""

    settings: Settings
    """As the log says them."""
    generation: str
    """Of the cards that were made under these settings."""

    def __init__(self, path: str, connection: sqlite3.Connection, new_id: Callable[[int], str]) -> None:
        self.path = path
        self.connection = connection
        self.new_id = new_id
        """A fresh id from UTC milliseconds."""

    def learn(self) -> bool:
        """Take in the settings that the log says; False when the stored cards were made under others."""
        with self.reading() as db:
            self.settings = settings_of(events.of_settings(db))
            self.generation, rules = db.execute("SELECT generation, rules FROM learner WHERE one = 1").fetchone()
        return bool(rules == self.settings.rules())

    def renew(self) -> None:
        """In the caller's transaction: cards changed otherwise than by this device's next event."""
        changed = (self.new_id(NO_TIME), self.settings.rules())
        self.connection.execute("UPDATE learner SET generation = ?, rules = ? WHERE one = 1", changed)
        self.learn()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, for queries."""
        with told(self.path):
            yield self.connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The connection inside a transaction: durable when the block ends, undone when it raises."""
        db = self.connection
        with told(self.path):
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            except BaseException:
                if db.in_transaction:
                    with suppress(sqlite3.Error):  # the first error is the one to tell
                        db.execute("ROLLBACK")
                raise

    def position(self) -> Position:
        """How far this store has come."""
        with told(self.path):
            return Position(*self.connection.execute(POSITION).fetchone())

    def close(self) -> None:
        """Close the file."""
        self.connection.close()


def open_store(path: str, new_id: Callable[[int], str], timeout: float = 5.0) -> Store:
    """The learner's file at `path`, made where there is none.

    `new_id` gives a fresh id from UTC milliseconds. Another run is waited for up to `timeout` seconds. Raises Failed,
    having changed nothing, for a file that is empty, cut off, damaged, not ours, or of a newer version.
    """
    try:
        try:
            store = _opened(path, new_id, timeout)
        except FileNotFoundError:
            _make(path, new_id)
            store = _opened(path, new_id, timeout)
    except OSError as error:
        where = error.filename or path
        raise Failed(f"{where} cannot be used: {error.strerror}. Check the path and its permissions.") from error
    if not store.learn():
        from quiz.store.rebuild import rebuild

        with store.writing():
            rebuild(store)
    return store


def _opened(path: str, new_id: Callable[[int], str], timeout: float) -> Store:
    version = _version(path)
    with told(path):
        connection = sqlite3.connect(path, timeout=timeout, isolation_level=None)
        connection.execute("PRAGMA synchronous=EXTRA")
        connection.execute("PRAGMA journal_mode=DELETE")
        if version < migrations()[-1][0]:
            migrate(connection)
    return Store(path, connection, new_id)


def _version(path: str) -> int:
    """The version of the schema, from the first bytes: SQLite takes an empty file for a database, and might write."""
    with open(path, "rb", buffering=0) as file:
        header = file.read(100)
    if not header:
        raise Failed(
            f"{path} is empty, which no file of quiz ever is: put a backup in its place, or delete it to begin anew."
        )
    if header[:16] != b"SQLite format 3\0" or len(header) < 100:
        raise Failed(damaged(path, "it does not begin like a database"))
    if _number(header, 68) != APPLICATION_ID:
        raise Failed(f"{path} is a database of another program: move it away, or set QUIZ_HOME to another folder.")
    version, newest = _number(header, 60), migrations()[-1][0]
    if version > newest:
        raise Failed(
            f"{path} was written by a newer quiz (its format is {version}, this one knows {newest}): upgrade quiz."
        )
    page = int.from_bytes(header[16:18], "big")
    whole = _number(header, 28) * (65536 if page == 1 else page)
    if not os.path.exists(f"{path}-journal") and (size := os.path.getsize(path)) < whole:
        raise Failed(damaged(path, f"{whole - size} bytes are missing at its end"))
    return version


def _number(header: bytes, offset: int) -> int:
    return int.from_bytes(header[offset : offset + 4], "big")


def migrations() -> list[tuple[int, str]]:
    """(version, path) of each file in `schema/`, oldest first."""
    names = sorted(name for name in os.listdir(SCHEMA) if name.endswith(".sql"))
    return [(int(name[:3]), os.path.join(SCHEMA, name)) for name in names]


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a file to the newest version, each step in a transaction of its own: a step is done or not begun."""
    for version, path in migrations():
        with open(path, encoding="utf-8") as file:
            script = file.read()
        connection.execute("BEGIN IMMEDIATE")
        with connection:
            if connection.execute("PRAGMA user_version").fetchone()[0] < version:  # else another run was quicker
                for statement in _statements(script):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {version}")


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _make(path: str, new_id: Callable[[int], str]) -> None:
    """A new file appears at `path` whole or not at all, and never in the place of another."""
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    device = new_id(NO_TIME)
    unnamed = f"{path}.{device}"
    try:
        with told(path):
            connection = sqlite3.connect(unnamed, isolation_level=None)
            connection.execute("PRAGMA journal_mode=OFF")  # nobody reads it before it has its name
            connection.execute("PRAGMA synchronous=OFF")
            migrate(connection)
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute("BEGIN")
            with connection:
                learner = (new_id(NO_TIME), new_id(NO_TIME), Settings().rules())
                connection.execute("INSERT INTO device VALUES (1, ?)", (device,))
                connection.execute("INSERT INTO learner VALUES (1, ?, 1, ?, ?)", learner)
            connection.close()
        _link(unnamed, path)
    finally:
        with suppress(FileNotFoundError):
            os.remove(unnamed)


def _link(source: str, target: str) -> None:
    with suppress(FileExistsError):  # another run was quicker
        try:
            os.link(source, target)
        except FileExistsError:
            raise
        except OSError:  # a file system without links
            if not os.path.exists(target):
                os.rename(source, target)
