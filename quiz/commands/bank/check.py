"""Check the bank, or bank files."""

import os
from typing import TYPE_CHECKING, Annotated

import typer

from quiz.commands import _context

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quiz.bank.finding import Finding
    from quiz.bank.index import Index
    from quiz.bank.review import Reviewed


def command(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH ...]", help="Bank files or folders; the whole bank if none.")
    ] = None,
) -> None:
    """Check the bank, or the files named, and say what to write instead. Exit code 1 if there is an error."""
    index = _context.bank(_context.places(), empty=True)
    findings = _named(index, paths) if paths else _whole(index)
    for finding in findings:
        if _context.options().json:
            _context.print_json(finding._asdict())
    if not _context.options().json:
        _print(findings, index.count)
    if any(finding.severity == "error" for finding in findings):
        raise typer.Exit(1)


def _whole(index: "Index") -> list["Finding"]:
    """All there is to say about the bank, by file and line; the shipped one is also held against its syllabus."""
    from quiz.bank.coverage import off, unread
    from quiz.bank.review import Reviewed

    bank = [
        Reviewed(found.question, found.file, found.line, found.version, found.shipped) for found in index.questions()
    ]
    ours = [each for each in bank if each.shipped]
    findings = [*index.findings(), *_reviewed(bank)]
    if ours:
        findings += [*off(ours), *unread(ours)]
    place = {file: number for number, file in enumerate(index.files())}
    return sorted(findings, key=lambda finding: (place[finding.file], finding.line))


def _named(index: "Index", paths: "Sequence[str]") -> list["Finding"]:
    """The findings of some files; those that are not in the bank are checked as a bank of their own beside it."""
    from quiz.bank.load import check_files
    from quiz.bank.places import files
    from quiz.bank.review import Reviewed

    named = files(paths)
    inside = {os.path.realpath(file): file for file in index.files()}
    ours = {inside.get(os.path.realpath(file.path)) for file in named}
    found, findings = check_files([f for f in named if os.path.realpath(f.path) not in inside], set(index.ids()))
    findings += _reviewed([Reviewed(its.question, its.file, its.line, its.version, False) for its in found])
    return [finding for finding in _whole(index) if finding.file in ours] + sorted(findings)


def _reviewed(bank: "Sequence[Reviewed]") -> "list[Finding]":
    from quiz.bank.review import review
    from quiz.proofs._catalogue import names
    from quiz.terminal.inline import undrawable

    return list(review(bank, names(), undrawable))


def _print(findings: "Sequence[Finding]", count: int) -> None:
    from quiz.bank.finding import sentence
    from quiz.terminal.text import clean

    file = ""
    for finding in findings:
        if file and finding.file != file:
            print()
        file = finding.file
        print(clean(sentence(finding, _near(file))))
    errors = sum(finding.severity == "error" for finding in findings)
    counts = [f"{n} {word}{'s' * (n > 1)}" for n, word in ((errors, "error"), (len(findings) - errors, "warning")) if n]
    print(("\n" if findings else "") + (f"{' and '.join(counts)}." if counts else "Nothing to repair."), end=" ")
    print(f"The bank has {count} question{'s' * (count != 1)}.")


def _near(path: str) -> str:
    """The path as one would type it here."""
    here = os.path.relpath(path) if os.path.splitdrive(path)[0] == os.path.splitdrive(os.getcwd())[0] else path
    return path if here.startswith("..") else here
