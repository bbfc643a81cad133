from rich.text import Text

from quiz.terminal.markdown import render


def shown(markdown: str, width: int = 60, *, plain: bool = False, numbers: bool = False) -> list[str]:
    return [line.plain for line in render(markdown, width=width, plain=plain, numbers=numbers)]


def styled(line: Text) -> dict[str, str]:
    """What is styled in a line, by the style."""
    return {str(span.style): line.plain[span.start : span.end] for span in line.spans if span.style}


def test_fenced_code_stands_as_it_is() -> None:
    assert shown("```\na  *b*\n\n    c $x$\n```\nafter") == ["    a  *b*", "", "        c $x$", "after"]
    assert shown("    indented\n    code\n\ntext") == ["    indented", "    code", "", "text"]


def test_code_can_be_numbered() -> None:
    assert shown("```\na\nb\n```", numbers=True) == ["1 │ a", "2 │ b"]
    assert shown("```\na\nb\n```", numbers=True, plain=True) == ["1  a", "2  b"]


def test_a_long_line_of_code_is_folded_and_says_so() -> None:
    assert shown("```\nresult = first + second\n```", 20) == ["    result = first", "    ↳ + second"]


def test_python_is_highlighted() -> None:
    (line,) = render("```python\nreturn 'a' + 1  # b\n```", width=60)
    assert styled(line) == {"code.keyword": "return", "code.string": "'a'", "code.number": "1", "code.comment": "# b"}
