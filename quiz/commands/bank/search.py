"""Find questions by words."""

from typing import Annotated

import typer

from quiz.commands import _context
from quiz.errors import Failed


def command(
    words: Annotated[list[str], typer.Argument(metavar="WORDS ...", help="All of them have to occur.")],
    limit: Annotated[int, typer.Option(help="At most so many.", min=1)] = 20,
) -> None:
    """Find questions in which all of the words occur, the best first."""
    from shutil import get_terminal_size

    from quiz.bank.search import search
    from quiz.terminal.text import clean, cut

    index = _context.bank(_context.places())
    hits = search(words, index.bodies())
    if not hits:
        raise Failed(f"No question has {' and '.join(map(repr, words))}: try fewer words, or the beginning of one.")
    width = min(get_terminal_size().columns, 100) - 4
    for hit in hits[:limit]:
        if _context.options().json:
            _context.print_json(hit._asdict())
        else:
            print(f"{hit.id}\n    {cut(clean(' '.join(hit.question.split())), width)}")
    if len(hits) > limit and not _context.options().json:
        print(f"\n{len(hits) - limit} more: --limit {len(hits)} shows all.")
