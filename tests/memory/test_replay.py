"""The replay of a log is the step, card by card."""

import numpy as np
import pytest
from hypothesis import given
from numpy.typing import NDArray

from quiz.memory.fsrs import DEFAULT_WEIGHTS, step
from quiz.memory.replay import CARDS_AT_ONCE, replay
from quiz.memory.values import MemoryState, Rating
from tests.memory import strategies as some
from tests.memory.real_log import real_log

Entries = list[tuple[int, int, int]]


def stepped(log: Entries, weights: tuple[float, ...] = DEFAULT_WEIGHTS) -> tuple[list[MemoryState], list[MemoryState]]:
    """The states after every review, and the last ones by card."""
    last: dict[int, MemoryState] = {}
    every = []
    for card, rating, gap in log:
        last[card] = step(last.get(card), rating, gap, weights)
        every.append(last[card])
    return every, [last[card] for card in sorted(last)]


def assert_equal(replayed: tuple[NDArray[np.float64], NDArray[np.float64]], states: list[MemoryState]) -> None:
    np.testing.assert_allclose(np.column_stack(replayed), np.array(states), rtol=1e-9)


@given(some.logs, some.weights)
def test_replay_ends_in_the_states_of_the_step(log: Entries, weights: tuple[float, ...]) -> None:
    card, rating, gap = np.array(log).T
    every, last = stepped(log, weights)
    assert_equal(replay(card, rating.astype(np.int8), gap, weights), last)
    assert_equal(replay(card, rating.astype(np.int8), gap.astype(float), weights, every=True), every)


def test_replay_gives_every_state_of_the_real_log() -> None:
    log = real_log()
    every, last = stepped(list(zip(log.card.tolist(), log.rating.tolist(), log.gap.tolist(), strict=True)))
    assert_equal(replay(*log[:3], every=True), every)
    assert_equal(replay(*log[:3]), last)


def test_more_cards_than_are_stepped_at_once() -> None:
    chance = np.random.default_rng(7)
    card = np.append(np.arange(CARDS_AT_ONCE * 2 + 100), chance.integers(CARDS_AT_ONCE * 2 + 100, size=30_000))
    rating = chance.integers(1, 5, size=len(card)).astype(np.int8)
    gap = chance.integers(0, 40, size=len(card))
    every, last = stepped(list(zip(card.tolist(), rating.tolist(), gap.tolist(), strict=True)))
    assert_equal(replay(card, rating, gap, every=True), every)
    assert_equal(replay(card, rating, gap), last)


def test_replay_changes_none_of_its_arguments() -> None:
    arguments = np.array([0, 1, 0, 0]), np.array([3, 1, 1, 4], np.int8), np.array([0, 0, 2, -1])
    copies = [argument.copy() for argument in arguments]
    replay(*arguments, every=True)
    replay(*arguments)
    for argument, copy in zip(arguments, copies, strict=True):
        np.testing.assert_array_equal(argument, copy)


def test_a_clock_set_back_counts_as_the_same_study_day_and_warns_of_nothing() -> None:
    card, rating = np.array([0, 0, 0]), np.array([3, 3, 1], np.int8)
    with np.errstate(invalid="raise", divide="raise", over="raise"):
        set_back = replay(card, rating, np.array([0, -300, -300]))
    np.testing.assert_array_equal(set_back, replay(card, rating, np.array([0, 0, 0])))


def test_an_empty_log_has_no_states() -> None:
    nothing = np.array([], np.int64)
    for every in (False, True):
        stability, difficulty = replay(nothing, nothing.astype(np.int8), nothing, every=every)
        assert len(stability) == len(difficulty) == 0


def test_a_log_too_large_to_replay_at_once_is_refused_not_garbled() -> None:
    with pytest.raises(ValueError, match="too large to replay at once: 2 reviews"):
        replay(np.array([0, 0]), np.array([3, 3], np.int8), np.array([0, 2**58]))


def test_a_gap_may_be_thousands_of_years() -> None:
    stability, difficulty = replay(np.array([0, 0]), np.array([3, 3], np.int8), np.array([0, 2**40]))
    assert (stability[0], difficulty[0]) == pytest.approx(step(step(None, 3, 0), 3, 2**40), rel=1e-9)


def test_a_card_without_a_review_has_no_state() -> None:
    stability, difficulty = replay(np.array([0, 2]), np.array([3, 3], np.int8), np.array([0, 0]))
    assert np.isnan(stability).tolist() == np.isnan(difficulty).tolist() == [False, True, False]


@pytest.mark.parametrize("rating", Rating)
def test_a_single_review_is_the_first_state(rating: Rating) -> None:
    stability, difficulty = replay(np.array([0]), np.array([rating], np.int8), np.array([5]))
    assert (stability[0], difficulty[0]) == pytest.approx(step(None, rating, 0), rel=1e-12)
