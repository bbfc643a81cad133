"""Markdown as HTML: the same part of CommonMark as on the terminal, formulas in Unicode, everything else escaped.

For reports that are one file and need no network: no scripts, no links, no pictures.
"""

import re
from html import escape
from typing import Final

from quiz.terminal.formula import draw, inline
from quiz.terminal.inline import spans
from quiz.terminal.table import cells, is_table
from quiz.terminal.text import clean

DEEPEST: Final = 10
"""Lists and quotes within one another; deeper ones are text."""
_TAGS: Final = {"bold": "strong", "italic": "em", "code": "code", "quiet": "small"}
_ITEM = re.compile(r"( {0,3})([-*+]|\d{1,9}[.)])( +|$)")
_WIDEST: Final = 200  # columns of a drawn formula: a phone scrolls


def html(markdown: str, depth: int = 0) -> str:
    """`markdown` as HTML; never fails, and lets no tag of its own through."""
    lines = clean(markdown).expandtabs(4).split("\n")
    done: list[str] = []
    at = 0
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        block, at = _block(lines, at, depth)
        done.append(block)
    return "\n".join(done)


def spanned(text: str) -> str:
    """One paragraph's Markdown as HTML."""
    styled = spans(text, plain=False)
    opens: dict[int, list[str]] = {}
    closes: dict[int, list[str]] = {}
    for span in sorted(styled.spans, key=lambda span: (span.start, -span.end)):
        tag = _TAGS.get(str(span.style))
        if tag and span.end > span.start:
            opens.setdefault(span.start, []).append(f"<{tag}>")
            closes.setdefault(span.end, []).insert(0, f"</{tag}>")
    plain = styled.plain
    parts = ["".join(closes.get(at, []) + opens.get(at, [])) + escape(char) for at, char in enumerate(plain)]
    return "".join(parts) + "".join(closes.get(len(plain), []))


def _block(lines: list[str], at: int, depth: int) -> tuple[str, int]:
    line = lines[at].strip()
    if line.startswith(("```", "~~~")):
        return _fence(lines, at)
    if line.startswith("$$") and (formula := _formula(lines, at)):
        return formula
    if heading := re.match(r"#{1,6} +(.*?) *#*$", line):
        return f"<h4>{spanned(heading[1])}</h4>", at + 1
    if depth < DEEPEST and line.startswith(">"):
        return _quote(lines, at, depth)
    if depth < DEEPEST and _ITEM.match(lines[at]):
        return _list(lines, at, depth)
    if is_table(lines, at):
        return _table(lines, at)
    return _paragraph(lines, at)


def _fence(lines: list[str], at: int) -> tuple[str, int]:
    mark = lines[at].strip()[:3]
    end = next((n for n in range(at + 1, len(lines)) if lines[n].strip().startswith(mark)), len(lines))
    body = "\n".join(lines[at + 1 : end])
    return f"<pre><code>{escape(body)}</code></pre>", end + 1


def _formula(lines: list[str], at: int) -> tuple[str, int] | None:
    """A formula between $$ and $$, drawn over several lines where it is tall."""
    for end in range(at, min(len(lines), at + 40)):
        whole = "\n".join(lines[at : end + 1]).strip()
        found = re.fullmatch(r"\$\$(.+)\$\$[ .,;]*", whole, re.DOTALL)
        if found:
            latex = found[1].strip()
            rows = draw(latex, max_width=_WIDEST) or [inline(latex)]
            return f'<pre class="formula">{escape(chr(10).join(rows))}</pre>', end + 1
    return None


def _quote(lines: list[str], at: int, depth: int) -> tuple[str, int]:
    body = []
    while at < len(lines) and lines[at].strip().startswith(">"):
        body.append(lines[at].strip()[1:].removeprefix(" "))
        at += 1
    return f"<blockquote>{html(chr(10).join(body), depth + 1)}</blockquote>", at


def _list(lines: list[str], at: int, depth: int) -> tuple[str, int]:
    """Items at this indentation, each with all that is indented under it."""
    first = _ITEM.match(lines[at])
    assert first is not None
    ordered = first[2][0].isdigit()
    items = []
    while at < len(lines) and (item := _ITEM.match(lines[at])) and item[2][0].isdigit() == ordered:
        body, at = [lines[at][item.end() :]], at + 1
        while at < len(lines):
            line = lines[at]
            inner = len(line) - len(line.lstrip()) > len(item[1]) + 1
            blank = not line.strip() and at + 1 < len(lines) and lines[at + 1].startswith(" " * (len(item[1]) + 2))
            if not (blank or (line.strip() and (inner or not (_ITEM.match(line) or not lines[at - 1].strip())))):
                break
            body.append(line[item.end() :] if inner and not line[: item.end()].strip() else line.lstrip())
            at += 1
        items.append(f"<li>{_tight(html(chr(10).join(body), depth + 1))}</li>")
        while at + 1 < len(lines) and not lines[at].strip() and _ITEM.match(lines[at + 1]):
            at += 1
    tag = "ol" if ordered else "ul"
    return f"<{tag}>{''.join(items)}</{tag}>", at


def _tight(inner: str) -> str:
    """An item of one paragraph needs none."""
    alone = inner.startswith("<p>") and inner.endswith("</p>") and inner.count("<p>") == 1
    return inner[3:-4] if alone else inner


def _table(lines: list[str], at: int) -> tuple[str, int]:
    head = "".join(f"<th>{spanned(cell)}</th>" for cell in cells(lines[at]))
    rows, at = [], at + 2
    while at < len(lines) and "|" in lines[at]:
        rows.append("<tr>" + "".join(f"<td>{spanned(cell)}</td>" for cell in cells(lines[at])) + "</tr>")
        at += 1
    return f'<div class="wide"><table><tr>{head}</tr>{"".join(rows)}</table></div>', at


def _paragraph(lines: list[str], at: int) -> tuple[str, int]:
    words = [lines[at].strip()]
    at += 1
    while at < len(lines) and lines[at].strip():
        if lines[at].strip().startswith(("```", "~~~", "$$", ">", "# ")) or _ITEM.match(lines[at]):
            break
        words.append(lines[at].strip())
        at += 1
    return f"<p>{spanned(' '.join(words))}</p>", at
