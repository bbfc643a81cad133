"""The shipped bank beside its syllabus, and the readings that each of its questions had.

`syllabus.csv` has a row for each cell of the syllabus: so many questions have all the fields that it names, and an
empty field means any. `readings.csv` has a row for each reading for truth: id, version, where each figure and claim was
checked, what was changed. Both come with the program.
"""

import csv
import os
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from quiz.bank.finding import Finding
from quiz.bank.places import shipped
from quiz.bank.review import Reviewed

SLACK = 2
"""Questions that a cell may be off the syllabus."""


class Cell(NamedTuple):
    """A cell of the syllabus; an empty field counts all."""

    area: str
    topic: str
    level: str
    kind: str
    questions: int

    def counts(self, questions: Iterable[object]) -> int:
        """How many of these questions, written or only planned, fall into the cell."""
        names = ("area", "topic", "level", "kind")
        wanted = [(name, value) for name in names if (value := getattr(self, name))]
        return sum(all(getattr(each, name) == value for name, value in wanted) for each in questions)

    def off(self, count: int) -> bool:
        """Whether so many questions are more than two away from what the syllabus has."""
        return abs(count - self.questions) > SLACK

    def __str__(self) -> str:
        return " ".join(part for part in (self.topic or self.area, self.level, self.kind) if part)


class Reading(NamedTuple):
    """One reading for truth of a question as it then was."""

    id: str
    version: str
    checked: str
    """Where each figure and claim was checked."""
    changed: str


def beside(name: str) -> str:
    """A file that comes with the shipped bank: beside it in the package, in `docs/` of a checkout."""
    folder = os.path.dirname(shipped())
    inside = os.path.join(folder, name)
    return inside if os.path.exists(inside) else os.path.join(os.path.dirname(folder), "docs", name)


def syllabus() -> list[Cell]:
    """The cells of the syllabus."""
    return [
        Cell(row["area"], row["topic"], row["level"], row["kind"], int(row["questions"]))
        for row in _rows(beside("syllabus.csv"))
    ]


def readings() -> dict[str, Reading]:
    """The last reading of each question that had one."""
    path = beside("readings.csv")
    rows = _rows(path) if os.path.exists(path) else iter(())
    return {row["id"]: Reading(row["id"], row["version"], row["checked"], row["changed"]) for row in rows}


def off(bank: Sequence[Reviewed]) -> Iterator[Finding]:
    """The cells that are more than two questions off, and a bank that has fewer than the syllabus in all."""
    cells = syllabus()
    for cell in cells:
        if cell.off(count := cell.counts(each.question for each in bank)):
            yield _of_bank("syllabus", f"{cell}: {count} questions, the syllabus has {cell.questions}")
    if len(bank) < (total := sum(cell.questions for cell in cells if not cell.kind)):
        yield _of_bank("syllabus", f"{len(bank)} questions in all, the syllabus has {total}")


def unread(bank: Iterable[Reviewed]) -> Iterator[Finding]:
    """Questions that were never read for truth, or were changed since."""
    known = readings()
    for each in bank:
        reading = known.get(each.question.id)
        if reading is None:
            yield each.finding("", "no reading for truth is noted", "read it, and add a line to docs/readings.csv")
        elif reading.version != each.version:
            problem = f"it was read for truth as {reading.version} and is {each.version} now"
            yield each.finding("", problem, "read it again, and renew its line in docs/readings.csv")


def _of_bank(field: str, problem: str) -> Finding:
    return Finding(shipped(), 0, "", field, "warning", problem, "see `quiz bank coverage`")


def _rows(path: str) -> Iterator[dict[str, str]]:
    with open(path, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, strict=True)
