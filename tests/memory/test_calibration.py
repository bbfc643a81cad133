"""The correction of the chance of recall."""

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.prediction import corrected, foretold, loss
from quiz.memory.calibration import Before, Calibration, learned, recall

BEFORE = Before(retrievability=0.9, reps=4, lapses=0, last_rating=3, days=8, exact_days=8.0)

befores = st.builds(
    Before,
    retrievability=st.floats(0, 1),
    reps=st.integers(0, 500),
    lapses=st.integers(0, 100),
    last_rating=st.integers(1, 4),
    days=st.integers(1, 36_500),
    exact_days=st.floats(0, 36_500),
)


@given(before=befores)
def test_before_anything_is_learnt_the_chance_is_that_of_fsrs(before: Before) -> None:
    assert recall(Calibration(), before) == pytest.approx(before.retrievability, abs=2e-6)


@given(reviews=st.lists(st.tuples(befores, st.booleans()), max_size=40), before=befores)
def test_whatever_was_seen_the_chance_stays_between_nothing_and_certainty(
    reviews: list[tuple[Before, bool]], before: Before
) -> None:
    assert 0 < recall(learned(Calibration(), reviews), before) < 1


def test_who_forgets_more_than_foretold_is_foretold_less() -> None:
    seen = learned(Calibration(), [(BEFORE, nth % 2 == 0) for nth in range(300)])
    assert recall(seen, BEFORE) == pytest.approx(0.5, abs=0.06)


def test_the_order_of_reviews_is_the_order_of_learning() -> None:
    pairs = [(BEFORE, True), (BEFORE._replace(retrievability=0.5), False), (BEFORE._replace(days=2), True)]
    whole = learned(Calibration(), pairs)
    assert learned(learned(Calibration(), pairs[:1]), pairs[1:]) == whole
    assert learned(Calibration(), pairs[::-1]) != whole


def test_on_the_real_log_recall_is_foretold_better_than_by_fsrs_alone() -> None:
    reviews = list(foretold())
    assert len(reviews) == 6276
    plain = loss([review.before.retrievability for review in reviews], reviews)
    assert plain == pytest.approx(0.4650, abs=5e-4)
    assert loss(corrected(reviews), reviews) <= 0.452


def test_one_step_is_that_of_adagrad_by_hand() -> None:
    (bias, *_), (squared, *_) = learned(Calibration(), [(BEFORE, False)])
    assert squared == pytest.approx(1 + 0.9**2)
    assert bias == pytest.approx(-0.1 * 0.9 / (1 + 0.9**2) ** 0.5)
    odds = log(0.9 / 0.1)
    assert learned(Calibration(), [(BEFORE, False)]).weights[1] == pytest.approx(
        -0.1 * 0.9 * (odds - 1.5) / (1 + (0.9 * (odds - 1.5)) ** 2) ** 0.5
    )
