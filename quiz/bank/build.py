"""Making the index: read the files that changed, take over the others from the index before, settle the bank.

The new index is written beside the old one and then put in its place, so that a crash leaves the old one and of two
builds at once either may win.
"""

import gc
import json
import os
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from hashlib import sha256
from tempfile import mkstemp
from typing import Any

from quiz.bank.check import Checked, across, entries
from quiz.bank.finding import Finding
from quiz.bank.index import SCHEMA, State
from quiz.bank.load import Loaded, Unreadable, load, load_bytes, read
from quiz.bank.order import linked, ranked
from quiz.errors import Failed

STALE = 3600
"""Seconds after which an unfinished index is taken for left behind."""

TABLES = """
CREATE TABLE meta (schema INTEGER, code INTEGER, fingerprint TEXT, count INTEGER, left_out TEXT);
CREATE TABLE file (number INTEGER PRIMARY KEY, path TEXT, shipped INTEGER, size INTEGER, mtime INTEGER, hash TEXT,
    left_out INTEGER, broken INTEGER);
CREATE TABLE entry (number INTEGER PRIMARY KEY, file INTEGER, line INTEGER, id TEXT, area TEXT, topic TEXT,
    concept TEXT, level TEXT, kind TEXT, version TEXT, replaces TEXT, aliases TEXT, follow_ups TEXT, demos TEXT,
    tags TEXT, body TEXT);
CREATE TABLE finding (number INTEGER PRIMARY KEY, file INTEGER, across INTEGER, line INTEGER, id TEXT, field TEXT,
    severity TEXT, problem TEXT, fix TEXT);
CREATE TABLE question (rank INTEGER PRIMARY KEY, id TEXT, area TEXT, topic TEXT, concept TEXT, level TEXT, kind TEXT,
    version TEXT, links TEXT, tags TEXT, entry INTEGER);
CREATE TABLE alias (old TEXT PRIMARY KEY, id TEXT) WITHOUT ROWID;
"""


def build(path: str, states: Sequence[State], code: int) -> str:
    """Make the index of these files at `path`; returns where it is. Raises Failed if it cannot be written."""
    folder = os.path.dirname(path)
    collecting = gc.isenabled()
    gc.disable()  # a bank is hundreds of thousands of small objects and no circles
    temporary = None
    try:
        os.makedirs(folder, exist_ok=True)
        handle, temporary = mkstemp(".new", os.path.basename(path) + ".", folder)
        os.close(handle)
        try:
            _write(temporary, path, states, code)
        except sqlite3.DatabaseError:  # the index before is damaged, or the disk is full
            os.truncate(temporary, 0)
            _write(temporary, None, states, code)
        return _placed(temporary, path)
    except BaseException as error:
        if temporary:
            with suppress(OSError):
                os.unlink(temporary)
        if not isinstance(error, (OSError, sqlite3.Error)):
            raise
        why = f"The bank's index could not be written to {folder}: {error}."
        raise Failed(f"{why} Make room there, or set QUIZ_HOME to another folder.") from None
    finally:
        if collecting:
            gc.enable()


def _write(temporary: str, before: str | None, states: Sequence[State], code: int) -> None:
    with closing(sqlite3.connect(temporary, isolation_level=None)) as connection:
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + TABLES)
        old = before if before and _usable(before, code) else None
        if old:
            connection.execute("ATTACH ? AS old", (old,))
        connection.execute("BEGIN")
        for number, state in enumerate(states, 1):
            _file(connection, number, state, bool(old))
        checked = across(entries(connection))
        _settle(connection, checked)
        hashes = connection.execute("SELECT shipped, hash FROM file ORDER BY number").fetchall()
        fingerprint = sha256(repr((SCHEMA, code, hashes)).encode()).hexdigest()[:16]
        meta = (SCHEMA, code, fingerprint, len(checked.used), _left_out(connection, checked))
        connection.execute("INSERT INTO meta VALUES (?, ?, ?, ?, ?)", meta)
        connection.execute("COMMIT")


def _usable(path: str, code: int) -> bool:
    if not os.path.exists(path):
        return False
    try:
        with closing(sqlite3.connect(path)) as old:
            return old.execute("SELECT schema, code FROM meta").fetchall() == [(SCHEMA, code)]
    except sqlite3.Error:
        return False


def _file(connection: sqlite3.Connection, number: int, state: State, old: bool) -> None:
    """One file's entries and findings: from the index before if its size and time, or its content, are the same."""
    find = "SELECT number, size, mtime, hash, left_out, broken FROM old.file WHERE path = ?"
    known = connection.execute(find, (state.path,)).fetchone() if old else None
    data = hash_ = None
    if known and known[1:3] == state[2:]:
        hash_ = known[3]
    else:
        with suppress(Unreadable):
            data = read(state.path)
            hash_ = sha256(data).hexdigest()
    if known and hash_ and known[3] == hash_:
        _taken_over(connection, known[0], number)
        left_out, broken = known[4:]
    else:
        left_out, broken = _read(connection, number, state.path, data)
    connection.execute("INSERT INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (number, *state, hash_, left_out, broken))


def _taken_over(connection: sqlite3.Connection, before: int, number: int) -> None:
    for table, kept in (("entry", ""), ("finding", "AND NOT across")):
        columns = ", ".join(row[1] for row in connection.execute(f"PRAGMA main.table_info({table})").fetchall()[2:])
        connection.execute(
            f"INSERT INTO {table} (file, {columns})"
            f" SELECT ?, {columns} FROM old.{table} WHERE file = ? {kept} ORDER BY number",
            (number, before),
        )


def _read(connection: sqlite3.Connection, number: int, path: str, data: bytes | None) -> tuple[int, bool]:
    """Put a file's questions and findings into the index; returns how many are left out, and if reading broke off."""
    findings: list[Finding] = []
    left: list[int] = []

    def rows() -> Iterator[tuple[Any, ...]]:
        for item in load(path) if data is None else load_bytes(data, path):
            if isinstance(item, Loaded):
                yield _row(number, item)
            elif isinstance(item, Finding):
                findings.append(item)
            else:
                left.append(item.line)

    connection.executemany(f"INSERT INTO entry VALUES (NULL{', ?' * 15})", rows())
    _keep(connection, {path: number}, findings, across=False)
    return sum(map(bool, left)), 0 in left


def _row(number: int, item: Loaded) -> tuple[Any, ...]:
    its = item.question
    joined = (" ".join(its.aliases), " ".join(its.follow_ups), " ".join(its.demos))
    tags = json.dumps(its.tags, ensure_ascii=False) if its.tags else "[]"
    filed = (its.id, its.area, its.topic, its.concept, its.level, its.kind)
    return (number, item.line, *filed, item.version, its.replaces, *joined, tags, item.body)


def _keep(connection: sqlite3.Connection, numbers: dict[str, int], findings: Sequence[Finding], across: bool) -> None:
    rows = ((numbers[finding.file], across, *finding[1:]) for finding in findings)
    connection.executemany(f"INSERT INTO finding VALUES (NULL{', ?' * 8})", rows)


def _settle(connection: sqlite3.Connection, checked: Checked) -> None:
    """Fill `question`, `alias` and the findings across questions."""
    used, links = checked.used, linked(checked.used, checked.aliases)
    rows = []
    for rank, place in enumerate(ranked(used, links), 1):
        others = dict.fromkeys(links.follow_ups[place] + links.parents[place])
        rows.append((rank, json.dumps([used[other].id for other in others]), used[place].number))
    connection.executemany(
        "INSERT INTO question SELECT ?1, id, area, topic, concept, level, kind, version, ?2, tags, number"
        " FROM entry WHERE number = ?3",
        rows,
    )
    connection.execute("CREATE UNIQUE INDEX question_id ON question (id)")
    connection.executemany("INSERT INTO alias VALUES (?, ?)", checked.aliases.items())
    numbers = dict(connection.execute("SELECT path, number FROM file").fetchall())
    _keep(connection, numbers, checked.findings, across=True)


def _left_out(connection: sqlite3.Connection, checked: Checked) -> str | None:
    """A sentence on what was left out, or None."""
    counts = Counter(entry.file for entry in checked.left_out)
    broken = []
    for path, left_out, unread in connection.execute("SELECT path, left_out, broken FROM file ORDER BY number"):
        counts[path] += left_out
        if unread:
            broken.append(f"{os.path.basename(path)} could not be read to its end")
    places = [f"{count} in {os.path.basename(path)}" for path, count in counts.items() if count]
    total = sum(counts.values())
    said = [f"{total} question{'s' * (total > 1)} left out ({', '.join(places)})"] if total else []
    return f"{'; '.join(said + broken)}: `quiz bank check` says why." if said or broken else None


def _placed(temporary: str, path: str) -> str:
    """Put the finished index in its place, after its content has reached the disk, and clear away what crashes left."""
    with open(temporary, "rb+") as file:
        os.fsync(file.fileno())
    made = os.stat(temporary).st_mtime
    try:
        os.replace(temporary, path)
    except PermissionError:  # Windows replaces no file that another run has open: this run uses the new one where it is
        return temporary
    with os.scandir(os.path.dirname(path)) as others:
        for other in others:
            with suppress(OSError):  # another start may be done with it meanwhile
                ours = other.name.startswith("bank-") and other.name.endswith(".new")
                if ours and other.stat().st_mtime < made - STALE:
                    os.unlink(other.path)
    return path
