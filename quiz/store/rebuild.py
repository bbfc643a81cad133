"""All cards made anew from the log: after a change of settings or aliases, or when much was united at once."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from quiz.memory.values import MemoryState, Rating
from quiz.store import cards, events
from quiz.store.cards import Stored
from quiz.store.open import Store
from quiz.study.card import Card, applied, reviewed
from quiz.study.settings import Settings

if TYPE_CHECKING:  # imported where it is used: no start waits for it
    import sqlite3

    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]


def adopt(store: Store, aliases: Mapping[str, str]) -> None:
    """Give the events under old ids to the questions that have these as aliases (old id -> id), where that is news."""
    with store.reading() as db:
        logged = {old: new for old, new in aliases.items() if cards.held(db, old).newest is not None}
        known = cards.aliases(db)
    if logged != known:
        with store.writing() as db:
            db.execute("DELETE FROM alias")
            db.executemany("INSERT INTO alias (old, new) VALUES (?, ?)", logged.items())
            rebuild(store)


def rebuild(store: Store) -> None:
    """Make every stored card what the log says, in a transaction that the caller holds."""
    db = store.connection
    store.learn()
    newest = dict(db.execute("SELECT id, newest FROM card"))
    made = {id: Stored(Card(id), None, None) for id in newest}
    log = _reviews(db)
    for card in _cards(log, store.settings):
        made[card.id] = Stored(card, card.last_at, None)
    aliases = cards.aliases(db)
    for event in events.of_marks(db):
        id = aliases.get(event.card or "", event.card or "")
        card, latest_at, _ = made.get(id) or Stored(Card(id), None, None)
        made[id] = Stored(applied(card, event, store.settings), max(event.at, latest_at or event.at), None)
    cards.keep(db, (stored._replace(newest=newest.get(id)) for id, stored in made.items()))
    for id in _twins(log):
        cards.replayed(db, id, store.settings)
    store.renew()


class _Log(NamedTuple):
    """The standing reviews, card by card and each card's in order; all arrays (reviews,) but the names (cards,)."""

    names: list[str]
    card: "Ints"
    """Index of its name."""
    at: "Ints"
    device: "Ints"
    seq: "Ints"
    rating: "Ints"
    day: "Ints"


def _reviews(db: "sqlite3.Connection") -> _Log:
    import numpy as np

    aliases = cards.aliases(db)
    codes: dict[str, int] = {}
    rows = db.execute(
        "SELECT key, at, rating, study_day, card FROM event "
        "WHERE type = 'review' AND card IS NOT NULL AND rating BETWEEN 1 AND 4 "
        "AND id NOT IN (SELECT retracts FROM event WHERE retracts IS NOT NULL AND type = 'retract')"
    )
    coded = ((*row, codes.setdefault(aliases.get(card, card), len(codes))) for *row, card in rows)
    log = np.fromiter(coded, np.dtype([(name, np.int64) for name in ("key", "at", "rating", "day", "card")]))
    lanes = events.devices(db)
    rank = {device: nth for nth, device in enumerate(sorted(set(lanes.values())))}
    ranks = np.array([rank.get(lanes.get(lane, ""), 0) for lane in range(max(lanes) + 1)])
    device, seq = ranks[log["key"] >> events.SEQ_BITS], log["key"] & events.SEQ
    order = np.lexsort((seq, device, log["at"], log["card"]))
    columns = (log["card"], log["at"], device, seq, log["rating"], log["day"])
    return _Log(list(codes), *(column[order] for column in columns))


def _cards(log: _Log, settings: Settings) -> Iterator[Card]:
    """The cards that the reviews make: all but the last of each card stepped together, the last one by `reviewed`."""
    if not log.names:
        return
    import numpy as np

    from quiz.memory.replay import replay

    starts = np.flatnonzero(np.diff(log.card, prepend=-1))
    ends = np.append(starts[1:], len(log.card)) - 1
    gap = np.maximum(np.diff(log.day, prepend=0), 0)
    gap[starts] = 0
    earlier = np.ones(len(log.card), bool)
    earlier[ends] = False
    states = np.full((2, len(log.names)), np.nan)
    if earlier.any():
        stability, difficulty = replay(log.card[earlier], log.rating[earlier], gap[earlier], settings.weights)
        states[:, : len(stability)] = stability, difficulty
    lapses = np.add.reduceat(earlier & (log.rating == Rating.AGAIN) & (gap > 0), starts, dtype=np.int64)
    before = (log.day[starts], log.day[ends - 1], ends - starts, lapses, *states)
    last = (log.rating[ends], log.at[ends], log.day[ends])
    columns: Any = (column.tolist() for column in (*before, *last))
    for name, first_day, last_day, reps, lapsed, s, d, rating, at, day in zip(log.names, *columns, strict=True):
        card = (
            Card(name, MemoryState(s, d), None, first_day, last_day, None, None, reps, lapsed) if reps else Card(name)
        )
        yield reviewed(card, rating, at, day, settings)


def _twins(log: _Log) -> set[str]:
    """The cards with two reviews that only their ids tell apart: from a file and its copy that both went on."""
    if not log.names:
        return set()
    twin = (log.card[1:] == log.card[:-1]) & (log.at[1:] == log.at[:-1])
    twin &= (log.device[1:] == log.device[:-1]) & (log.seq[1:] == log.seq[:-1])
    return {log.names[code] for code in log.card[1:][twin].tolist()}
