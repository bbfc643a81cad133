"""Count the shipped bank against the syllabus."""

from typing import TYPE_CHECKING

from quiz.commands import _context

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quiz.bank.coverage import Cell
    from quiz.bank.review import Reviewed

    Counted = Sequence[tuple[Cell, int]]


def command() -> None:
    """Count the shipped bank against the syllabus, by topic and level and by kind and area, and its readings."""
    from quiz.bank.coverage import SLACK, syllabus, unread

    bank = _shipped()
    counted = [(cell, cell.counts(each.question for each in bank)) for cell in syllabus()]
    if _context.options().json:
        for cell, count in counted:
            _context.print_json({**cell._asdict(), "questions": count, "syllabus": cell.questions})
        return
    print("Questions of the bank / of the syllabus\n")
    print("\n".join(_by_level([pair for pair in counted if not pair[0].kind])))
    print()
    print("\n".join(_by_kind([pair for pair in counted if pair[0].kind])))
    waiting = len(list(unread(bank)))
    print(f"\n{len(bank) - waiting} of {len(bank)} questions were read for truth as they stand.")
    if any(cell.off(count) for cell, count in counted):
        print(f"* more than {SLACK} off the syllabus")


def _shipped() -> "list[Reviewed]":
    """The shipped bank as it was shipped, whatever a learner replaced."""
    from quiz.bank.load import Loaded, load
    from quiz.bank.places import shipped
    from quiz.bank.review import Reviewed

    path = shipped()
    return [
        Reviewed(item.question, item.file, item.line, item.version, True)
        for item in load(path)
        if isinstance(item, Loaded)
    ]


def _by_level(counted: "Counted") -> "Iterator[str]":
    """A line a topic with its three levels, a line an area with its sums."""
    from itertools import groupby

    yield _row("", ("basic ", "inter. ", "adv. ", "sum "))
    for area, cells in groupby(counted, key=lambda pair: pair[0].area):
        its = list(cells)
        yield _row(area, (*(_sum(its[nth::3]) for nth in range(3)), _sum(its)))
        for topic, levels in groupby(its, key=lambda pair: pair[0].topic):
            three = list(levels)
            yield _row(f"  {topic}", (*(_sum([pair]) for pair in three), _sum(three)))
    yield _row("all", (*(_sum(counted[nth::3]) for nth in range(3)), _sum(counted)))


def _by_kind(counted: "Counted") -> "Iterator[str]":
    """A line a kind with its count in each area."""
    from quiz.bank.question import TOPICS

    yield _row("", ("A ", "B ", "C ", "D ", "sum "))
    for kind in dict.fromkeys(cell.kind for cell, _ in counted):
        its = [pair for pair in counted if pair[0].kind == kind]
        cells = (_sum([pair for pair in its if pair[0].area == area]) for area in TOPICS)
        yield _row(kind, (*cells, _sum(its)))
    yield "A to D: " + ", ".join(TOPICS)


def _sum(pairs: "Counted") -> str:
    mark = "*" if len(pairs) == 1 and pairs[0][0].off(pairs[0][1]) else " "
    return f"{sum(count for _, count in pairs)}/{sum(cell.questions for cell, _ in pairs)}{mark}"


def _row(name: str, cells: "Sequence[str]") -> str:
    return (f"{name:22}" + "".join(f"{cell:>9}" for cell in cells)).rstrip()
