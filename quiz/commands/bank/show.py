"""Read questions with their answers."""

import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quiz.commands import _context
from quiz.commands._complete import card_ids
from quiz.commands._deck import Area, Kind, Level, Tag, Topic, deck
from quiz.errors import Misused

if TYPE_CHECKING:
    from rich.text import Text

    from quiz.bank.index import Found, Index
    from quiz.study.deck import Deck


def command(
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID ...]", help="Questions.", autocompletion=card_ids)
    ] = None,
    area: Area = None,
    topic: Topic = None,
    level: Level = None,
    kind: Kind = None,
    tag: Tag = None,
) -> None:
    """Read questions with their answers, key points, pitfalls and sources: by id, or all that pass a filter."""
    chosen = deck(area, topic, level, kind, tag)
    index = _context.bank(_context.places())
    if not ids and not any(chosen):
        raise Misused("Name a question or a filter, like `quiz bank show attention-scaling` or `--topic masks`.")
    found = list(_found(index, ids or [], chosen))
    if _context.options().json:
        for each in found:
            _context.print_json(_fields(each))
        return
    from quiz.terminal.theme import console

    screen = console(plain=_context.options().plain, environ=os.environ, file=sys.stdout)
    for nth, each in enumerate(found):
        if nth:
            screen.rule(characters="-")
        for line in _view(each, min(screen.width, 100), plain=not screen.is_terminal):
            screen.print(line)


def _found(index: "Index", ids: list[str], chosen: "Deck") -> Iterator["Found"]:
    wanted = ids or [row.id for row in index.rows(*chosen)]
    if not wanted:
        raise Misused("No question passes this filter: `quiz bank list` shows what there is.")
    for question in wanted:
        found = index.question(question)
        if found is None:
            raise Misused(f"The bank has no question {question!r}: `quiz bank search` finds one by its words.")
        if not ids or found.question.id in {row.id for row in index.rows(*chosen)}:
            yield found


def _fields(found: "Found") -> dict[str, Any]:
    from dataclasses import asdict

    place = {"version": found.version, "file": found.file, "line": found.line, "links": found.links}
    return {**asdict(found.question), **place}


def _view(found: "Found", width: int, plain: bool) -> Iterator["Text"]:
    """All of a question, as lines: options in the order of seed 0, with what is said of each."""
    from rich.text import Text

    from quiz.terminal.markdown import render
    from quiz.terminal.text import clean

    its = found.question
    prompt = its.prompt(0)
    yield Text(its.id, "title")
    yield Text(" · ".join((its.area, its.topic, its.level, its.kind)), "quiet")
    yield Text()
    yield from render(prompt.text, width=width, plain=plain)
    yield Text()
    yield from _listed(prompt.options, width, plain, "abcdef")
    if its.judged:
        yield from render(its.judge("", 0).feedback, width=width, plain=plain)
        yield Text()
    yield from render(its.reveal(0), width=width, plain=plain)
    for title, items in (("Key points", its.key_points), ("Easily got wrong", its.pitfalls)):
        if items:
            yield Text()
            yield Text(title, "title")
            yield from _listed(items, width, plain)
    yield Text()
    for source in its.sources:
        yield Text(clean(source), "quiet")
    if found.links:
        yield Text(f"Linked: {', '.join(found.links)}", "quiet")
    if its.demos:
        yield Text(f"Demos: {', '.join(its.demos)}", "quiet")
    yield Text(f"{clean(found.file)}:{found.line}", "quiet")


def _listed(items: tuple[str, ...], width: int, plain: bool, letters: str = "") -> Iterator["Text"]:
    from rich.text import Text

    from quiz.terminal.markdown import render

    for nth, item in enumerate(items):
        mark = letters[nth : nth + 1] or "-"
        for row, line in enumerate(render(item, width=width - 4, plain=plain)):
            yield Text.assemble(f"  {mark} " if row == 0 else "    ", line)
    if letters and items:
        yield Text()
