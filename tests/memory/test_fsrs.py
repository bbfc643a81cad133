"""The step, the curve, the intervals: against py-fsrs on a real log, and what holds for any state and weights."""

import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import fsrs as py_fsrs
import fsrs_rs_python
import pytest
from hypothesis import given
from hypothesis import strategies as st

import quiz
from quiz.memory.fsrs import (
    DEFAULT_WEIGHTS,
    MAX_INTERVAL,
    MAX_STABILITY,
    MIN_STABILITY,
    first,
    fuzz_bounds,
    fuzzed,
    interval,
    outlook,
    retrievability,
    step,
)
from quiz.memory.values import MemoryState, Rating
from tests.memory import strategies as some
from tests.memory.real_log import real_log


def states_of_the_real_log() -> list[MemoryState]:
    """After every review, in the order of the log."""
    last: dict[int, MemoryState] = {}
    states = []
    for card, rating, gap in zip(*(column.tolist() for column in real_log()[:3]), strict=True):
        last[card] = step(last.get(card), rating, gap)
        states.append(last[card])
    return states


# Against the two implementations others trust


def test_every_state_of_the_real_log_is_that_of_py_fsrs() -> None:
    # py-fsrs floors a time span to 24-hour blocks: it is given times that lie whole days apart.
    scheduler = py_fsrs.Scheduler(enable_fuzzing=False, learning_steps=(), relearning_steps=())
    cards: dict[int, py_fsrs.Card] = {}
    log = real_log()
    for card, rating, gap, ours in zip(
        log.card.tolist(), log.rating.tolist(), log.gap.tolist(), states_of_the_real_log(), strict=True
    ):
        before = cards.get(card) or py_fsrs.Card(card_id=card)
        at = (before.last_review or datetime(2024, 1, 1, tzinfo=UTC)) + timedelta(days=gap)
        cards[card], _ = scheduler.review_card(before, py_fsrs.Rating(rating), at)
        assert ours == pytest.approx((cards[card].stability, cards[card].difficulty), rel=2e-4)


def test_every_state_of_the_real_log_is_that_of_fsrs_rs() -> None:
    log = real_log()
    positions: dict[int, list[int]] = {}
    for position, card in enumerate(log.card.tolist()):
        positions.setdefault(card, []).append(position)
    ours = states_of_the_real_log()
    model = fsrs_rs_python.FSRS(list(DEFAULT_WEIGHTS))
    for of_card in positions.values():
        reviews = [fsrs_rs_python.FSRSReview(int(log.rating[p]), int(log.gap[p])) for p in of_card]
        for position, theirs in zip(
            of_card, model.historical_memory_states(fsrs_rs_python.FSRSItem(reviews)), strict=True
        ):
            assert ours[position] == pytest.approx((theirs.stability, theirs.difficulty), rel=2e-4)


def test_the_default_weights_are_those_of_py_fsrs() -> None:
    assert py_fsrs.Scheduler().parameters == DEFAULT_WEIGHTS


@given(some.states, some.ratings, st.integers(0, 1000), some.weights)
def test_a_step_is_that_of_py_fsrs_from_any_state_under_any_weights(
    state: MemoryState, rating: Rating, gap: int, weights: tuple[float, ...]
) -> None:
    at = datetime(2024, 1, 1, tzinfo=UTC)
    scheduler = py_fsrs.Scheduler(weights, enable_fuzzing=False)
    card = py_fsrs.Card(1, py_fsrs.State.Review, None, *state, due=at, last_review=at)
    after, _ = scheduler.review_card(card, py_fsrs.Rating(rating), at + timedelta(days=gap))
    assert after.stability is not None
    theirs = (min(after.stability, MAX_STABILITY), after.difficulty)  # py-fsrs sets stability no upper bound
    assert step(state, rating, gap, weights) == pytest.approx(theirs, rel=1e-9)


# Study days


def test_no_review_on_the_next_study_day_is_taken_for_one_on_the_same() -> None:
    log = real_log()
    within_a_day = (log.gap == 1) & (log.hours < 24)
    assert within_a_day.sum() == 947  # what counting 24-hour blocks would get wrong
    last: dict[int, MemoryState] = {}
    for card, rating, after, overnight in zip(
        log.card.tolist(), log.rating.tolist(), states_of_the_real_log(), within_a_day.tolist(), strict=True
    ):
        if overnight:
            assert after == step(last[card], rating, 1)
            if last[card].stability > MIN_STABILITY:  # a lapse there leaves it there either way
                assert after != step(last[card], rating, 0)
        last[card] = after


@given(some.states, some.ratings, st.integers(-1000, -1))
def test_a_clock_set_back_counts_as_the_same_study_day(state: MemoryState, rating: Rating, gap: int) -> None:
    assert step(state, rating, gap) == step(state, rating, 0)


# What holds for any state


@given(st.none() | some.states, some.ratings, some.gaps, some.weights)
def test_stability_and_difficulty_stay_in_bounds(
    state: MemoryState | None, rating: Rating, gap: int, weights: tuple[float, ...]
) -> None:
    stability, difficulty = step(state, rating, gap, weights)
    assert MIN_STABILITY <= stability <= MAX_STABILITY
    assert 1 <= difficulty <= 10


@given(some.ratings, some.weights, some.gaps)
def test_a_card_never_seen_takes_its_first_state(rating: Rating, weights: tuple[float, ...], gap: int) -> None:
    assert step(None, rating, gap, weights) == first(rating, weights)


@given(some.states, some.gaps)
def test_recall_never_lowers_stability_and_a_lapse_never_raises_it(state: MemoryState, gap: int) -> None:
    again, *recalled = (step(state, rating, gap).stability for rating in Rating)
    assert again <= state.stability or again == MIN_STABILITY
    assert min(recalled) >= state.stability


@given(some.stabilities, some.weights, st.integers(0, 10000), st.integers(1, 10000))
def test_retrievability_falls_day_by_day(stability: float, weights: tuple[float, ...], days: int, more: int) -> None:
    sooner, later = (retrievability(d, stability, weights) for d in (days, days + more))
    assert 0 < later < sooner <= 1


@given(some.stabilities, some.weights)
def test_after_stability_days_nine_in_ten_are_recalled(stability: float, weights: tuple[float, ...]) -> None:
    assert retrievability(stability, stability, weights) == pytest.approx(0.9)
    assert retrievability(0, stability, weights) == 1


@given(some.stabilities, some.retentions, some.weights)
def test_the_interval_ends_on_the_day_nearest_to_the_wanted_retention(
    stability: float, retention: float, weights: tuple[float, ...]
) -> None:
    days = interval(stability, retention, weights)
    assert 1 <= days <= MAX_INTERVAL
    if days > 1:
        assert retrievability(days - 0.5, stability, weights) >= retention - 1e-9
    if days < MAX_INTERVAL:
        assert retrievability(days + 0.5, stability, weights) <= retention + 1e-9


def test_an_interval_is_at_least_a_day_and_at_most_a_century() -> None:
    assert interval(0.01, 0.99) == 1
    assert interval(36500.0, 0.7) == 36500


# Fuzz


def spread_said_slowly(days: int) -> Fraction:
    """Anki: a day, and a share of each half day from 2.5 to the interval: 15 %, beyond 7 days 10 %, beyond 20 5 %."""
    share = sum(15 if half < 14 else 10 if half < 40 else 5 for half in range(5, 2 * days))
    return 1 + Fraction(share, 200)


@given(st.integers(3, MAX_INTERVAL), some.seeds)
def test_fuzz_stays_in_the_bounds_of_anki(days: int, seed: str) -> None:
    spread = spread_said_slowly(days)
    bounds = round(days - spread), min(round(days + spread), MAX_INTERVAL)
    assert fuzz_bounds(days) == bounds
    assert bounds[0] <= fuzzed(days, seed) <= bounds[1]


@pytest.mark.parametrize(("days", "bounds"), [(3, (2, 4)), (7, (5, 9)), (17, (14, 20)), (20, (17, 23)), (37, (33, 41))])
def test_the_bounds_are_those_anki_tests_for(days: int, bounds: tuple[int, int]) -> None:
    assert fuzz_bounds(days) == bounds
    assert {fuzzed(days, f"card/{n}") for n in range(200)} == set(range(bounds[0], bounds[1] + 1))


@given(st.sampled_from([1, 2]), some.seeds)
def test_one_and_two_days_are_not_fuzzed(days: int, seed: str) -> None:
    assert fuzzed(days, seed) == days


def test_the_same_card_and_repetition_give_the_same_day_in_every_process() -> None:
    assert [fuzzed(100, f"attention-scaling/{n}") for n in range(1, 9)] == [94, 102, 95, 93, 102, 100, 98, 93]


def test_cards_that_fall_on_one_day_once_do_not_keep_together() -> None:
    together = [n for n in range(20_000) if fuzzed(30, f"card-{n}/1") == 30]
    spread = Counter(fuzzed(30, f"card-{n}/2") for n in together)
    low, high = fuzz_bounds(30)
    fair = len(together) / (high - low + 1)
    assert all(0.8 * fair < spread[day] < 1.2 * fair for day in range(low, high + 1))


# The four buttons


@given(st.none() | some.states, some.gaps, some.retentions, some.weights, some.seeds)
def test_the_buttons_are_ordered_and_lead_where_the_step_leads(
    state: MemoryState | None, gap: int, retention: float, weights: tuple[float, ...], seed: str
) -> None:
    futures = outlook(state, gap, retention, weights, seed)
    assert [future.state for future in futures] == [step(state, rating, gap, weights) for rating in Rating]
    again, hard, good, easy = (future.interval for future in futures)
    assert again == 0  # asked again the same study day
    assert 1 <= hard <= good <= easy <= MAX_INTERVAL


@given(st.none() | some.states, some.gaps, some.retentions, some.seeds)
def test_a_button_shows_the_fuzzed_interval(state: MemoryState | None, gap: int, retention: float, seed: str) -> None:
    for future in outlook(state, gap, retention, DEFAULT_WEIGHTS, seed)[1:]:
        assert future.interval == fuzzed(interval(future.state.stability, retention), seed)


def test_a_first_hard_is_never_asked_later_than_a_first_good() -> None:
    weights = (1.0, 50.0, 5.0, 2.0, *DEFAULT_WEIGHTS[4:])
    _, hard, good, easy = outlook(None, 0, 0.9, weights, "card/0")
    assert hard.interval <= good.interval <= easy.interval


# Start-up


def test_importing_the_memory_model_imports_nothing_else() -> None:
    code = (
        "import sys, enum, math, typing, zlib; before = set(sys.modules)\n"
        "import quiz.memory.fsrs, quiz.memory.replay; print(*sorted(set(sys.modules) - before))"
    )
    root = Path(quiz.__file__).parent.parent
    run = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "quiz quiz.memory quiz.memory.fsrs quiz.memory.replay quiz.memory.values"
