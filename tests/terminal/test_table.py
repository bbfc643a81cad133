from quiz.terminal.markdown import render


def shown(markdown: str, width: int = 60) -> list[str]:
    return [line.plain for line in render(markdown, width=width)]


TABLE = "| Method | Cost |\n|:--|--:|\n| full `a|b` | $n^2$ |\n| linear in the length | 10 |"


def test_a_table_has_columns() -> None:
    assert shown(TABLE) == [
        "Method                Cost",
        "────────────────────  ────",
        "full a|b                n²",
        "linear in the length    10",
    ]


def test_a_narrow_table_wraps_its_cells() -> None:
    assert shown(TABLE, 20) == [
        "Method          Cost",
        "──────────────  ────",
        "full a|b          n²",
        "linear in the     10",
        "length",
    ]


def test_a_table_too_wide_is_listed() -> None:
    table = "a head | b head | c head\n---|---|---\none long cell | two long cells | three long cells"
    assert shown(table, 20) == ["a head: one long", "cell", "b head: two long", "cells", "c head: three long", "cells"]


def test_missing_cells_are_empty_and_surplus_ones_are_not_lost() -> None:
    assert shown("a | b\n--|--\n1 |\n2 | 3 | 4") == ["a  b", "─  ─────", "1", "2  3 | 4"]
