"""The log as a string of predictions."""

import pytest

from quiz.memory.calibration import Calibration, recall
from quiz.memory.fsrs import retrievability, step
from quiz.study.card import Card, reviewed
from quiz.study.day import DAY_MS
from quiz.study.event import Event
from quiz.study.history import foretold, history
from quiz.study.recall import before, expected_recall
from quiz.study.settings import Settings


def review(card: str, day: int, rating: int = 3, hour: float = 9.0) -> Event:
    return Event(
        "review", round(day * DAY_MS + hour * 3_600_000), 0, day, card=card, rating=rating, id=f"{card}{day}{hour}"
    )


def test_a_review_is_foretold_from_the_second_study_day_on() -> None:
    asked = list(history([review("a", 1), review("a", 1, hour=9.5), review("a", 4, 1), review("b", 4)], Settings()))
    assert [one.before is None for one in asked] == [True, True, False, True]
    known = asked[2].before
    assert known is not None
    state = step(step(None, 3, 0), 3, 0)
    assert known.retrievability == pytest.approx(retrievability(3, state.stability))
    assert (known.reps, known.lapses, known.last_rating, known.days) == (2, 0, 3, 3)
    assert known.exact_days == pytest.approx(3 - 0.5 / 24)
    assert not asked[2].recalled


def test_a_renamed_card_goes_on_under_its_new_name() -> None:
    asked = list(history([review("old", 1), review("new", 3)], Settings(), {"old": "new"}.get and (lambda id: "new")))
    assert [one.card for one in asked] == ["new", "new"] and asked[1].before is not None


def test_what_is_no_review_says_nothing() -> None:
    flag = Event("flag", 0, 0, 1, card="a")
    assert list(history([flag, flag._replace(type="review", rating=None)], Settings())) == []


def test_a_day_is_foretold_with_what_the_days_before_taught() -> None:
    events = [review(f"c{nth}", 1) for nth in range(40)] + [review(f"c{nth}", 9, 1, nth / 10) for nth in range(40)]
    events += [review(f"c{nth}", 17, 1, nth / 10) for nth in range(40)]
    told, calibration = foretold(history(events, Settings()))
    second, third = told[:40], told[40:]
    assert all(
        one.chance == pytest.approx(one.asked.before.retrievability, abs=1e-5) for one in second if one.asked.before
    )
    assert all(one.chance < one.asked.before.retrievability for one in third if one.asked.before)
    assert calibration != Calibration()
    assert recall(calibration, third[0].asked.before) < third[0].chance  # type: ignore[arg-type]


def test_a_card_that_was_answered_today_is_not_foretold() -> None:
    card = Card("a")
    assert before(card, 3, Settings()) is None and expected_recall(card, 3, Settings(), Calibration()) is None
    seen = reviewed(card, 3, 0, 3, Settings())
    assert before(seen, 3, Settings()) is None and expected_recall(seen, 3, Settings(), Calibration()) == 1.0


def test_with_nothing_learnt_the_expected_recall_is_retrievability() -> None:
    seen = reviewed(Card("a"), 3, 0, 3, Settings())
    assert seen.state is not None
    expected = expected_recall(seen, 12, Settings(), Calibration())
    assert expected == pytest.approx(retrievability(9, seen.state.stability), abs=2e-6)
