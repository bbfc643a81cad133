"""Earlier interviews: listed, shown, compared, from the log alone; kept as a report, to which the bank adds answers."""

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from quiz.commands import _context
from quiz.errors import Failed, Misused, QuizError
from quiz.study.day import instant, iso

if TYPE_CHECKING:
    from rich.text import Text

    from quiz.bank.question import Question
    from quiz.commands._desk import Desk
    from quiz.study.debrief import Group
    from quiz.study.transcript import Answer, Transcript

ENDINGS = (".md", ".html")


def check_ending(save: str | None) -> None:
    """A report is Markdown or HTML; another ending is said so before anything else happens."""
    if save is not None and not save.lower().endswith(ENDINGS):
        raise Misused(f"{save} ends neither in .md nor in .html: a report is one of the two.")


def print_list() -> None:
    """A line for each interview."""
    from quiz.terminal.debrief import listed

    found = _read()
    if _context.options().json:
        for nth in range(1, len(found) + 1):
            _context.print_json(_fields(nth, found))
    elif found:
        _say(listed(found, _width()))
    else:
        print("No interview yet: `quiz interview` holds one.")


def print_one(number: int | None, save_as: str | None) -> None:
    """One interview: what was asked and said, and what it came to."""
    from quiz.proofs._catalogue import names
    from quiz.study.debrief import debrief
    from quiz.terminal.debrief import closing, shown

    found = _read()
    if not found:
        raise Failed("There is no interview to show yet: `quiz interview` holds one.")
    nth = len(found) if number is None else number
    if not 1 <= nth <= len(found):
        raise Misused(f"There is no interview {nth}: `quiz interview list` shows 1 to {len(found)}.")
    transcript, earlier = found[nth - 1], found[: nth - 1]
    if _context.options().json:
        answers = [_answer(answer) for answer in transcript.answers]
        _context.print_json({**_fields(nth, found), "answers": answers})
    elif not save_as:
        width = _width()
        told = debrief(transcript, earlier, names())
        _say([*shown(transcript, earlier, width), *closing(transcript, told, width)])
    if save_as:
        write(transcript, earlier, _questions(transcript), save_as)


def print_comparison() -> None:
    """Progress from the first interview to the last."""
    from quiz.terminal.debrief import compared

    found = _read()
    if _context.options().json:
        for nth, transcript in enumerate(found, 1):
            topics = _debrief(transcript, found[: nth - 1]).topics
            _context.print_json({**_fields(nth, found), "by_topic": _groups(topics)})
    else:
        _say(compared(found, _width()))


def save(desk: "Desk", session: str, path: str) -> None:
    """Keep the report of an interview that was just held."""
    from quiz.commands._debrief import read

    transcript, earlier = read(desk, session)
    write(transcript, earlier, _from(desk, transcript), path)


def write(
    transcript: "Transcript", earlier: "Sequence[Transcript]", questions: "Mapping[str, Question]", path: str
) -> None:
    """Write the report."""
    from quiz.terminal import report

    made = report.page if path.lower().endswith(".html") else report.markdown
    text = made(transcript, _debrief(transcript, earlier), earlier, questions)
    try:
        with open(path, "w", encoding="utf-8", errors="replace") as file:
            file.write(text)
    except OSError as error:
        raise Failed(f"{path} cannot be written: {error.strerror}. Name another file behind --save.") from None
    print(f"Saved {path}.", file=sys.stderr)


def _read() -> "list[Transcript]":
    """The interviews of the log; the bank is not looked at."""
    from quiz.store.ids import uuid7
    from quiz.store.open import open_store
    from quiz.store.reviews import events_in
    from quiz.study.transcript import SETTING, transcripts

    store = open_store(_context.places().learner, lambda at: uuid7(at, os.urandom(10)))
    return transcripts(events_in(store, SETTING))


def _questions(transcript: "Transcript") -> "dict[str, Question]":
    """The questions that the bank still has; without a bank there are none, and the report does without."""
    from quiz.commands._desk import open_desk

    try:
        return _from(open_desk(), transcript)
    except QuizError as error:
        print(f"quiz: the report has no model answers: {error}", file=sys.stderr)
        return {}


def _from(desk: "Desk", transcript: "Transcript") -> "dict[str, Question]":
    found = ((answer.card, desk.index.question(answer.card)) for answer in transcript.answers)
    return {card: its.question for card, its in found if its is not None}


def _debrief(transcript: "Transcript", earlier: "Sequence[Transcript]") -> Any:
    from quiz.proofs._catalogue import names
    from quiz.study.debrief import debrief

    return debrief(transcript, earlier, names())


def _fields(nth: int, found: "Sequence[Transcript]") -> dict[str, Any]:
    transcript = found[nth - 1]
    told = _debrief(transcript, found[: nth - 1])
    return {
        "number": nth,
        "session": transcript.session,
        "at": instant(transcript.start.at),
        "study_day": iso(transcript.start.study_day),
        "role": transcript.role,
        "minutes": transcript.minutes,
        "questions": len(transcript.answers),
        "seconds": transcript.elapsed,
        "ended": transcript.ended,
        "score": told.whole.score,
        "of": told.whole.of,
        "unrated": told.unrated,
        "verdict": told.verdict,
    }


def _answer(answer: "Answer") -> dict[str, Any]:
    names = (
        *("number", "card", "topic", "level", "kind", "question", "response", "skipped", "right", "strong", "move"),
        *("parent", "seconds", "allotted", "confidence", "rating", "points"),
    )
    fields = {name: getattr(answer, name) for name in names}
    ticked = None if answer.ticked is None else list(answer.ticked)
    return {**fields, "ticked": ticked, "score": answer.credit, "notes": list(answer.notes)}


def _groups(groups: "Iterable[Group]") -> dict[str, Any]:
    return {group.name: {"score": group.score, "of": group.of} for group in groups}


def _width() -> int:
    from quiz.commands._lines import width

    return width()


def _say(lines: "Iterable[Text]") -> None:
    from quiz.terminal.theme import console

    out = console(plain=_context.options().plain, environ=_context.environ(), file=sys.stdout, width=_width())
    for line in lines:
        out.print(line)
