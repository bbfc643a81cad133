"""The compiled copy of a bank, so that a start costs the same however large the bank is. It is a cache: safe to delete.

One SQLite file for each list of bank files. A start compares the files' sizes and times with those kept here, and reads
no YAML.
"""

import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from quiz.bank.places import BankFile, files
from quiz.errors import Failed

if TYPE_CHECKING:
    from quiz.bank.check import Entry
    from quiz.bank.finding import Finding
    from quiz.bank.question import Question

SCHEMA = 1
FOUND = (
    "SELECT question.kind, body, question.version, path, line, links, shipped FROM question"
    " JOIN entry ON entry.number = question.entry JOIN file ON file.number = entry.file"
)


class State(NamedTuple):
    """A bank file as a start sees it."""

    path: str
    shipped: bool
    size: int
    """-1 where there is nothing to be seen."""
    mtime: int
    """In nanoseconds."""


class Found(NamedTuple):
    """A question out of the index."""

    question: "Question"
    version: str
    file: str
    line: int
    links: tuple[str, ...]
    """Its follow-ups, then the questions that it follows up."""
    shipped: bool


class Row(NamedTuple):
    """A question as a list shows it."""

    id: str
    area: str
    topic: str
    concept: str
    level: str
    kind: str
    version: str
    tags: tuple[str, ...]


class Index:
    """An open index. Tables: `question` in the order of learning, `alias`; `entry` holds the rest of each question."""

    def __init__(self, path: str, connection: sqlite3.Connection) -> None:
        self.path = path
        """The file, for ATTACH."""
        self.connection = connection
        self.fingerprint: str
        """Changes when anything in the bank changes."""
        self.count: int
        self.left_out: str | None
        """A sentence on the questions that were left out, if any were."""
        row = connection.execute("SELECT fingerprint, count, left_out FROM meta WHERE rowid = 1").fetchone()
        self.fingerprint, self.count, self.left_out = row

    def question(self, question: str) -> Found | None:
        """The question of that id, or the one that carries it on as an alias; imports the one kind it is of."""
        its = "question.id = coalesce((SELECT id FROM alias WHERE old = ?1), ?1)"
        return next(self._found(f"{FOUND} WHERE {its}", (question,)), None)

    def rows(
        self,
        areas: Collection[str] = (),
        topics: Collection[str] = (),
        levels: Collection[str] = (),
        kinds: Collection[str] = (),
        tags: Collection[str] = (),
    ) -> Iterator[Row]:
        """The questions that pass a filter, in the order of learning; an empty filter lets everything pass."""
        import json

        named = {"area": areas, "topic": topics, "level": levels, "kind": kinds}
        wanted = [f"{column} IN ({','.join('?' * len(values))})" for column, values in named.items() if values]
        values = [value for values in named.values() for value in values]
        where = f" WHERE {' AND '.join(wanted)}" if wanted else ""
        columns = ", ".join(Row._fields)
        for row in self.all(f"SELECT {columns} FROM question{where} ORDER BY rank", values):
            its = Row._make(row)._replace(tags=tuple(json.loads(row[-1])))
            if not tags or not set(tags).isdisjoint(its.tags):
                yield its

    def questions(self) -> Iterator[Found]:
        """Every question of the bank, in the order of the files."""
        return self._found(f"{FOUND} ORDER BY entry.number")

    def bodies(self) -> Iterator[tuple[str, str]]:
        """Id and JSON of every question, in the order of learning."""
        return self.all("SELECT question.id, body FROM question JOIN entry ON number = entry ORDER BY rank")

    def ids(self, beginning: str = "") -> list[str]:
        """The ids that begin like this, sorted."""
        between = (beginning, beginning + "\U0010ffff")
        return [row[0] for row in self.all("SELECT id FROM question WHERE id >= ? AND id < ? ORDER BY id", between)]

    def entries(self) -> "list[Entry]":
        """Every question that checks by itself, used or not, in the order of the files."""
        from quiz.bank.check import entries

        return entries(self.connection)

    def findings(self) -> "list[Finding]":
        """All there is to say about the bank, by file and line."""
        from quiz.bank.finding import Finding

        return [
            Finding(*row)
            for row in self.all(
                "SELECT path, line, id, field, severity, problem, fix FROM finding JOIN file ON file.number = file"
                " ORDER BY file, line, finding.number"
            )
        ]

    def files(self) -> list[str]:
        """The bank's files."""
        return [row[0] for row in self.all("SELECT path FROM file ORDER BY number")]

    def all(self, query: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        """The rows of a query; an index that turns out to be damaged is removed, and the next start makes it anew."""
        try:
            yield from self.connection.execute(query, values)
        except sqlite3.DatabaseError as error:
            self.close()
            os.unlink(self.path)
            raise Failed(f"The bank's index was damaged ({error}) and is removed: run the command again.") from None

    def _found(self, query: str, values: Sequence[Any] = ()) -> Iterator[Found]:
        import json

        from quiz.bank.kind import kind_of

        for kind, body, version, file, line, links, shipped in self.all(query, values):
            built = kind_of(kind).build(json.loads(body))
            yield Found(built, version, file, line, tuple(json.loads(links)), bool(shipped))

    def close(self) -> None:
        """Close the file; the index is of no use afterwards."""
        self.connection.close()


def open_index(banks: Iterable[BankFile | str], cache: str, *, empty: bool = False) -> Index:
    """The index of these bank files, made anew where a file has changed.

    `cache` is the folder that it is kept in. Raises Misused for a path that is not there, Failed if the folder cannot
    be written or no question is left (unless `empty`).
    """
    named = [bank if isinstance(bank, BankFile) else BankFile(bank) for bank in banks]
    states = [_state(bank) for bank in files(named)]
    places = [(os.path.realpath(bank.path), bank.shipped) for bank in named]
    path, code = os.path.join(cache, f"bank-{crc32(repr(places).encode()):08x}.db"), _code()
    index = _current(path, states, code)
    if index is None:
        from quiz.bank.build import build

        made = build(path, states, code)
        index = Index(made, sqlite3.connect(made, isolation_level=None))
    if index.count or empty:
        return index
    index.close()
    raise Failed(f"The bank has no question to ask. {index.left_out or '`quiz bank add` writes one.'}")


def _state(bank: BankFile) -> State:
    try:
        seen = os.stat(bank.path)
    except (OSError, ValueError):
        return State(bank.path, bank.shipped, -1, -1)
    return State(bank.path, bank.shipped, seen.st_size, seen.st_mtime_ns)


def _current(path: str, states: Sequence[State], code: int) -> Index | None:
    """The index that is there, if it is one and belongs to these files as they are."""
    connection = None
    try:
        size = os.stat(path).st_size
        connection = sqlite3.connect(path, isolation_level=None)
        whole = "(SELECT page_count * page_size FROM pragma_page_count, pragma_page_size)"  # not cut short
        meta = connection.execute(f"SELECT schema, code, {whole} FROM meta WHERE rowid = 1").fetchall()
        fits = meta == [(SCHEMA, code, size)]
        kept = "SELECT path, shipped, size, mtime FROM file WHERE number >= 0 ORDER BY number"
        seen = connection.execute(kept).fetchall()
        if fits and seen == states:
            return Index(path, connection)
    except (OSError, sqlite3.Error):
        pass
    if connection:
        connection.close()
    return None


def _code() -> int:
    """A number that changes with the code that reads banks, since other code may find other questions good."""
    here = os.path.dirname(__file__)
    seen = [(name, 0, 0) for name in os.listdir(os.path.join(here, "generators")) if name.endswith(".py")]
    for folder in (here, os.path.join(here, "kinds")):
        for entry in os.scandir(folder):
            if entry.name.endswith(".py"):
                its = entry.stat()
                seen.append((entry.name, its.st_size, its.st_mtime_ns))
    return crc32(repr(sorted(seen)).encode())
