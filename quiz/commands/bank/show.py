"""Read questions with their answers."""

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quiz.commands import _context
from quiz.commands._complete import card_ids
from quiz.commands._deck import Area, Kind, Level, Tag, Topic, deck
from quiz.errors import Failed, Misused

if TYPE_CHECKING:
    from rich.text import Text

    from quiz.bank.index import Found, Index
    from quiz.bank.question import Prompt
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
    seed: Annotated[int, typer.Option(help="Which draw, or order of options.", min=0, metavar="N")] = 0,
    review: Annotated[
        str | None,
        typer.Option(help="The draw that this review in the log had; its id or the end of it.", metavar="ID"),
    ] = None,
) -> None:
    """Read questions with their answers, key points, pitfalls and sources: by id, or all that pass a filter."""
    chosen = deck(area, topic, level, kind, tag)
    index = _context.bank(_context.places())
    if not ids and not any(chosen):
        raise Misused("Name a question or a filter, like `quiz bank show attention-scaling` or `--topic masks`.")
    found = list(_found(index, ids or [], chosen))
    if review is not None and len(found) != 1:
        raise Misused("--review is about one question: name its id before it.")
    params = _asked(found[0], review) if review is not None else None
    if _context.options().json:
        for each in found:
            _context.print_json(_fields(each, seed, params))
        return
    from quiz.terminal.theme import console

    screen = console(plain=_context.options().plain, environ=_context.environ(), file=sys.stdout)
    for nth, each in enumerate(found):
        if nth:
            screen.rule(characters="-")
        for line in _view(each, min(screen.width, 100), not screen.is_terminal, seed, params):
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


def _asked(found: "Found", review: str) -> dict[str, Any]:
    """What was drawn for a review of this question, as the log has it."""
    from quiz.commands._desk import open_desk

    its = [event for event in open_desk().reviews_of(found.question.id) if review and event.id.endswith(review)]
    if len(its) != 1:
        why = "several reviews of it have ids that end so" if its else "the log has no review of it with that id"
        raise Misused(f"{found.question.id}: {why}: `quiz log {found.question.id} --json` lists them.")
    params = its[0].data.get("params")
    if not isinstance(params, dict) or not found.question.drawn_by:
        raise Misused(f"Nothing was drawn for that review of {found.question.id}: show it without --review.")
    return params


def _prompt(found: "Found", seed: int, params: dict[str, Any] | None) -> tuple["Prompt", str]:
    """What is asked and what is answered: under this seed, or as it was drawn once with these parameters."""
    from quiz.bank.generators._draw import again
    from quiz.bank.question import Prompt

    its = found.question
    if params is None:
        return its.prompt(seed), its.reveal(seed)
    try:
        draw = again(its.drawn_by, params)
    except (LookupError, TypeError, ValueError, ArithmeticError):
        raise Failed(f"The generator {its.drawn_by} reads other parameters today; the log has {params}.") from None
    return Prompt(draw.question, params=draw.params), draw.working


def _fields(found: "Found", seed: int, params: dict[str, Any] | None) -> dict[str, Any]:
    from dataclasses import asdict

    prompt, answered = _prompt(found, seed, params)
    place = {"version": found.version, "file": found.file, "line": found.line, "links": found.links}
    draw = {
        "seed": seed if params is None else None,
        "params": prompt.params,
        "asked": prompt.text,
        "answered": answered,
    }
    return {**asdict(found.question), **place, **draw}


def _view(found: "Found", width: int, plain: bool, seed: int, params: dict[str, Any] | None) -> Iterator["Text"]:
    """All of a question, as lines: options in the order of the seed, with what is said of each."""
    from rich.text import Text

    from quiz.terminal.markdown import render
    from quiz.terminal.text import clean

    its = found.question
    prompt, answered = _prompt(found, seed, params)
    yield Text(its.id, "title")
    yield Text(" · ".join((its.area, its.topic, its.level, its.kind)), "quiet")
    yield Text()
    yield from render(prompt.text, width=width, plain=plain)
    yield Text()
    yield from _listed(prompt.options, width, plain, "abcdef")
    if its.judged and params is None:
        yield from render(its.judge("", seed).feedback, width=width, plain=plain)
        yield Text()
    yield from render(answered, width=width, plain=plain)
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
