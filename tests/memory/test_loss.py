"""How well weights foretell."""

from math import isnan, log

import numpy as np
import pytest

from quiz.memory.fsrs import DEFAULT_WEIGHTS, retrievability, step
from quiz.memory.loss import foretold, log_loss
from tests.memory.real_log import real_log


def test_only_reviews_on_a_later_day_than_the_cards_last_one_are_foretold() -> None:
    card, gap = np.array([0, 1, 0, 0, 1]), np.array([0, 0, 0, 3, 2])
    asked, before = foretold(card, gap)
    assert (asked.tolist(), before.tolist()) == ([3, 4], [2, 1])


def test_the_loss_is_that_of_the_steps_by_hand() -> None:
    card, rating, gap = np.array([0, 0, 0]), np.array([3, 3, 1]), np.array([0, 2, 9])
    first = step(None, 3, 0)
    second = step(first, 3, 2)
    chances = retrievability(2, first.stability), 1 - retrievability(9, second.stability)
    assert log_loss(card, rating, gap) == pytest.approx(-sum(map(log, chances)) / 2)
    assert log_loss(card, rating, gap, 2) == pytest.approx(-log(chances[1]))
    assert isnan(log_loss(card[:1], rating[:1], gap[:1]))


def test_on_the_real_log_the_defaults_lose_what_is_known() -> None:
    its = real_log()
    assert log_loss(its.card, its.rating.astype(np.int64), its.gap, 0, DEFAULT_WEIGHTS) == pytest.approx(
        0.4650, abs=1e-4
    )
