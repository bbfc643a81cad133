"""One question in the learner's editor: checked when it is saved, put back so that nothing else in its file changes.

What was typed is kept as a draft until it is in the bank.
"""

import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from quiz.bank.index import Index
from quiz.commands import _context
from quiz.errors import Failed, Misused, QuizError

if TYPE_CHECKING:
    from quiz.bank.check import Entry
    from quiz.bank.finding import Finding

EDITORS = ("sensible-editor", "nano", "vim", "vi", "notepad")
"""Tried in this order where none is named in config.toml, VISUAL or EDITOR."""


class Edited(NamedTuple):
    """What came of it. After a change the index is out of date and has to be opened anew."""

    changed: bool
    id: str
    said: str
    """One sentence for the learner."""


class Place(NamedTuple):
    """Where a question stands."""

    id: str
    file: str
    shipped: bool
    version: str
    """Empty for a question that does not check."""


def edit_question(index: Index, question: str) -> Edited:
    """Open a question; a shipped one becomes a copy in the learner's own folder. Its history stays, since its id does.

    Raises Misused for an unknown id, Failed where it cannot be edited or saved; the draft is then kept and named.
    """
    from quiz.bank.edit import added, drafted, put_back, replacing, taken

    place = _place(index, question)
    before = taken(_text(place.file), place.id)
    target = own_file() if place.shipped else place.file
    note = f"The question {place.id}. Save and close: it is checked and put into\n{target}"
    if place.shipped:
        note += "\n(a copy, which replaces the shipped question)"
    others = [e for e in index.entries() if place.shipped or (e.id, e.file) != (place.id, place.file)]

    def save(block: str) -> None:
        if place.shipped:
            replace_file(target, added(_text(target, missing=""), block))
            return
        now = _text(place.file)
        if taken(now, place.id) != before:
            raise Failed(f"Another program has changed {place.id} meanwhile.")
        replace_file(place.file, put_back(now, place.id, block))

    block = replacing(before, place.version) if place.shipped else before
    saved = _typed(place.id, drafted(block, note), others, save, renamed_from=place.id)
    if saved is None:
        return Edited(False, place.id, f"{place.id} is as it was.")
    more = "; it replaces the shipped one." if place.shipped else "."
    return Edited(True, saved, f"Saved {saved} in {target}{more}")


def add_question(index: Index, template: str) -> Edited:
    """Open an empty question, and add what it becomes to the learner's own bank file; raises Failed as above."""
    from quiz.bank.edit import added, drafted

    target = own_file()
    note = f"A new question. Save and close: it is checked and added to\n{target}\nWhat is left empty is left out."

    def save(block: str) -> None:
        replace_file(target, added(_text(target, missing=""), block))

    saved = _typed("new-question", drafted(template, note), index.entries(), save)
    return Edited(True, saved, f"Added {saved} to {target}.") if saved else Edited(False, "", "Nothing was added.")


def own_file() -> str:
    """The bank file that new questions go into: `mine.yaml` in the learner's folder, or in what `--bank` names last."""
    named = [os.path.abspath(bank) for bank in _context.options().banks if bank != "shipped"]
    place = named[-1] if named else _context.places().own
    return place if named and not os.path.isdir(place) else os.path.join(place, "mine.yaml")


def _place(index: Index, question: str) -> Place:
    """Where a question stands, under its id of today; one that was left out is found by what was said about it."""
    if found := index.question(question):
        return Place(found.question.id, found.file, found.shipped, found.version)
    for finding in index.findings():
        if finding.id == question:
            return Place(question, finding.file, False, "")
    raise Misused(f"The bank has no question {question!r}: `quiz bank search` finds one by its words.")


def _typed(
    name: str, fresh: str, others: "list[Entry]", save: Callable[[str], None], renamed_from: str | None = None
) -> str | None:
    """Let the learner edit until it checks and is saved; returns its id, None if nothing was changed."""
    from quiz.bank.edit import typed

    draft = os.path.join(_context.places().home, "drafts", f"{name}.yaml")
    if os.path.exists(draft):
        print(f"Going on with what you typed before, kept at {draft}", file=sys.stderr)
    else:
        replace_file(draft, fresh)
    while True:
        trouble = _run_editor(draft)
        with open(draft, "rb") as file:
            data = file.read()
        if data == fresh.encode():
            os.unlink(draft)
            if trouble:
                raise Failed(trouble)
            return None
        kept = f"What you typed is kept at {draft}."
        if trouble:
            raise Failed(f"{trouble} {kept}")
        question, findings = _checked(data, draft, others, renamed_from)
        for finding in findings:
            _say(finding)
        if question:
            try:
                save(typed(data.decode()))
            except QuizError as error:
                raise Failed(f"{error} {kept}") from None
            os.unlink(draft)
            return question
        if not _again():
            raise Failed(f"The question was not saved. {kept}")


def _checked(
    data: bytes, draft: str, others: "list[Entry]", renamed_from: str | None
) -> tuple[str | None, "list[Finding]"]:
    """The id of the draft's question if it has no error, by itself or among the others, and all there is to say."""
    from quiz.bank.check import across
    from quiz.bank.finding import Finding
    from quiz.bank.load import Loaded, entry, load_bytes
    from quiz.bank.review import Reviewed, review
    from quiz.proofs._catalogue import names
    from quiz.terminal.inline import undrawable

    items = list(load_bytes(data, draft))
    findings = [item for item in items if isinstance(item, Finding)]
    loaded = [item for item in items if isinstance(item, Loaded)]
    if not any(finding.severity == "error" for finding in findings) and len(loaded) != 1:
        problem = f"there are {len(loaded)} questions in it"
        findings.append(Finding(draft, 0, "", "", "error", problem, "write one below `questions:`"))
    for item in loaded[:1]:
        its = item.question
        if renamed_from and renamed_from not in (its.id, *its.aliases):
            fix = f"write `id: {renamed_from}`, or name it in `aliases:` so that its history goes on"
            findings.append(Finding(draft, item.line, its.id, "id", "error", f"it was {renamed_from!r} before", fix))
        one = entry(item, len(others))
        known = set(across(others).findings)
        findings += [finding for finding in across([*others, one]).findings if finding not in known]
        findings += review([Reviewed(its, draft, item.line, item.version, False)], names(), undrawable)
    wrong = any(finding.severity == "error" for finding in findings)
    return (None if wrong else loaded[0].question.id), findings


def _say(finding: "Finding") -> None:
    from quiz.bank.finding import sentence
    from quiz.terminal.text import clean

    print(clean(sentence(finding, finding.file)), file=sys.stderr)


def _again() -> bool:
    if not sys.stdin.isatty():
        return False
    try:
        return input("Open it again? [Y/n] ").strip().lower() in ("", "y", "yes")
    except EOFError:
        return False


def _run_editor(path: str) -> str:
    """Wait for the editor; returns what went wrong with it, in a sentence, or an empty string."""
    from shutil import which

    named = _context.config().get("editor") or os.environ.get("VISUAL") or os.environ.get("EDITOR")
    named = named or next(filter(which, EDITORS), "")
    try:
        command = shlex.split(named, posix=os.name != "nt")
        done = subprocess.run([*command, path] if command else [""])
    except (OSError, ValueError) as error:
        return f"The editor {named!r} could not be started ({error}): `quiz config editor COMMAND` sets yours."
    return f"The editor {named!r} ended with code {done.returncode}, so nothing was saved." if done.returncode else ""


def _text(path: str, missing: str | None = None) -> str:
    """The text of a bank file, its line ends as they are."""
    from quiz.bank.load import Unreadable, read

    if missing is not None and not os.path.exists(path):
        return missing
    try:
        return read(path).decode()
    except (Unreadable, UnicodeDecodeError) as error:
        raise Failed(f"{path} cannot be edited: {error}.") from None


def replace_file(path: str, text: str) -> None:
    """Replace a file as a whole or not at all; its folder is made. Raises Failed."""
    from tempfile import mkstemp

    path, temporary = os.path.realpath(path), None
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        handle, temporary = mkstemp(".new", ".", os.path.dirname(path))
        with open(handle, "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(handle)
        if os.path.exists(path):
            os.chmod(temporary, os.stat(path).st_mode & 0o7777)
        os.replace(temporary, path)
    except OSError as error:
        if temporary:
            with suppress(OSError):
                os.unlink(temporary)
        raise Failed(f"{path} could not be written: {(error.strerror or str(error)).lower()}.") from None
