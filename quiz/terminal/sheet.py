"""The sheet for the morning as Markdown, for the terminal and for a file, and as a page for a browser."""

from collections.abc import Sequence
from html import escape

from quiz.study.sheet import Item
from quiz.terminal.inline import spans
from quiz.terminal.text import clean

STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:42em;margin:2em auto;padding:0 1em}h2{font-size:1em;margin:1.2em 0 .2em}"
    "ul{margin:0}pre{white-space:pre-wrap;font:inherit;margin:0}small{font-weight:normal}"
)


def markdown(title: str, items: Sequence[Item]) -> str:
    """A heading for each question with its number in front, its points under it."""
    parts = [f"# {title}"]
    for each in items:
        points = "\n".join(f"- {_indented(point)}" for point in each.points)
        parts.append(f"**{percent(each)}** · {each.topic}\n\n{clean(each.question)}\n\n{points}")
    return "\n\n".join(parts) + "\n"


def html(title: str, items: Sequence[Item]) -> str:
    """The same as one file that loads nothing; formulas in the form that fits into a line."""
    body = "\n".join(
        f"<h2>{percent(each)} <small>{escape(each.topic)}</small></h2>\n<pre>{_plain(each.question)}</pre>\n<ul>"
        + "".join(f"<li>{_plain(point)}</li>" for point in each.points)
        + "</ul>"
        for each in items
    )
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{STYLE}</style>'
    page = f"<body><h1>{escape(title)}</h1>\n{body}\n</body>"
    return f'<!doctype html>\n<html lang="en"><head>{head}</head>\n{page}</html>\n'


def percent(item: Item) -> str:
    """The one number."""
    return f"{100 * item.expected:.0f} %"


def _indented(point: str) -> str:
    return clean(point).strip().replace("\n", "\n  ")


def _plain(source: str) -> str:
    return escape("\n".join(spans(line, plain=False).plain for line in clean(source).strip().split("\n")))
