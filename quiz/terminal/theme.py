"""The named styles of all screens, and the console that shows them."""

from collections.abc import Mapping
from typing import Final, TextIO

from rich.console import Console
from rich.theme import Theme

# Colours of the 256-colour palette that keep a contrast of at least 3.5 on black and on white; terminals with sixteen
# get the nearest. Each is used beside a word or a mark that says the same.
STYLES: Final[Mapping[str, str]] = {
    "again": "bold color(160)",
    "hard": "bold color(130)",
    "good": "bold color(28)",
    "easy": "bold color(32)",
    "right": "bold color(28)",
    "wrong": "bold color(160)",
    "key": "bold",
    "quiet": "dim",
    "title": "bold",
    "note": "color(130)",
    "code": "color(31)",
    "code.comment": "dim",
    "code.keyword": "bold",
    "code.string": "color(28)",
    "code.number": "color(31)",
    "series.0": "color(32)",
    "series.1": "color(130)",
    "series.2": "color(28)",
    "series.3": "color(133)",
    "series.4": "color(160)",
    "series.5": "color(66)",
}


def console(*, plain: bool, environ: Mapping[str, str], file: TextIO, width: int | None = None) -> Console:
    """A console for `file` that treats text as text: no markup, no emoji codes, no highlighting.

    Without colour under NO_COLOR; without a single escape when `plain`, under TERM=dumb, and where `file` is no
    terminal. Its width follows the terminal (80 where that is unknown) unless `width` is given.
    """
    terminal = file.isatty() and not plain and environ.get("TERM", "").lower() not in ("dumb", "unknown")
    if (file.encoding or "").lower().replace("-", "") != "utf8" and hasattr(file, "reconfigure"):
        file.reconfigure(errors="replace")  # a root sign must not end a session on a terminal without one
    return Console(
        file=file,
        width=width,
        theme=Theme(STYLES),
        color_system="auto" if terminal else None,
        force_terminal=terminal,
        no_color=bool(environ.get("NO_COLOR")),
        highlight=False,
        markup=False,
        emoji=False,
        _environ=environ,
    )
