from pathlib import Path

import pytest

from quiz.store import merge as merging
from quiz.store.merge import merge, new_device
from quiz.store.open import Store
from quiz.store.reviews import events_of, last_event, retract
from quiz.study.card import Card
from quiz.study.day import DAY_MS
from quiz.study.event import Event
from tests.store.conftest import MORNING, held, log, opened, rate, replayed, when


@pytest.fixture
def other(tmp_path: Path) -> Store:
    """The learner's file on another device."""
    return opened(tmp_path / "other.db", 1)


def test_two_devices_united_have_the_same_log_and_the_same_cards(store: Store, other: Store) -> None:
    for day, where in enumerate((store, other, store, other)):
        rate(where, "softmax", 1 + day % 3, MORNING + day * DAY_MS)
    rate(other, "dropout")
    assert (merge(store, log(other)), merge(other, log(store))) == (3, 2)
    assert log(store) == log(other)
    assert len(log(store)) == 5
    for card in ("softmax", "dropout"):
        assert held(store, card) == held(other, card) == replayed(store, card)


def test_what_is_known_already_adds_nothing(store: Store, other: Store) -> None:
    rate(other, "softmax")
    assert merge(store, log(other)) == 1
    position = store.position()
    assert merge(store, log(other)) == 0
    assert store.position() == position


def test_undo_takes_back_what_this_device_did_and_no_other(store: Store, other: Store) -> None:
    mine = rate(store, "softmax", 3, MORNING)
    rate(other, "softmax", 3, MORNING + DAY_MS)
    merge(store, log(other))
    assert last_event(store) == last_event(store, "softmax") == mine


def test_a_retraction_may_come_before_what_it_retracts(store: Store, other: Store) -> None:
    review = rate(other, "softmax")
    taken = retract(other, review.id, when(MORNING))
    merge(store, [taken])
    merge(store, [review])
    assert held(store, "softmax") == Card("softmax")
    assert next(events_of(store, "softmax")) == (review, True)


def test_a_retraction_that_names_no_card_holds_too(store: Store, other: Store) -> None:
    review = rate(other, "softmax")
    merge(store, [review])
    merge(store, [retract(other, review.id, when(MORNING))._replace(card=None)])
    assert held(store, "softmax") == Card("softmax")


def test_imported_events_become_this_devices_and_come_in_once(store: Store) -> None:
    rate(store, "softmax")
    imported = [Event("review", *when(MORNING), card="softmax", rating=3, id=f"import-{nth}") for nth in range(3)]
    assert (merge(store, imported), merge(store, imported)) == (3, 0)
    assert sorted(event.seq for event in log(store)) == [1, 2, 3, 4]
    assert {event.device for event in log(store)} == {store.position().device}
    assert held(store, "softmax") == replayed(store, "softmax")


def copies(tmp_path: Path) -> tuple[Store, Store]:
    """A file and a copy of it that were both answered in afterwards."""
    store = opened(tmp_path / "learner.db")
    rate(store, "softmax")
    (tmp_path / "copy.db").write_bytes((tmp_path / "learner.db").read_bytes())
    copy = opened(tmp_path / "copy.db", 9)
    rate(store, "softmax", 1, MORNING + DAY_MS)
    rate(copy, "softmax", 4, MORNING + DAY_MS)
    return store, copy


def test_a_file_that_meets_its_own_numbers_takes_a_new_device_and_loses_nothing(tmp_path: Path) -> None:
    store, copy = copies(tmp_path)
    device = store.position().device
    merge(store, log(copy))
    assert [event.seq for event in log(store)] == [1, 2, 2]
    assert store.position().device != device
    later = rate(store, "softmax", 3, MORNING + 2 * DAY_MS)
    assert (later.device, later.seq) == (store.position().device, 1)
    assert last_event(store) == later


def test_a_file_and_its_copy_agree_once_united(tmp_path: Path) -> None:
    store, copy = copies(tmp_path)
    merge(store, log(copy))
    merge(copy, log(store))
    assert log(store) == log(copy)
    assert held(store, "softmax") == held(copy, "softmax") == replayed(copy, "softmax")
    assert store.position().device != copy.position().device


def test_a_third_device_keeps_both_of_a_file_and_its_copy(tmp_path: Path, other: Store) -> None:
    store, copy = copies(tmp_path)
    device = other.position().device
    merge(other, log(copy))
    merge(other, log(store))
    assert len(log(other)) == 3
    assert other.position().device == device


def test_a_restored_backup_writes_as_a_new_device(store: Store) -> None:
    rate(store, "softmax")
    before = store.position()
    new_device(store)
    assert rate(store, "softmax", 3, MORNING + DAY_MS).seq == 1
    assert store.position().device != before.device
    assert store.position().generation != before.generation
    assert held(store, "softmax") == replayed(store, "softmax")


def test_settings_from_elsewhere_move_the_cards_here(store: Store) -> None:
    rate(store, "softmax", 4)
    setting = Event("set", *when(MORNING), data={"retention": 0.8}, id="a", device="elsewhere", seq=1)
    merge(store, [setting])
    assert store.settings.retention == 0.8
    assert held(store, "softmax") == replayed(store, "softmax")


@pytest.mark.parametrize("few", [0, 1000])
def test_many_cards_at_once_come_out_as_they_would_one_by_one(
    store: Store, other: Store, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merging, "FEW", few)
    for nth in range(40):
        rate(other, f"card-{nth % 11}", 1 + nth % 4, MORNING + nth * DAY_MS // 3)
    merge(store, log(other))
    for nth in range(11):
        ours, theirs = held(store, f"card-{nth}"), held(other, f"card-{nth}")
        assert ours._replace(state=None) == theirs._replace(state=None)
        assert ours.state == pytest.approx(theirs.state, rel=1e-9)
