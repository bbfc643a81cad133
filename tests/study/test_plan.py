"""The rule of the plan."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.memory.fsrs import DEFAULT_WEIGHTS, interval, retrievability, step
from quiz.memory.values import MemoryState
from quiz.study.day import iso, study_day_of
from quiz.study.deck import Deck
from quiz.study.plan import (
    BACKLOG_DAYS,
    FIRST_GRADES,
    RECALLED_GRADES,
    RETENTION,
    Plan,
    Planned,
    backlog,
    final_from,
    gains,
    pace,
    plan_of,
    share,
)

DAY = 20_780
seen = st.tuples(
    st.sampled_from("abcdefgh"),
    st.floats(0.01, 500),
    st.floats(1, 10),
    st.integers(DAY - 90, DAY - 1),
    st.sampled_from((1.0, 1.0, 2.5)),
).map(Planned._make)
new = st.sampled_from("abcdefgh").map(Planned)
cards = st.lists(seen | new, max_size=30)


def known(concept: str, stability: float, ago: int, difficulty: float = 5.0, cost: float = 1.0) -> Planned:
    return Planned(concept, stability, difficulty, DAY - ago, cost)


def gain(card: Planned, ahead: int) -> float:
    """The gain, slowly: by the steps of FSRS-6 themselves."""
    if card.stability is None:
        return sum(p * retrievability(ahead, step(None, nth, 0).stability) for nth, p in enumerate(FIRST_GRADES, 1))
    state, gap = MemoryState(card.stability, card.difficulty), DAY - card.last_day
    now = retrievability(gap, card.stability)
    after = [retrievability(ahead, step(state, rating, gap).stability) for rating in (1, 2, 3, 4)]
    recalled = sum(p * recall for p, recall in zip(RECALLED_GRADES, after[1:], strict=True))
    return (1 - now) * after[0] + now * recalled - retrievability(gap + ahead, card.stability)


@given(st.lists(seen | new, min_size=1), st.integers(0, 400))
def test_the_gain_of_a_card_is_what_the_steps_of_the_memory_model_say(cards: list[Planned], ahead: int) -> None:
    assert gains(cards, DAY, ahead) == pytest.approx([gain(card, ahead) for card in cards], abs=1e-9)


@given(cards, st.integers(0, 60), st.floats(1, 40))
def test_a_list_keeps_to_its_budget_and_asks_no_card_twice(cards: list[Planned], ahead: int, budget: float) -> None:
    chosen = share(cards, DAY, DAY + ahead, budget)
    assert len(set(chosen)) == len(chosen)
    assert len(chosen) <= 1 or sum(cards[nth].cost for nth in chosen) <= budget + 1e-6


def late(card: Planned) -> int:
    """Days since it fell due at the plan's retention; negative before, and for a new one."""
    return -1 if card.stability is None else DAY - card.last_day - interval(card.stability, RETENTION)


@given(st.lists(seen | new, min_size=1, max_size=30))
def test_before_the_last_days_comes_what_is_due_then_all_new_then_the_weakest(cards: list[Planned]) -> None:
    cards = [card._replace(concept=str(nth)) for nth, card in enumerate(cards)]
    asked = [cards[nth] for nth in share(cards, DAY, DAY + 1000, 1000.0)]
    due = [late(card) for card in asked if late(card) >= 0]
    fresh = [card for card in asked if card.stability is None]
    rest = asked[len(due) + len(fresh) :]
    assert due == sorted(due, reverse=True)
    assert asked[len(due) : len(due) + len(fresh)] == [card for card in cards if card.stability is None]
    chances = [retrievability(DAY - card.last_day, card.stability or 0.0) for card in rest]
    assert chances == sorted(chances)
    assert len(asked) == len(cards)


@given(cards)
def test_before_the_last_days_no_two_siblings_come_on_one_day(cards: list[Planned]) -> None:
    concepts = [cards[nth].concept for nth in share(cards, DAY, DAY + 1000, 1000.0)]
    assert len(set(concepts)) == len(concepts)


def test_in_the_last_days_siblings_come_both() -> None:
    assert sorted(share([Planned("a"), Planned("a")], DAY, DAY + 1, 2)) == [0, 1]


@given(st.lists(seen | new, min_size=1, max_size=30), st.integers(0, 20))
def test_in_the_last_days_comes_what_raises_recall_on_the_day_most(cards: list[Planned], ahead: int) -> None:
    budget = sum(card.cost for card in cards) / max(1, ahead)
    worth = [each / card.cost for each, card in zip(gains(cards, DAY, ahead), cards, strict=True)]
    chosen = share(cards, DAY, DAY + ahead, budget)
    assert [worth[nth] for nth in chosen] == sorted((worth[nth] for nth in chosen), reverse=True)
    assert all(worth[nth] > 0 for nth in chosen)
    left = max((w for nth, w in enumerate(worth) if nth not in chosen), default=0.0)
    assert not chosen or left <= worth[chosen[-1]]


def test_the_last_days_are_as_many_as_it_takes_to_see_every_card_once() -> None:
    assert final_from(60, 30, DAY) == DAY - 2
    assert final_from(61, 30, DAY) == DAY - 3
    assert final_from(1000, 10, DAY + 5) < DAY  # from the first day on


def test_a_new_card_waits_for_the_due_ones_and_comes_before_those_that_are_not() -> None:
    cards = [known("fresh", 50, 2), Planned("new"), known("due", 3, 30)]
    assert share(cards, DAY, DAY + 100, 10) == [2, 1, 0]


def test_what_was_seen_today_is_not_asked_again() -> None:
    assert share([known("now", 1, 0)], DAY, DAY + 100, 10) == []
    assert share([known("now", 50, 0)], DAY, DAY + 1, 10) == []


def test_with_minutes_the_quicker_of_two_equal_cards_comes_first() -> None:
    slow, quick = known("slow", 3, 5, cost=60.0), known("quick", 3, 5, cost=20.0)
    assert share([slow, quick], DAY, DAY + 1, 80.0) == [1, 0]
    assert share([slow, quick], DAY, DAY + 1, 50.0) == [1]


def test_after_the_interview_there_is_no_list() -> None:
    assert share([Planned("a")], DAY + 1, DAY, 10) == []
    assert share([], DAY, DAY + 10, 10) == []


@given(st.lists(seen, max_size=30))
def test_a_backlog_begins_with_what_gains_most_in_thirty_days(cards: list[Planned]) -> None:
    worth = gains(cards, DAY, BACKLOG_DAYS)
    order = backlog(cards, DAY)
    assert sorted(order) == list(range(len(cards)))
    assert [worth[nth] for nth in order] == sorted(worth, reverse=True)


@given(st.integers(0, 40_000), st.integers(1, 500) | st.floats(1, 600), st.lists(st.sampled_from(("masks", "heads"))))
def test_a_plan_comes_back_from_the_log_as_it_was(date: int, budget: float, topics: list[str]) -> None:
    per_day = budget if isinstance(budget, int) else None
    plan = Plan(date, per_day, None if per_day else budget, Deck(topics=tuple(topics)))
    assert plan_of(plan.data()) == plan


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"clear": True},
        {"date": "2026-02-30", "per_day": 3},
        {"date": 5, "per_day": 3},
        {"date": "2026-12-15"},
        {"date": "2026-12-15", "per_day": -3},
        {"date": "2026-12-15", "per_day": 3, "deck": {"moods": ["good"]}},
        {"date": "2026-12-15", "per_day": 3, "deck": 7},
    ],
)
def test_what_is_no_plan_clears_it(data: dict[str, object]) -> None:
    assert plan_of(data) is None


@given(st.integers(-700_000, 2_000_000))
def test_a_study_day_is_read_as_it_is_written(day: int) -> None:
    assert study_day_of(iso(day) or "") == day


@pytest.mark.parametrize("text", ["2026-2-3", "2026-02-30", "tomorrow", "2026-13-01", "", "２０２６-01-01", "20260101"])
def test_what_is_no_day_is_not_read_as_one(text: str) -> None:
    with pytest.raises(ValueError):
        study_day_of(text)


def test_the_seconds_of_an_answer_are_learnt_by_kind_and_pauses_are_cut() -> None:
    assert pace([])[""] == 30
    told = pace([("recall", 90.0)] * 90 + [("choice", 10_000.0)] * 2)
    assert told["recall"] == pytest.approx((10 * 30 + 90 * 90) / 100)
    assert told["choice"] == pytest.approx((10 * 30 + 2 * 300) / 12)


def weights(stretch: float) -> Sequence[float]:
    return [*DEFAULT_WEIGHTS[:20], DEFAULT_WEIGHTS[20] * stretch]


def test_a_learner_who_forgets_otherwise_has_another_order() -> None:
    cards = [known("a", 2, 9), known("b", 40, 90)]
    assert gains(cards, DAY, 5) != gains(cards, DAY, 5, tuple(weights(2.0)))
