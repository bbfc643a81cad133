"""Events from elsewhere: another device, a backup, an import. Uniting is by id, so that the order does not matter."""

from collections.abc import Iterable

from quiz.store import cards, events
from quiz.store.open import NO_TIME, Store
from quiz.store.rebuild import rebuild
from quiz.study.event import Event

FEW = 300
"""So many cards are replayed one by one sooner than NumPy is imported."""


def merge(store: Store, incoming: Iterable[Event]) -> int:
    """Add the events that the log does not have, in one transaction; returns how many.

    An event without a device becomes this device's. One whose device and seq the log has under another id comes from a
    copy of a file that went on by itself: both are kept, and if the copy was of this file, it writes as a new device.
    """
    with store.writing() as db:
        added = 0
        touched: set[str] = set()
        newest: dict[str, int] = {}
        for event in incoming:
            if events.known(db, event.id):
                continue
            added += 1
            key = _key(store, event)
            events.write(db, key, event, newest.get(event.card or "") or cards.held(db, event.card or "").newest)
            if event.card:
                newest[event.card] = key
                touched.add(event.card)
            if event.retracts and (target := events.find(db, event.retracts)):
                touched.add(target[0].card or "")
        cards.link(db, newest)
        if added and (not store.learn() or len(touched) > FEW):
            rebuild(store)
        elif added:
            for card in {cards.current(db, card) for card in touched if card}:
                cards.replayed(db, card, store.settings)
            store.renew()
    return added


def new_device(store: Store) -> None:
    """Let the file write as a device of its own from now on: a restored backup must not give numbers twice."""
    with store.writing():
        _new_device(store)
        store.renew()


def _key(store: Store, event: Event) -> int:
    """Where an event from elsewhere goes: the first lane of its device in which its number is free."""
    if not event.device:
        return store.position().key + 1
    lanes = [lane for lane, device in events.devices(store.connection).items() if device == event.device]
    for lane in lanes:
        key = lane << events.SEQ_BITS | event.seq
        if not events.id_at(store.connection, key):
            return key
    if event.device == store.position().device:
        _new_device(store)
    return events.new_lane(store.connection, event.device) << events.SEQ_BITS | event.seq


def _new_device(store: Store) -> None:
    lane = events.new_lane(store.connection, store.new_id(NO_TIME))
    store.connection.execute("UPDATE learner SET lane = ?", (lane,))
