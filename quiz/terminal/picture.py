"""A screen as a picture."""

import io
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import RenderableType


def svg(view: "RenderableType", width: int, title: str) -> str:
    """The screen as an SVG that loads nothing: rich's own template fetches its font from the network."""
    from rich._export_format import CONSOLE_SVG_FORMAT
    from rich.console import Console
    from rich.theme import Theme

    from quiz.terminal.theme import STYLES

    console = Console(record=True, width=width, file=io.StringIO(), force_terminal=True, theme=Theme(STYLES))
    console.print(view)
    template = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    return console.export_svg(title=title, code_format=template)
