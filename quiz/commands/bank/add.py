"""Write a question of your own."""

from typing import Annotated

import typer

from quiz.commands import _context
from quiz.commands._editor import add_question
from quiz.errors import Misused


def _kinds() -> list[str]:
    from quiz.bank.kind import kind_names

    return kind_names()


def command(
    kind: Annotated[str, typer.Option(help="The kind of question.", autocompletion=_kinds)] = "recall",
) -> None:
    """Write a question in $VISUAL or $EDITOR; it is checked and added to your own bank file."""
    from quiz.bank.kind import kind_names
    from quiz.bank.schema import template

    if kind not in kind_names():
        raise Misused(f"There is no kind {kind!r}: take one of {', '.join(kind_names())}.")
    added = add_question(_context.bank(_context.places(), empty=True), template(kind))
    print(added.said + (f" `quiz bank show {added.id}` shows it." if added.changed else ""))
