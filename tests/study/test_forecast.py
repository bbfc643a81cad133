"""Where a plan leads."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.memory.fsrs import retrievability
from quiz.study.forecast import SAMPLE, Aim, enough, forecast
from quiz.study.plan import Planned

DAY = 20_780


def bank(count: int, seen: int = 0) -> list[Planned]:
    return [Planned(str(nth), 5.0 + nth, 5.0, DAY - 3) if nth < seen else Planned(str(nth)) for nth in range(count)]


def test_if_you_stop_now_it_is_the_mean_chance_on_the_day() -> None:
    told = forecast(bank(10, seen=4), Aim(DAY, DAY + 12, 0.0), Random(1).random)
    assert told.expected == pytest.approx(sum(retrievability(15, 5.0 + nth) for nth in range(4)) / 10)
    assert told.low < told.expected < told.high
    assert (told.unseen, list(told.load)) == (6, [])


def test_keeping_to_the_plan_helps_and_more_time_helps_more() -> None:
    stop, little, much = (
        forecast(bank(40, seen=10), Aim(DAY, DAY + 14, budget), Random(1).random).expected
        for budget in (0.0, 4.0, 12.0)
    )
    assert stop + 0.1 < little < much


@given(st.integers(1, 60), st.integers(1, 20), st.integers(1, 30), st.integers(0, 9))
@settings(max_examples=40)
def test_a_forecast_stays_within_the_budget_and_within_reason(count: int, days: int, budget: int, seed: int) -> None:
    told = forecast(bank(count, seen=count // 3), Aim(DAY, DAY + days, budget), Random(seed).random)
    assert [load.study_day for load in told.load] == list(range(DAY, DAY + days))
    assert all(0 <= load.new <= load.cards <= budget for load in told.load)
    assert 0 <= told.low <= told.expected <= told.high <= 1
    assert 0 <= told.unseen <= count
    assert sorted(nth for nth, _ in told.by_card) == list(range(count))


def test_what_is_left_of_today_is_all_that_today_holds() -> None:
    told = forecast(bank(30), Aim(DAY, DAY + 9, 6.0), Random(1).random, 2.0)
    assert [load.cards for load in told.load][:2] == [2, 6]
    assert forecast(bank(30), Aim(DAY, DAY + 9, 6.0), Random(1).random, 0.0).load[0].cards == 0


def test_a_plan_that_is_too_short_says_what_it_leaves_out_and_what_would_be_enough() -> None:
    aim = Aim(DAY, DAY + 5, 10.0)
    told = forecast(bank(200), aim, Random(1).random)
    assert told.unseen == pytest.approx(150, abs=5)
    assert told.expected < 0.25
    assert enough(bank(200), aim, Random(1).random) == pytest.approx(41, abs=3)


def test_few_questions_stand_for_a_large_bank() -> None:
    small, large = (
        forecast(bank(count), Aim(DAY, DAY + 20, count / 10), Random(1).random) for count in (SAMPLE, 10 * SAMPLE)
    )
    assert large.expected == pytest.approx(small.expected, abs=0.03)
    assert large.load[5].cards == pytest.approx(10 * small.load[5].cards, rel=0.1)


def test_the_same_chance_gives_the_same_forecast() -> None:
    assert forecast(bank(20), Aim(DAY, DAY + 9, 5.0), Random(4).random) == forecast(
        bank(20), Aim(DAY, DAY + 9, 5.0), Random(4).random
    )
