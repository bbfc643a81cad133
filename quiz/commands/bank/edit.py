"""Edit a question in your editor."""

from typing import Annotated

import typer

from quiz.commands import _context
from quiz.commands._complete import card_ids
from quiz.commands._editor import edit_question


def command(
    question: Annotated[str, typer.Argument(metavar="ID", help="A question.", autocompletion=card_ids)],
) -> None:
    """Edit one question in $VISUAL or $EDITOR; its history stays. A shipped question is copied into your own bank."""
    edited = edit_question(_context.bank(_context.places(), empty=True), question)
    print(edited.said + (f" `quiz bank show {edited.id}` shows it." if edited.changed else ""))
