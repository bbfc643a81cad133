"""The agenda: which card comes when. It joins the bank's index with the learner's file, so that no start has to.

A cache, safe to delete. What this device recorded since it was written is taken in card by card; where the bank or the
cards changed otherwise, it is made anew.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, TypeVar

from quiz.bank.index import Index
from quiz.store import cards, events, timetable
from quiz.store.faults import told
from quiz.store.open import Store
from quiz.store.timetable import Stamp
from quiz.study.card import Card
from quiz.study.deck import WHOLE_BANK, Deck
from quiz.study.queue import Answered, Candidates, Counts, Entry, coming_again

T = TypeVar("T")
WAIT = 5.0
"""Seconds for another run to finish writing."""
MET = "SELECT concept FROM entry WHERE last_day = :day"
BURIED = "SELECT concept FROM entry WHERE buried_on = :day"
# Neither buried today nor of a concept that was met today, which takes out what was answered today too.
FREE = f"buried_on IS NOT :day AND concept NOT IN ({MET})"


def open_agenda(store: Store, index: Index, cache: str) -> "Agenda":
    """The agenda of this bank and this learner, up to date, kept in the folder `cache` (in memory where that fails)."""
    name = os.path.basename(index.path).partition(".")[0].replace("bank", "agenda") + ".db"
    return Agenda(store, index, os.path.join(cache, name))


class Agenda:
    """What comes when, for every question of the bank. Days are study days; the empty deck is the whole bank."""

    def __init__(self, store: Store, index: Index, path: str) -> None:
        self._store = store
        self._index = index
        self._path = path
        self._db: sqlite3.Connection | None = None
        self.catch_up()

    def catch_up(self) -> None:
        """Take in what was recorded since the last time, here or by another run."""
        self._mended(self._catch_up)

    def card(self, id: str) -> Card:
        """The card of a question as the learner's file has it."""
        with self._store.reading() as store:
            card = cards.held(store, id).card
        if not self._mended(lambda db: timetable.shows(db, card)):
            self.catch_up()  # another run answered ...
            if not self._mended(lambda db: timetable.shows(db, card)):
                self._mended(self._make)  # ... or the machine failed before the agenda had reached the disk
        return card

    def links(self, id: str) -> tuple[str, ...]:
        """The follow-ups and parents of a question."""
        from json import loads

        rows = self._index.all("SELECT links FROM question WHERE id = ?", (id,))
        return tuple(link for (links,) in rows for link in loads(links))

    def today(self, study_day: int, deck: Deck = WHOLE_BANK) -> list[Answered]:
        """The cards that were answered on this study day."""
        rows = self._rows(
            "SELECT id, concept, topic, level, last_at, last_rating, first_day = :day, "
            "status = 'suspended' OR buried_on IS :day FROM entry WHERE last_day = :day",
            study_day,
            deck,
        )
        return [Answered._make((*row[:6], bool(row[6]), bool(row[7]))) for row in rows]

    def candidates(self, study_day: int, deck: Deck = WHOLE_BANK, limit: int = 200) -> Candidates:
        """What can be asked today: due cards, the earliest due day first, and new ones in the order of learning."""
        due = self._queue(f"due <= :day AND {FREE}", "due, rank", study_day, deck, limit)
        new = self._queue(f"status = 'new' AND due IS NULL AND {FREE}", "rank", study_day, deck, limit)
        return Candidates(due, new)

    def ahead(self, study_day: int, deck: Deck = WHOLE_BANK, limit: int = 200) -> Candidates:
        """What could be practised before its day, the soonest first, as if it were due."""
        return Candidates(self._queue(f"due > :day AND {FREE}", "due, rank", study_day, deck, limit), ())

    def counts(self, study_day: int, deck: Deck = WHOLE_BANK) -> Counts:
        """The study day in numbers."""
        sums = self._sums_of_deck if any(deck) else self._sums
        status, cards_due, due = sums(study_day, deck)
        today = self.today(study_day, deck)
        due += len(coming_again(today))
        new, learning, learnt = (status.get(name, 0) for name in ("new", "learning", "learnt"))
        buried = "SELECT count(*) FROM entry WHERE buried_on = :day AND status <> 'suspended'"
        return Counts(
            due=due,
            new=new,
            new_today=sum(answered.new for answered in today),
            learning=learning,
            learnt=learnt,
            total=new + learning + learnt,
            suspended=status.get("suspended", 0),
            buried=self._number(buried, study_day, deck),
            answered_today=len(today),
            next_due=study_day + 1 if cards_due > due else self._first_due_after(study_day, deck),
        )

    def coming(self, days: int, study_day: int) -> list[int]:
        """How many cards fall due on each of the next `days`, those that are due already on the first."""
        rows = self._rows("SELECT key, number FROM tally WHERE what = 'due' AND key <= :day", study_day + days)
        load = [0] * days
        for day, number in rows:
            load[max(0, day - study_day - 1)] += number
        return load

    def states(self) -> Iterator[tuple[str, str]]:
        """Every question's id and its state (new, learning, learnt, suspended), in the order of learning."""
        return iter(self._rows("SELECT id, status FROM entry ORDER BY rank", 0))

    def cards(self) -> list[Card]:
        """All cards that the learner's file has, by the ids of today."""
        with self._store.reading() as store:
            return list(cards.every(store))

    def current_ids(self) -> dict[str, str]:
        """The ids in the log that questions had before -> those of today."""
        with self._store.reading() as store:
            return cards.aliases(store)

    def strangers(self) -> list[str]:
        """The ids in the log that the bank does not have any more."""
        known = {id for id, _ in self.states()}
        with self._store.reading() as store:
            return [id for id in cards.logged(store) if id not in known]

    def _first_due_after(self, study_day: int, deck: Deck) -> int | None:
        rows = self._rows("SELECT due FROM entry WHERE due > :day", study_day, deck, "ORDER BY due LIMIT 1")
        return int(rows[0][0]) if rows else None

    def _sums(self, study_day: int, deck: Deck) -> tuple[dict[str, int], int, int]:
        """Cards by status, cards due, and concepts with a card that can be asked, apart from those coming again."""
        status = dict(self._rows("SELECT key, number FROM tally WHERE what = 'status'", 0))
        until = "SELECT coalesce(sum(number), 0) FROM tally WHERE key <= :day AND what = "
        cards_due, due = (self._number(f"{until}'{what}'", study_day) for what in ("due", "concept"))
        touched = f"SELECT count(DISTINCT concept) FROM entry WHERE due <= :day AND concept IN ({MET} UNION {BURIED})"
        still = f"SELECT count(DISTINCT concept) FROM entry WHERE due <= :day AND concept IN ({BURIED}) AND {FREE}"
        due += self._number(still, study_day) - self._number(touched, study_day)
        return status, cards_due, due

    def _sums_of_deck(self, study_day: int, deck: Deck) -> tuple[dict[str, int], int, int]:
        """The same, by counting the deck's cards."""
        status = dict(self._rows("SELECT status, count(*) FROM entry WHERE true", study_day, deck, "GROUP BY status"))
        cards_due = self._number("SELECT count(*) FROM entry WHERE due <= :day", study_day, deck)
        free = f"SELECT count(DISTINCT concept) FROM entry WHERE due <= :day AND {FREE}"
        return status, cards_due, self._number(free, study_day, deck)

    def _queue(self, where: str, order: str, study_day: int, deck: Deck, limit: int) -> list[Entry]:
        sql = f"SELECT id, concept, topic, level, due FROM entry WHERE {where}"
        return list(map(Entry._make, self._rows(sql, study_day, deck, f"ORDER BY {order} LIMIT :limit", limit=limit)))

    def _number(self, sql: str, study_day: int, deck: Deck = WHOLE_BANK) -> int:
        return int(self._rows(sql, study_day, deck)[0][0])

    def _rows(self, sql: str, study_day: int, deck: Deck = WHOLE_BANK, end: str = "", **values: Any) -> list[Any]:
        """The rows of a query with a WHERE, for the cards of a deck."""
        where, chosen = _passing(deck) if any(deck) else ("", {})
        named = {"day": study_day, **values, **chosen}
        return self._mended(lambda db: db.execute(f"{sql}{where} {end}", named).fetchall())

    def _mended(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do some work on the timetable; where that cannot be done, on one that is made anew."""
        try:
            self._db = self._db or timetable.connect(self._path, WAIT)
            return work(self._db)
        except sqlite3.Error as error:
            if self._db is not None:
                self._db.close()
            if isinstance(error, sqlite3.OperationalError):  # no right, no room, held by another run: let it be
                self._path = ":memory:"
            else:
                with suppress(OSError):
                    os.remove(self._path)
        with told(self._path):
            self._db = timetable.connect(self._path, WAIT)
            self._make(self._db)
            return work(self._db)

    def _catch_up(self, db: sqlite3.Connection) -> None:
        now = self._now()
        shown = timetable.shown(db)
        if shown == now:
            return
        newer = self._changed(shown, now)
        if newer is None:
            self._make(db)
            return
        with self._store.reading() as store, timetable.writing(db):
            for id in newer:
                timetable.put(db, cards.held(store, id).card)
            timetable.stamp(db, now)

    def _now(self) -> Stamp:
        return Stamp(self._index.fingerprint, *self._store.position())

    def _changed(self, shown: Stamp | None, now: Stamp) -> set[str] | None:
        """The cards that this device has touched since; None where more has changed than that."""
        if shown is None or shown[:3] != now[:3] or shown.key > now.key:
            return None
        with self._store.reading() as store:
            if events.id_at(store, shown.key) != shown.event:
                return None
            newer = events.of_lane(store, shown.key, now.key)
        renamed = (self._index.all("SELECT 1 FROM alias WHERE old = ?", (id,)) for id in newer)
        return None if any(any(row) for row in renamed) else newer  # a run with an older bank may use an old id

    def _make(self, db: sqlite3.Connection) -> None:
        from quiz.store.rebuild import adopt

        adopt(self._store, dict(self._index.all("SELECT old, id FROM alias")))
        questions = self._index.all("SELECT rank, id, area, topic, concept, level, kind, tags FROM question")
        with timetable.writing(db):
            now = self._now()  # before the cards: what is recorded meanwhile is taken in again next time
            with self._store.reading() as store:
                known = {card.id: card for card in cards.every(store)}
            timetable.make(db, questions, known)
            timetable.stamp(db, now)


def _passing(deck: Deck) -> tuple[str, dict[str, str]]:
    """The deck as SQL, to go behind another condition: any of the values within a field, all fields together."""
    sql = ""
    values: dict[str, str] = {}
    for column, wanted in zip(("area", "topic", "level", "kind", "tag"), deck, strict=True):
        if wanted:
            names = {f"{column}{nth}": value for nth, value in enumerate(wanted)}
            among = f"IN ({', '.join(':' + name for name in names)})"
            tagged = f"EXISTS (SELECT 1 FROM json_each(tags) WHERE value {among})"
            sql += f" AND {tagged if column == 'tag' else f'{column} {among}'}"
            values |= names
    return sql, values
