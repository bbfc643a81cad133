"""The comparison under every verdict, handed wrong data: a check that cannot fail proves nothing."""

from math import inf, nan

import pytest

from quiz.proofs._demo import Measurement, holds


@pytest.mark.parametrize(
    ("value", "relation", "bound"),
    [
        (0.0999, "<", 0.1),
        (0.1, "<=", 0.1),
        (0.1001, ">", 0.1),
        (0.1, ">=", 0.1),
        (124_439_808, "=", 124_439_808),
        (0.0, "=", 0),
        (0.8001, "between", (0.8, 0.97)),
    ],
)
def test_a_figure_within_its_bound_holds(value, relation, bound):
    assert holds(value, relation, bound)


@pytest.mark.parametrize(
    ("value", "relation", "bound"),
    [
        (0.1001, "<", 0.1),
        (0.1, "<", 0.1),
        (0.1001, "<=", 0.1),
        (0.0999, ">", 0.1),
        (0.1, ">", 0.1),
        (0.0999, ">=", 0.1),
        (124_439_807, "=", 124_439_808),
        (5e-324, "=", 0),
        (0.7999, "between", (0.8, 0.97)),
        (0.8, "between", (0.8, 0.97)),
        (0.9701, "between", (0.8, 0.97)),
        (0.97, "between", (0.8, 0.97)),
    ],
)
def test_a_figure_off_in_the_fourth_digit_or_on_the_edge_fails(value, relation, bound):
    assert not holds(value, relation, bound)


@pytest.mark.parametrize("value", [nan, inf, -inf])
@pytest.mark.parametrize(
    ("relation", "bound"), [("<", 1), ("<=", inf), (">", -1), (">=", -inf), ("=", inf), ("between", (-inf, inf))]
)
def test_what_is_not_finite_never_holds(value, relation, bound):
    assert not holds(value, relation, bound)


def test_a_pair_of_bounds_goes_with_between_alone():
    with pytest.raises(ValueError, match="one number"):
        holds(1.0, "<", (0.0, 2.0))


def test_a_measurement_holds_as_its_figure_does():
    assert Measurement("gap", 1e-15, "<", 1e-12, "rounding").holds
    assert not Measurement("gap", 1e-9, "<", 1e-12, "rounding").holds
