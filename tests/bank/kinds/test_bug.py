from pathlib import Path
from typing import Any

import pytest

from quiz.bank.kinds.bug import Bug
from quiz.errors import Misused
from tests.bank.kinds.evidence import failure, made, unproven

CODE = """\
def mean(values):
    total = 0
    for value in values:
        total = value
    return total / len(values)
"""
GOOD = {"code": CODE, "lines": (4,), "fix": "total += value", "test": "assert mean([1, 3]) == 2"}


def bug(**fields: Any) -> Bug:
    question: Bug = made(Bug, **{**GOOD, **fields})
    return question


def test_the_code_is_shown_with_its_line_numbers() -> None:
    assert "```python\n1  def mean(values):\n2      total = 0\n" in bug().prompt(0).text
    assert bug().prompt(0).entry == "line"


@pytest.mark.parametrize("line", ["4", "line 4", "Line 4.", "L4", "#4", " 4 "])
def test_the_wrong_line_is_named_by_its_number(line: str) -> None:
    assert bug().judge(line, 0).right


def test_a_line_that_is_right_is_not_the_answer() -> None:
    verdict = bug().judge("2", 0)
    assert verdict.right is False
    assert verdict.feedback == "Line 2 is as it should be; look at line 4."


def test_another_line_may_be_blamed_with_equal_right() -> None:
    assert bug(lines=(4, 2)).judge("2", 0).right


@pytest.mark.parametrize("line", ["0", "6", "99999999", "-4", "4.5", "the loop", "4 and 5", "٤"])
def test_what_is_no_line_of_the_code_is_refused(line: str) -> None:
    with pytest.raises(Misused, match="a number from 1 to 5"):
        bug().judge(line, 0)


def test_the_fix_takes_the_indentation_of_the_line_it_stands_in_for() -> None:
    assert bug().mended() == CODE.replace("total = value", "total += value")
    two = bug(fix="if value:\n    total += value")
    assert "        if value:\n            total += value\n    return" in two.mended()
    assert "\n    total += value\n" in bug(fix="    total += value").mended()


def test_wrong_line_and_fix_are_revealed() -> None:
    revealed = bug().reveal(0)
    assert revealed.index("```python\ntotal = value\n```") < revealed.index("```python\ntotal += value\n```")
    assert revealed.endswith("Because.")


def test_the_code_fails_its_test_as_it_stands_and_passes_mended(tmp_path: Path) -> None:
    assert unproven(bug(), tmp_path) == ""
    assert failure(f"{CODE}\n{GOOD['test']}", tmp_path) == "AssertionError: "
    assert "passes on the code as it stands" in unproven(bug(test="assert mean([3])"), tmp_path)
    assert "fails on the mended code" in unproven(bug(fix="total -= value"), tmp_path)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"lines": ()}, "lines"),
        ({"lines": (6,)}, "lines"),
        ({"lines": (0,)}, "lines"),
        ({"code": CODE.replace("    return", "\n    return"), "lines": (5,)}, "lines"),
        ({"fix": "total  =  value"}, "fix"),
        ({"fix": "total +="}, "fix"),
        ({"test": "assert mean("}, "test"),
        ({"test": "mean([1])"}, "test"),
        ({"code": CODE + "x = (\n"}, "code"),
        ({"code": CODE + '"""```"""\n'}, "code"),
        ({"code": CODE + "x = 1  # " + "long " * 20 + "\n"}, "code"),
    ],
)
def test_an_entry_that_proves_nothing_is_found(fields: dict[str, Any], field: str) -> None:
    its = bug(**fields)
    assert field in [problem.field for problem in list(its.problems()) or its.remarks()]


def test_a_good_entry_passes() -> None:
    assert not [*bug().problems(), *bug().remarks()]
