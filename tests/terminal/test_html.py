"""Markdown as HTML: the same as on the terminal, and nothing that a browser would run."""

import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from quiz.terminal.html import html

BLOCKS = {"p", "h4", "ul", "ol", "li", "pre", "blockquote", "div", "table", "tr", "th", "td"}
ALLOWED = BLOCKS | {"code", "strong", "em", "small"}


class Balance(HTMLParser):
    """Follows the tags and remembers what is wrong with them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.feed(page)
        self.close()
        self.wrong += self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED or any(name != "class" for name, _ in attrs):
            self.wrong.append(tag)
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append("/" + tag)


MARKS = ["*", "**", "_", "`", "```", "~~~", "\\", "    ", "- ", "1. ", "> ", "# ", "$$", "$x^2$", "\n", "\n\n"]
TABLE = ["| a | b |\n", "| --- | --- |\n"]
pieces = st.sampled_from([*MARKS, *TABLE, "<b>", "</p>", "&", '"', "word", "[a](javascript:x)", "\x1b[31m", "é"])


@given(st.lists(pieces, max_size=40).map("".join))
def test_whatever_is_written_gives_balanced_harmless_tags(markdown: str) -> None:
    page = html(markdown)
    assert Balance(page).wrong == []
    assert "\x1b" not in page and not re.search(r"<[^>]*javascript", page)


@given(st.text())
def test_any_text_at_all_does(markdown: str) -> None:
    assert Balance(html(markdown)).wrong == []


def test_deep_nesting_ends() -> None:
    assert Balance(html("> " * 5000 + "x")).wrong == []
    assert Balance(html("\n".join("  " * nth + "- x" for nth in range(500)))).wrong == []


def test_emphasis_code_formulas_lists_tables_and_code_blocks_come_out() -> None:
    assert html("**bold *both*** and `a < b`") == "<p><strong>bold <em>both</em></strong> and <code>a &lt; b</code></p>"
    assert html("$\\sqrt{d_k}$") == "<p>√dₖ</p>"
    assert 'class="formula"' in html("$$\\frac{a}{b}$$")
    assert html("- a\n- b") == "<ul><li>a</li><li>b</li></ul>"
    assert html("1. a\n2. b\n\nend") == "<ol><li>a</li><li>b</li></ol>\n<p>end</p>"
    assert "<th>a</th>" in html("| a | b |\n| --- | --- |\n| 1 | 2 |") and "<td>2</td>" in html(
        "| a | b |\n| --- | --- |\n| 1 | 2 |"
    )
    assert html("```python\nx < 1\n```") == "<pre><code>x &lt; 1</code></pre>"
    assert html("a\nb\n\nc") == "<p>a b</p>\n<p>c</p>"
