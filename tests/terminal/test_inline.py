from rich.text import Text

from quiz.terminal.markdown import render


def shown(markdown: str, width: int = 60) -> list[str]:
    return [line.plain for line in render(markdown, width=width)]


def styled(line: Text) -> dict[str, str]:
    """What is styled in a line, by the style."""
    return {str(span.style): line.plain[span.start : span.end] for span in line.spans if span.style}


def test_a_paragraph_is_wrapped_and_its_marks_become_styles() -> None:
    (line,) = render("The **dot product** of `q` and *k*", width=60)
    assert line.plain == "The dot product of q and k"
    assert styled(line) == {"bold": "dot product", "code": "q", "italic": "k"}
    assert shown("one two three four", 16) == ["one two three", "four"]


def test_tokens_and_types_in_angle_brackets_are_seen() -> None:
    text = "The <pad> and <s> tokens of a List<int> & <b>more</b>"
    assert shown(text) == [text]


def test_names_with_underscores_and_lone_stars_are_no_emphasis() -> None:
    text = "d_model * d_k, a ** b, snake_case_name, 2 * 3"
    assert shown(text) == [text]


def test_emphasis_nests() -> None:
    (line,) = render("***all*** **bold *both* bold**", width=60)
    assert line.plain == "all bold both bold"
    assert styled(line) == {"bold": "bold both bold", "italic": "both"}


def test_code_keeps_what_is_in_it() -> None:
    assert shown("`a * b * c` and ``a`b`` and `$x$`") == ["a * b * c and a`b and $x$"]
    assert shown("an `open one") == ["an `open one"]


def test_an_escaped_mark_is_a_mark() -> None:
    assert shown(r"\*not\* \$5 \`x\` \\") == [r"*not* $5 `x` \ ".rstrip()]


def test_links_show_where_they_lead_and_are_no_terminal_links() -> None:
    (line,) = render("[the *paper*](https://arxiv.org/abs/1706.03762) ![figure](a_(1).png)", width=80)
    assert line.plain == "the paper (https://arxiv.org/abs/1706.03762) figure (a_(1).png)"
    assert not any("link" in str(span.style) for span in line.spans)


def test_formulas_in_a_sentence_are_drawn_in_the_line() -> None:
    assert shown(r"divided by $\sqrt{d_k}$, of course") == ["divided by √dₖ, of course"]


def test_prices_are_no_formulas() -> None:
    assert shown("It costs $5 or $10, US$6 at most") == ["It costs $5 or $10, US$6 at most"]


def test_a_short_formula_is_not_divided() -> None:
    assert shown("twenty letters here $a = b$", 24) == ["twenty letters here", "a\u00a0=\u00a0b"]
