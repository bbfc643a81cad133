"""A bank file -> its questions, checked one by one, and what is wrong with the others."""

import os
import stat
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from quiz.bank.check import Entry, across
from quiz.bank.events import Raw
from quiz.bank.finding import Fault, Finding
from quiz.bank.parse import parse
from quiz.bank.places import BankFile
from quiz.bank.question import Question
from quiz.bank.validate import validated

MAX_BYTES = 128 << 20
"""Twice the 100,000 questions that the benchmark loads."""
MAX_FINDINGS = 500
"""Findings of one file that are told."""


class Loaded(NamedTuple):
    """A question that checks by itself, and where it stands."""

    question: Question
    file: str
    line: int
    version: str
    """12 hex digits, a hash of what is asked and learnt."""
    body: str
    """JSON of the fields, for `Question.build`."""


class LeftOut(NamedTuple):
    """A question with an error, whose findings came before it."""

    file: str
    line: int
    """0 where it is not one question but the file, or a part of it, that could not be read."""
    id: str


class Unreadable(Exception):
    """A bank file that cannot be read at all; carries the fault to report."""

    def __init__(self, problem: str, fix: str) -> None:
        super().__init__(problem)
        self.fault = Fault(0, "", problem, fix)


def entry(item: Loaded, number: int = 0, shipped: bool = False) -> Entry:
    """What a question says about others, for the checks across questions."""
    its = item.question
    joined = (" ".join(its.aliases), " ".join(its.follow_ups), " ".join(its.demos))
    place = (number, item.file, shipped, item.line)
    return Entry(*place, its.id, its.topic, its.level, item.version, its.replaces, *joined)


def check_files(files: Iterable[BankFile], known: Collection[str] = ()) -> tuple[list[Loaded], list[Finding]]:
    """The questions of some files as a bank of their own, and what loading says; `known` are ids to be named."""
    found, findings = list[Loaded](), list[Finding]()
    for file in files:
        for item in load(file.path):
            if isinstance(item, Loaded):
                found.append(item)
            elif isinstance(item, Finding):
                findings.append(item)
    return found, findings + across([entry(item, nth) for nth, item in enumerate(found)], known).findings


def read(path: str) -> bytes:
    """The bytes of a regular file of at most MAX_BYTES; raises Unreadable, and never waits for a pipe or a device."""
    try:
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
        descriptor = os.open(path, flags)
        try:
            if not stat.S_ISREG(mode := os.fstat(descriptor).st_mode):
                what = "a folder" if stat.S_ISDIR(mode) else "a pipe or a device"
                raise Unreadable(f"it is {what}, not a file", "move it away, or name a file")
            with open(descriptor, "rb", closefd=False) as file:
                data = file.read(MAX_BYTES + 1)
        finally:
            os.close(descriptor)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise Unreadable(f"it cannot be read: {why}", "see that it exists and may be read") from None
    except ValueError:
        raise Unreadable("its name is no name of a file", "rename it") from None
    if len(data) > MAX_BYTES:
        raise Unreadable(f"it is larger than {MAX_BYTES >> 20} MB", "split it into several files")
    return data


def load(path: str) -> Iterator[Loaded | LeftOut | Finding]:
    """The questions of a bank file and its findings, in their order; raises nothing, whatever the file holds."""
    try:
        data = read(path)
    except Unreadable as error:
        yield error.fault.found(path)
        yield LeftOut(path, 0, "")
        return
    yield from load_bytes(data, path)


def load_bytes(data: bytes, file: str) -> Iterator[Loaded | LeftOut | Finding]:
    """As `load`, from bytes that were read before; `file` is the name that findings carry."""
    said = 0
    for item in parse(data):
        if isinstance(item, Raw):
            valid, faults = validated(item)
            named = given if isinstance(given := item.fields.get("id"), str) else ""
        else:
            valid, faults, named = None, [item], ""
        for fault in faults:
            if (said := said + 1) <= MAX_FINDINGS:
                yield fault.found(file, named)
        if valid:
            yield Loaded(valid.question, file, item.line, valid.version, valid.body)
        elif isinstance(item, Raw):
            yield LeftOut(file, item.line, named)
        elif item.severity == "error":
            yield LeftOut(file, 0, "")
    if said > MAX_FINDINGS:
        more = Fault(0, "", f"{said - MAX_FINDINGS} more problems are not listed", "repair the others first")
        yield more.found(file)
