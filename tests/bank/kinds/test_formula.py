import contextlib
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.bank.kinds._formula import computed
from quiz.errors import Misused


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("2 * 80 * 8 * 128 * 4096 / 2**30", 0.625),
        ("1_000_000 // 3 % 7", 333_333 % 7),
        ("-(3 - 5) ** 2", -4),
        ("sqrt(0.2 / 0.8)", 0.5),
        ("log(8) / log(2) + log2(8) + log10(1000)", 9),
        ("exp(0) + ceil(0.1) + floor(1.9)", 3),
        ("max(1, 2, 3) - min(4, 5)", -1),
        ("2 * pi", 2 * math.pi),
        ("  1e3\n", 1000),
    ],
)
def test_arithmetic_is_worked_out(formula: str, value: float) -> None:
    assert math.isclose(computed(formula), value)


@pytest.mark.parametrize(
    "formula",
    [
        "", "x", "1 +", "__import__('os')", "(1).real", "[1][0]", "lambda: 1", "'a' * 3", "True", "1 < 2", "sqrt(-1)",
        "1/0",
        "9**9**9**9", "1e308 * 10", "open('x')", "sqrt", "sqrt(x=1)", "max()", "1 if 1 else 2", "2j", "print(1)", "1;2",
        "(" * 300 + "1" + ")" * 300, "1+" * 600 + "1", "sqrt(1, 2)", "\0", "pi()", "f'{1}'",
    ],
)  # fmt: skip
def test_anything_else_is_refused_and_nothing_is_run(formula: str) -> None:
    with pytest.raises(Misused):
        computed(formula)


@given(st.text("0123456789.+-*/%() epilogsqrtx,", max_size=40))
def test_whatever_is_written_is_a_number_or_refused(formula: str) -> None:
    with contextlib.suppress(Misused):
        assert math.isfinite(computed(formula))
