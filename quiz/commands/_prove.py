"""A question's demos, run on the spot and turned into lines for the session's screen."""

import io

from rich.console import Console
from rich.text import Text

from quiz.proofs._catalogue import names
from quiz.terminal.ask import Turn


def views(turn: Turn, width: int, plain: bool) -> list[Text]:
    """The question's demos, each run with its defaults; one that is not here is named."""
    from quiz.terminal.proof import proof_view

    known = names()
    lines: list[Text] = []
    for name in turn.question.demos:
        if name not in known:
            lines += [Text(f"There is no demo {name!r}: `quiz prove` lists those that there are."), Text()]
            continue
        console = Console(
            file=io.StringIO(),
            width=width,
            force_terminal=not plain,
            color_system=None if plain else "truecolor",
            highlight=False,
        )
        with console.capture() as captured:
            console.print(proof_view(name, width=width, plain=plain))
        lines += [Text.from_ansi(row) for row in captured.get().split("\n")]
    return lines
