"""What the learner does is recorded here, each in one durable transaction with the card that it makes."""

from collections.abc import Iterator

from quiz.errors import Misused
from quiz.store import cards, events
from quiz.store.cards import Stored
from quiz.store.open import Store
from quiz.study.card import Card
from quiz.study.day import Moment
from quiz.study.event import Event

RETRACTABLE = ("review", "bury", "suspend", "unsuspend", "flag", "unflag")


def record(store: Store, event: Event, before: Card, after: Card) -> Event:
    """Write an event and the card it makes of `before`; returns it with its id, device and seq.

    The card is replayed instead where the file no longer has `before` (another run was here, the settings changed), and
    where the event is not the latest of its card. An event with an id that the log has is returned as it stands there.
    """
    assert event.card == after.id
    with store.writing() as db:
        if event.id and (known := events.find(db, event.id)):
            return known[0]
        stored = cards.held(db, after.id)
        written, key, generation = _append(store, event, stored.newest)
        latest = stored.latest_at is None or stored.latest_at < event.at
        if stored.card == before and latest and generation == store.generation:
            cards.keep(db, [Stored(after, event.at, key)])
        else:
            _replay(store, after.id, key)
    return written


def record_event(store: Store, event: Event) -> Event:
    """Write any event: its card is replayed, and all cards where it changes a setting that they depend on."""
    with store.writing() as db:
        if event.id and (known := events.find(db, event.id)):
            return known[0]
        return _recorded(store, event)


def retract(store: Store, id: str, moment: Moment) -> Event:
    """Take an event back; its card becomes what the others make of it. Taken back twice is taken back once."""
    with store.writing() as db:
        found = events.find(db, id)
        if found is None:
            raise Misused(f"The log has no event {id!r}: `quiz log` shows what it has.")
        target, retracted = found
        if target.type == "retract":
            raise Misused("What was taken back stays so: answer the card again instead.")
        if retracted and (earlier := events.retraction(db, id)):
            return earlier
        return _recorded(store, Event("retract", *moment, session=target.session, card=target.card, retracts=id))


def events_of(store: Store, card: str | None = None) -> Iterator[tuple[Event, bool]]:
    """The events of a card, or the whole log, in order; each with whether it was retracted."""
    with store.reading() as db:
        yield from events.of_all(db) if card is None else events.of_card(db, card)


def events_in(store: Store, setting: str) -> list[Event]:
    """The standing events in a setting, in order."""
    with store.reading() as db:
        return events.of_setting(db, setting)


def confident_reviews(store: Store) -> list[Event]:
    """The standing reviews that say how sure the learner was, in order."""
    with store.reading() as db:
        return events.of_confidence(db)


def last_event(store: Store, card: str | None = None) -> Event | None:
    """What `quiz undo` takes back: this device's last event that still stands, of one card where it is named."""
    with store.reading() as db:
        place = store.position()
        if card is None:
            return events.last_of_lane(db, place.key, RETRACTABLE)
        mine = [
            event
            for event, retracted in events.of_card(db, card)
            if event.type in RETRACTABLE and not retracted and event.device == place.device
        ]
        return max(mine, key=lambda event: event.seq, default=None)


def _recorded(store: Store, event: Event) -> Event:
    newest = cards.held(store.connection, event.card).newest if event.card else None
    written, key, _ = _append(store, event, newest)
    if event.card:
        _replay(store, event.card, key)
    elif not store.learn():
        from quiz.store.rebuild import rebuild

        rebuild(store)
    return written


def _append(store: Store, event: Event, previous: int | None) -> tuple[Event, int, str]:
    """Write the event as this device's next; with its key and the generation of the cards."""
    place = store.position()
    key = place.key + 1
    event = event._replace(id=event.id or store.new_id(event.at), device=place.device, seq=key & events.SEQ)
    events.write(store.connection, key, event, previous)
    return event, key, place.generation


def _replay(store: Store, logged: str, key: int) -> None:
    """Make the card of an event anew that was written with `key` under the id `logged`."""
    db = store.connection
    store.learn()  # another run may have changed the settings
    cards.link(db, {logged: key})
    cards.replayed(db, cards.current(db, logged), store.settings)
