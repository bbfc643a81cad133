from math import inf, nan

import pytest

from quiz.terminal.numbers import finite, number


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0"),
        (0.25, "0.25"),
        (1 / 3, "0.3333"),
        (1e6, "1e6"),
        (1.5e-7, "1.5e-7"),
        (1e20, "1e20"),
        (-2, "-2"),
        (nan, "nan"),
    ],
)
def test_numbers_are_short(value: float, shown: str) -> None:
    assert number(value) == shown


def test_only_what_a_chart_can_place_is_finite() -> None:
    assert [finite(value) for value in (2, nan, inf, -inf, 1e200, 1e-200)] == [2.0, None, None, None, None, 0.0]
    assert [finite(value, positive=True) for value in (2, 0, -1)] == [2.0, None, None]
