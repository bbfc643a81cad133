from pathlib import Path

import pytest

from quiz.errors import Misused
from quiz.store.open import Store
from quiz.store.reviews import (
    confident_reviews,
    events_in,
    events_of,
    last_event,
    record,
    record_event,
    retract,
)
from quiz.study.card import Card
from quiz.study.day import DAY_MS
from quiz.study.event import Event
from tests.store.conftest import MORNING, TODAY, held, log, mark, opened, rate, replayed, when

MINUTE = 60_000


def test_an_answer_is_written_with_an_id_this_device_and_the_next_number(store: Store) -> None:
    first, second = rate(store, "softmax", 3), rate(store, "dropout", 1, MORNING + MINUTE)
    assert log(store) == [first, second]
    assert (first.seq, second.seq) == (1, 2)
    assert first.device == second.device == store.position().device
    assert first.id != second.id
    assert first.data == {"response": "dividing by √d"}


def test_the_card_is_stored_as_its_events_make_it(store: Store) -> None:
    for day, rating in enumerate((1, 3, 3, 2, 4)):
        rate(store, "softmax", rating, MORNING + day * DAY_MS)
        assert held(store, "softmax") == replayed(store, "softmax")
    assert held(store, "softmax").reps == 5


def test_what_no_card_knows_of_is_kept(store: Store) -> None:
    lone = Event("round", *when(MORNING), data={"score": 7, "later": {"key": [None]}})
    unknown = Event("dream", *when(MORNING), card="softmax", setting="asleep", seconds=0.5)
    kept = [record_event(store, lone), record_event(store, unknown)]
    assert log(store) == kept
    assert kept[0]._replace(id="", device="", seq=0) == lone
    assert held(store, "softmax") == Card("softmax")


def test_text_that_is_no_valid_unicode_is_kept(store: Store) -> None:
    event = record_event(
        store, Event("review", *when(MORNING), card="softmax", rating=3, data={"response": "\ud800 é"})
    )
    assert log(store) == [event]


def test_the_log_keeps_what_is_taken_back(store: Store) -> None:
    review = rate(store, "softmax")
    taken = retract(store, review.id, when(MORNING + MINUTE))
    assert (taken.type, taken.retracts, taken.card) == ("retract", review.id, "softmax")
    assert list(events_of(store)) == [(review, True), (taken, False)]
    assert held(store, "softmax") == Card("softmax")


def test_an_answer_taken_back_and_given_again_counts_once(store: Store) -> None:
    review = rate(store, "softmax", 1)
    retract(store, review.id, when(MORNING + MINUTE))
    rate(store, "softmax", 3, MORNING + 2 * MINUTE)
    assert held(store, "softmax").reps == 1
    assert held(store, "softmax").last_rating == 3


def test_taken_back_twice_is_taken_back_once(store: Store) -> None:
    review = rate(store, "softmax")
    taken = retract(store, review.id, when(MORNING + MINUTE))
    assert retract(store, review.id, when(MORNING + 2 * MINUTE)) == taken
    assert len(log(store)) == 2


def test_what_took_something_back_cannot_be_taken_back(store: Store) -> None:
    taken = retract(store, rate(store, "softmax").id, when(MORNING))
    with pytest.raises(Misused, match="answer the card again"):
        retract(store, taken.id, when(MORNING))


def test_an_event_that_nobody_recorded_cannot_be_taken_back(store: Store) -> None:
    with pytest.raises(Misused, match="no event 'x'"):
        retract(store, "x", when(MORNING))


def test_an_event_recorded_again_under_its_id_adds_nothing(store: Store) -> None:
    review = rate(store, "softmax")
    card = held(store, "softmax")
    assert record(store, review, card, card) == review
    assert record_event(store, review) == review
    assert log(store) == [review]


def test_marks_change_the_card_and_nothing_of_its_memory(store: Store) -> None:
    rate(store, "softmax")
    before = held(store, "softmax")
    for type in ("bury", "suspend", "flag"):
        mark(store, type, "softmax", MORNING + MINUTE)
    assert held(store, "softmax") == before._replace(buried_on=TODAY, suspended=True, flagged=True)
    mark(store, "unsuspend", "softmax", MORNING + 2 * MINUTE)
    mark(store, "unflag", "softmax", MORNING + 2 * MINUTE)
    assert held(store, "softmax") == before._replace(buried_on=TODAY)


def test_undo_goes_back_through_all_that_was_done(store: Store) -> None:
    done = [rate(store, "softmax"), mark(store, "bury", "dropout"), mark(store, "flag", "softmax")]
    record_event(store, Event("round", *when(MORNING)))
    undone = []
    while (event := last_event(store)) is not None:
        undone.append(event)
        retract(store, event.id, when(MORNING))
    assert undone == done[::-1]
    assert held(store, "softmax") == Card("softmax")


def test_undo_of_one_card_leaves_the_others_alone(store: Store) -> None:
    first, _ = rate(store, "softmax"), rate(store, "dropout")
    assert last_event(store, "softmax") == first
    assert last_event(store, "attention") is None


def test_the_last_thing_done_is_undone_first_even_if_the_clock_was_set_back(store: Store) -> None:
    rate(store, "softmax", 3, MORNING)
    late = rate(store, "softmax", 1, MORNING - 3 * DAY_MS)
    assert last_event(store, "softmax") == last_event(store) == late


def test_an_answer_with_a_clock_that_was_set_back_takes_its_place_in_the_order(store: Store) -> None:
    rate(store, "softmax", 3, MORNING)
    rate(store, "softmax", 1, MORNING - 3 * DAY_MS)
    card = held(store, "softmax")
    assert card == replayed(store, "softmax")
    assert (card.last_rating, card.last_at, card.reps) == (3, MORNING, 2)


@pytest.mark.parametrize("at", [-86_400_000 * 365, 0, 2_208_988_800_000], ids=["1969", "1970", "2040"])
def test_no_year_is_too_odd(store: Store, at: int) -> None:
    rate(store, "softmax", 1, MORNING)
    rate(store, "softmax", 3, at)
    assert held(store, "softmax") == replayed(store, "softmax")


def test_two_runs_that_answer_one_card_keep_both_answers(tmp_path: Path) -> None:
    one, other = opened(tmp_path / "learner.db", 1), opened(tmp_path / "learner.db", 2)
    asked = held(one, "softmax")
    rate(one, "softmax", 1, MORNING, before=asked)
    rate(other, "softmax", 3, MORNING + MINUTE, before=asked)
    card = held(one, "softmax")
    assert card.reps == 2
    assert card == held(other, "softmax") == replayed(one, "softmax")
    assert [event.seq for event in log(other)] == [1, 2]


def test_new_settings_move_all_cards_and_hold_in_every_run(tmp_path: Path) -> None:
    store, other = opened(tmp_path / "learner.db", 1), opened(tmp_path / "learner.db", 2)
    for card in ("softmax", "dropout"):
        rate(store, card, 4)
    due = held(store, "softmax").due or 0
    change = record_event(store, Event("set", *when(MORNING), data={"retention": 0.8}))
    assert store.settings.retention == 0.8
    assert held(store, "softmax") == replayed(store, "softmax")
    assert (held(store, "softmax").due or 0) > due
    rate(other, "softmax", 3, MORNING + DAY_MS)
    assert held(other, "softmax") == replayed(store, "softmax"), "the other run has learnt of it"
    store.close()
    assert opened(tmp_path / "learner.db").settings.retention == 0.8
    retract(other, change.id, when(MORNING + DAY_MS))
    assert other.settings.retention == 0.9
    assert held(other, "dropout") == replayed(other, "dropout")


def test_cards_made_by_a_program_with_other_rules_are_made_anew(tmp_path: Path) -> None:
    store = opened(tmp_path / "learner.db")
    rate(store, "softmax")
    card = held(store, "softmax")
    store.connection.execute("UPDATE learner SET rules = 'fsrs-5'")
    store.connection.execute("UPDATE card SET due = 0, stability = 1")
    store.close()
    assert held(opened(tmp_path / "learner.db"), "softmax") == card


def test_the_events_of_a_setting_and_the_reviews_with_a_confidence_are_found_without_those_taken_back(
    store: Store,
) -> None:
    sure = Event("review", *when(MORNING), card="one", rating=3, setting="interview", data={"confidence": 0.9})
    kept = record_event(store, sure)
    gone = record_event(store, sure._replace(at=MORNING + 1))
    retract(store, gone.id, when(MORNING + 2))
    rate(store, "two")
    assert [event.id for event in events_in(store, "interview")] == [kept.id]
    assert [event.id for event in confident_reviews(store)] == [kept.id]
