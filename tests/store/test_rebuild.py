import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.store import cards
from quiz.store.merge import merge
from quiz.store.open import Store
from quiz.store.rebuild import adopt, rebuild
from quiz.store.reviews import last_event, record_event, retract
from quiz.study.card import Card
from quiz.study.day import DAY_MS
from quiz.study.event import Event
from tests.store.conftest import MORNING, held, log, mark, opened, rate, replayed, when

CARDS = ("softmax", "dropout", "softmax-old", "attention")
ALIASES: tuple[dict[str, str], ...] = (
    {},
    {"softmax-old": "softmax"},
    {"softmax-old": "logits", "dropout": "softmax", "never-seen": "attention"},
)
STEPS = (0, 0, 1, 60_000, 3 * 3_600_000, DAY_MS, DAY_MS, 9 * DAY_MS, -1, -2 * DAY_MS)


class Deed(NamedTuple):
    """Something that is done on a device."""

    device: int
    what: str
    card: str
    rating: int
    step: int
    """How far the clock has gone since the deed before, ms."""


deeds = st.lists(
    st.builds(
        Deed,
        st.integers(0, 2),
        st.sampled_from(
            ["review"] * 6 + ["undo", "undo card", "bury", "suspend", "unsuspend", "flag", "set", "stale", "alias"]
        ),
        st.sampled_from(CARDS),
        st.integers(1, 4),
        st.sampled_from(STEPS),
    ),
    max_size=30,
)


def do(store: Store, deed: Deed, at: int) -> None:
    """One deed; cards that have another id by now are asked under that one."""
    card = cards.current(store.connection, deed.card)
    match deed.what:
        case "review":
            rate(store, card, deed.rating, at)
        case "stale":
            rate(store, card, deed.rating, at, before=Card(card))
        case "undo" | "undo card":
            event = last_event(store, card if deed.what == "undo card" else None)
            if event:
                retract(store, event.id, when(at))
        case "set":
            record_event(store, Event("set", *when(at), data={"retention": 0.7 + deed.rating / 20}))
        case "alias":
            adopt(store, ALIASES[deed.rating % 3])
        case mark_:
            mark(store, mark_, card, at)


def check(store: Store) -> None:
    """Every stored card is what its events make it; settings and aliases are today's."""
    aliases = cards.aliases(store.connection)
    for card in {*CARDS, *aliases.values()} - set(aliases):
        stored, slow = held(store, card), replayed(store, card, [old for old, new in aliases.items() if new == card])
        assert stored._replace(state=None) == slow._replace(state=None)
        assert (stored.state is None) == (slow.state is None)
        if slow.state is not None:
            assert stored.state == pytest.approx(slow.state, rel=1e-9)


@given(deeds, st.permutations([0, 1, 2]), st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_stored_card_is_the_replay_of_its_events_whatever_happened_on_whichever_device(
    history: list[Deed], order: list[int], at_once: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        devices = [opened(Path(folder) / f"{nth}.db", nth) for nth in range(3)]
        at = MORNING
        for deed in history:
            at += deed.step
            do(devices[deed.device], deed, at)
            check(devices[deed.device])
        logs = [log(store) for store in devices]
        for store in devices:
            adopt(store, {})
            if at_once:
                merge(store, [event for nth in order for event in logs[nth]])
            else:
                for nth in order:
                    merge(store, logs[nth][::-1])
            check(store)
        assert log(devices[0]) == log(devices[1]) == log(devices[2])
        for store in devices:
            adopt(store, ALIASES[2])
            check(store)
            with store.writing():
                rebuild(store)
            check(store)
            store.close()


def everything(store: Store, ids: Iterable[str]) -> dict[str, Card]:
    return {card: held(store, card) for card in ids}


def test_a_renamed_card_keeps_its_history(store: Store) -> None:
    rate(store, "softmax-old", 3, MORNING)
    adopt(store, {"softmax-old": "softmax"})
    assert held(store, "softmax").reps == 1
    assert held(store, "softmax-old") == Card("softmax-old")
    rate(store, "softmax", 3, MORNING + DAY_MS)
    assert held(store, "softmax") == replayed(store, "softmax", ["softmax-old"])
    assert [event.card for event in log(store)] == ["softmax-old", "softmax"], "the log keeps the id it was given"


def test_two_cards_made_one_have_the_history_of_both_and_part_again(store: Store) -> None:
    rate(store, "softmax", 1, MORNING)
    rate(store, "logits", 4, MORNING + DAY_MS)
    apart = everything(store, ("softmax", "logits"))
    adopt(store, {"logits": "softmax"})
    assert held(store, "softmax").reps == 2
    adopt(store, {})
    assert everything(store, ("softmax", "logits")) == apart


def test_an_answer_recorded_under_an_old_id_counts_for_the_new_one(store: Store) -> None:
    rate(store, "softmax-old", 3, MORNING)
    adopt(store, {"softmax-old": "softmax"})
    record_event(store, Event("review", *when(MORNING + DAY_MS), card="softmax-old", rating=4))
    assert held(store, "softmax").reps == 2


def test_aliases_of_cards_that_the_log_does_not_have_change_nothing(store: Store) -> None:
    rate(store, "softmax")
    position = store.position()
    adopt(store, {"other-old": "other"})
    assert store.position() == position


def test_an_empty_log_rebuilds_to_nothing(store: Store) -> None:
    with store.writing():
        rebuild(store)
    assert list(cards.every(store.connection)) == []


def test_reviews_that_only_their_ids_tell_apart_come_in_the_order_of_their_ids(store: Store) -> None:
    twins = [
        Event("review", *when(MORNING), card="softmax", rating=rating, id=id, device="copied", seq=1)
        for rating, id in ((1, "b"), (4, "a"))
    ]
    for order in (twins, twins[::-1]):
        merge(store, order)
        with store.writing():
            rebuild(store)
        assert held(store, "softmax") == replayed(store, "softmax")
        assert held(store, "softmax").last_rating == 1


def test_what_is_no_rating_is_kept_and_moves_nothing(store: Store) -> None:
    rate(store, "softmax")
    card = held(store, "softmax")
    merge(store, [Event("review", *when(MORNING), card="softmax", rating=7, id="x", device="d", seq=1)])
    assert held(store, "softmax") == card
    with store.writing():
        rebuild(store)
    assert held(store, "softmax") == card
    assert len(log(store)) == 2
