"""What can only be seen across questions and decides which of them are asked: ids, aliases, replaced questions.

What a reader would say of those that are asked is in `review.py`.
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from quiz.bank.finding import Finding, Severity, nearest


class Entry(NamedTuple):
    """What a question that checks by itself says about others. Several names are joined by spaces."""

    number: int
    file: str
    shipped: bool
    line: int
    id: str
    topic: str
    level: str
    version: str
    replaces: str | None
    aliases: str
    follow_ups: str
    demos: str

    def place(self) -> str:
        """Where it stands, for a sentence."""
        return f"{self.file}:{self.line}"

    def finding(self, field: str, problem: str, fix: str, severity: Severity = "error") -> Finding:
        """A finding about this question."""
        return Finding(self.file, self.line, self.id, field, severity, problem, fix)


class Checked(NamedTuple):
    """The questions that make up the bank, in the order given, and what there is to say."""

    used: list[Entry]
    aliases: dict[str, str]
    """Old id -> the id of the question that carries it on."""
    left_out: list[Entry]
    """Questions with an error; those that a user's own question replaces are in neither list."""
    findings: list[Finding]


def entries(connection: sqlite3.Connection) -> list[Entry]:
    """The entries that an index keeps, in the order of the files."""
    rows = connection.execute(
        "SELECT entry.number, path, shipped, line, id, topic, level, version, replaces, aliases, follow_ups, demos"
        " FROM entry JOIN file ON file.number = entry.file ORDER BY entry.number"
    )
    return [Entry(*row) for row in rows]


def across(entries: Sequence[Entry], known: Collection[str] = ()) -> Checked:
    """Settle which questions make up the bank; `known` are ids of elsewhere that follow-ups may name."""
    shipped: dict[str, Entry] = {}
    own: dict[str, Entry] = {}
    findings: list[Finding] = []
    left_out = []
    for entry in entries:
        first = (shipped if entry.shipped else own).setdefault(entry.id, entry)
        if first is not entry:
            problem = f"the id is taken already, at {first.place()}"
            findings.append(entry.finding("id", problem, "give one of them another id"))
            left_out.append(entry)
    findings += _replacements(own, shipped)
    live = {**shipped, **own}
    aliases: dict[str, Entry] = {}
    for entry in list(live.values()):
        wrong = list(_aliases(entry, live, aliases))
        if wrong:
            findings += wrong
            left_out.append(entry)
        else:
            aliases.update(dict.fromkeys(entry.aliases.split(), entry))
    for entry in left_out:
        if live.get(entry.id) is entry:
            del live[entry.id]
    used = [entry for entry in entries if live.get(entry.id) is entry]
    findings += _follow_ups(used, live, aliases, known)
    return Checked(used, {alias: entry.id for alias, entry in aliases.items()}, left_out, findings)


def _replacements(own: dict[str, Entry], shipped: dict[str, Entry]) -> Iterator[Finding]:
    for entry in own.values():
        original = shipped.get(entry.id)
        if original is None:
            if entry.replaces and shipped:
                fix = "delete the line `replaces:`"
                yield entry.finding("replaces", "no shipped question has this id", fix, "warning")
        elif not entry.replaces:
            problem = f"it replaces the shipped question of the same id, at {original.place()}"
            yield entry.finding("replaces", problem, f"add `replaces: {original.version}` if that is meant", "warning")
        elif entry.replaces != original.version:
            problem = f"the shipped question that it replaces has changed since, at {original.place()}"
            fix = f"compare the two, then write `replaces: {original.version}`"
            yield entry.finding("replaces", problem, fix, "warning")


def _aliases(entry: Entry, live: dict[str, Entry], taken: dict[str, Entry]) -> Iterator[Finding]:
    names = entry.aliases.split()
    for alias in names:
        if other := live.get(alias):
            problem = f"the alias {alias!r} is the id of a question, at {other.place()}"
            yield entry.finding("aliases", problem, "delete the alias or that question")
        elif other := taken.get(alias):
            yield entry.finding("aliases", f"the alias {alias!r} stands at {other.place()} too", "delete one of them")
    if len(set(names)) < len(names):
        yield entry.finding("aliases", "an alias stands twice in the list", "delete one of them")


def _follow_ups(
    used: Iterable[Entry], live: Collection[str], aliases: Collection[str], known: Collection[str]
) -> Iterator[Finding]:
    for entry in used:
        for name in entry.follow_ups.split():
            if name not in live and name not in aliases and name not in known:
                alike = islice((other for other in live if other[:3] == name[:3]), 500)
                near = nearest(name, alike)
                fix = f"did you mean `{near}`?" if near else "write that question, or delete the name"
                yield entry.finding("follow_ups", f"there is no question {name!r}", fix, "warning")
