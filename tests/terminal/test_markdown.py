import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.terminal.markdown import NARROWEST, render


def shown(markdown: str, width: int = 60, *, plain: bool = False, numbers: bool = False) -> list[str]:
    return [line.plain for line in render(markdown, width=width, plain=plain, numbers=numbers)]


def test_paragraphs_stay_apart_and_line_breaks_are_kept() -> None:
    assert shown("one\ntwo\n\nthree\\\nfour  \nfive") == ["one two", "", "three", "four", "five"]


def test_a_display_formula_is_drawn_and_indented() -> None:
    assert shown("so\n\n$$\\frac{a}{b}.$$") == ["so", "", "     a", "    ───.", "     b"]
    assert shown("$$\n\\frac{a}{b}\n$$\nand") == ["     a", "    ───", "     b", "and"]


def test_a_display_formula_too_wide_is_set_in_lines() -> None:
    assert shown(r"$$\frac{a+b+c+d+e}{f} = \frac{a+b+c+d+e}{f}$$", 20) == [
        "  (a + b + c + d +",
        "  e)/f = (a + b + c",
        "  + d + e)/f",
    ]


def test_a_formula_not_understood_is_shown_as_its_source() -> None:
    assert shown(r"$$\unknown{x}$$") == [r"    \unknown{x}"]
    assert shown(r"a $\unknown{x}$ b") == [r"a $\unknown{x}$ b"]


def test_dollars_that_close_nothing_are_text() -> None:
    assert shown("$$\nno end") == ["$$ no end"]
    assert shown("$$ a $$ b") == ["a b"]


def test_lists_hang_and_nest() -> None:
    assert shown("- one that is longer than a line\n  - two\n\n    more\n- three", 20) == [
        "• one that is longer",
        "  than a line",
        "  • two",
        "",
        "    more",
        "• three",
    ]


def test_numbers_run_on_from_the_first() -> None:
    assert shown("3. a\n3. b\n\n- c\n1) d") == ["3. a", "4. b", "", "• c", "1) d"]


def test_a_number_within_a_paragraph_begins_no_list() -> None:
    assert shown("It was in\n1986. A good year") == ["It was in 1986. A good year"]


def test_quotes_are_marked_at_every_line() -> None:
    assert shown("> one two\n> three\n> > four\nlazy", 16) == ["│ one two three", "│ │ four lazy"]
    assert shown("> > > > deep", 16) == ["│ │ > > deep"]


def test_headings_and_rules() -> None:
    lines = render("## Why `x`? ##\n---\n#hash", width=20)
    assert [line.plain for line in lines] == ["Why x?", "─" * 20, "#hash"]
    assert lines[0].style == "title"


def test_plain_text_has_no_styles_no_drawings_and_keeps_the_latex() -> None:
    source = "# Title\n- **a** `b` $\\sqrt{d_k}$\n\n> q\n\n$$\\frac{a}{b}$$\n\n---\n\na | b\n--|--\n1 | 2"
    lines = render(source, width=60, plain=True)
    assert [line.plain for line in lines] == [
        "Title",
        r"- a `b` $\sqrt{d_k}$",
        "",
        "> q",
        "",
        r"    \frac{a}{b}",
        "",
        "---",
        "",
        "a  b",
        "-  -",
        "1  2",
    ]
    assert all(not line.style and not any(span.style for span in line.spans) for line in lines)
    assert not set("".join(line.plain for line in lines)) & set("│─•")


def test_markdown_cannot_steer_the_terminal() -> None:
    assert shown("\x1b[2J `\x9b` $\x07$") == [r"\x1b[2J \x9b $\x07$"]


BOMBS = [
    "> " * 50_000 + "x",
    "- " * 50_000 + "x",
    "*" * 100_000,
    "*a " * 33_000,
    "**a*" * 25_000,
    "_a*" * 30_000,
    "`" * 100_000,
    "".join("`" * n + " " for n in range(400)),
    "[" * 100_000,
    "[a](" * 25_000,
    "$$a\n" * 25_000,
    "$a " * 33_000,
    "$x$" * 33_000,
    "|" * 100_000,
    "|-\n" * 33_000,
    "a|b\n-|-\n" + "x|" * 50_000,
    "\n" * 100_000,
    "- a\n" + "\n" * 100_000,
    " " * 100_000 + "x",
    "x" * 100_000,
    "日" * 50_000,
    "1. " * 33_000,
    "```\n" * 25_000,
    "\\" * 100_000,
    "~~~\n" + "a" * 100_000,
    "<" * 100_000,
    "- a\n  " * 14_000,
]


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: repr(bomb[:8]))
def test_no_text_is_too_much(bomb: str) -> None:
    assert all(line.cell_len <= 40 for line in render(bomb, width=40))


PIECES = [
    "> ",
    "- ",
    "1. ",
    "\n",
    "\n\n",
    "*",
    "**",
    "_",
    "`",
    "```",
    "$",
    "$$",
    "|",
    "---",
    "|-|-|",
    "[a](b)",
    "# ",
    " ",
]
PIECES += ["    ", "word", "日本", "\\", "\t", "é", r"\frac{a}{b}", "<pad>", "a | b\n--|--\n", "![", "](", "~~~"]


@given(
    st.lists(st.sampled_from(PIECES), max_size=60).map("".join) | st.text(), st.integers(NARROWEST, 80), st.booleans()
)
def test_any_text_is_rendered_within_the_width(text: str, width: int, plain: bool) -> None:
    assert all(line.cell_len <= width for line in render(text, width=width, plain=plain))


@given(
    st.lists(st.sampled_from(["alpha", "beta", " ", "\n", "**", "_", "> ", "- ", "2. ", "|", "[", "]("])).map("".join)
)
def test_no_word_is_lost(text: str) -> None:
    seen = "".join(shown(text))
    assert seen.count("alpha") == text.count("alpha")
    assert seen.count("beta") == text.count("beta")
