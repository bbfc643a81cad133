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
from quiz.memory.calibration import Calibration
from quiz.store import cards, daily, events, learning, timetable
from quiz.store.faults import told
from quiz.store.open import Store
from quiz.store.timetable import Stamp
from quiz.study.card import Card
from quiz.study.deck import WHOLE_BANK, Deck
from quiz.study.queue import Answered, Candidates, Counts, Entry, askable, coming_again
from quiz.study.settings import Settings

T = TypeVar("T")
WAIT = 5.0
"""Seconds for another run to finish writing."""
MET = "SELECT concept FROM entry WHERE last_day = :day"
BURIED = "SELECT concept FROM entry WHERE buried_on = :day"
# Neither buried today nor of a concept that was met today, which takes out what was answered today too.
FREE = f"buried_on IS NOT :day AND concept NOT IN ({MET})"

# Of the day's list: what was not answered yet and not set aside.
LEFT = "last_day IS NOT :day AND buried_on IS NOT :day AND status <> 'suspended'"


def open_agenda(store: Store, index: Index, cache: str, study_day: int = 0) -> "Agenda":
    """The agenda of this bank and this learner, up to date, kept in the folder `cache` (in memory where that fails).

    On the study day it depends whether a plan still decides what is learnt.
    """
    name = os.path.basename(index.path).partition(".")[0].replace("bank", "agenda") + ".db"
    return Agenda(store, index, os.path.join(cache, name), study_day)


class Agenda:
    """What comes when, for every question of the bank. Days are study days; the empty deck is the whole bank."""

    def __init__(self, store: Store, index: Index, path: str, study_day: int) -> None:
        self._store = store
        self._opened_on = study_day
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
        if not self._mended(lambda db: timetable.shows(db, card, self._settings())):
            self.catch_up()  # another run answered ...
            if not self._mended(lambda db: timetable.shows(db, card, self._settings())):
                self._mended(self._make)  # ... or the machine failed before the agenda had reached the disk
        return card

    def state(self, id: str) -> str:
        """What the card of a question counts as: new, learning, learnt, suspended."""
        return str(self._mended(lambda db: db.execute("SELECT status FROM entry WHERE id = ?", (id,)).fetchone())[0])

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
        """What can be asked today: due cards, the earliest due day first, and new ones in the order of learning.

        A backlog comes in the order that raises recall most; while a plan lasts, all there is is the day's list.
        """
        list_of = self._list(study_day)
        if self._store.settings.plan_on(study_day):
            return Candidates(self._listed(LEFT, study_day, deck, limit), (), together=list_of.final)
        due = self._listed(f"due <= :day AND {FREE}", study_day, deck, limit)
        if len(due) < limit:
            first = {entry.id for entry in due}
            rest = self._queue(f"due <= :day AND {FREE}", "due, rank", study_day, deck, limit)
            due += [entry for entry in rest if entry.id not in first]
        new = self._queue(f"status = 'new' AND due IS NULL AND {FREE}", "rank", study_day, deck, limit)
        return Candidates(due, new)

    def ahead(self, study_day: int, deck: Deck = WHOLE_BANK, limit: int = 200) -> Candidates:
        """What could be practised before its day, the soonest first, as if it were due.

        While a plan lasts its list decides what is due.
        """
        later = "due > :day"
        if self._store.settings.plan_on(study_day):
            self._list(study_day)
            later = "due IS NOT NULL AND id NOT IN (SELECT id FROM listed WHERE nth > 0)"
        return Candidates(self._queue(f"{later} AND {FREE}", "due, rank", study_day, deck, limit), ())

    def calibration(self, study_day: int) -> Calibration:
        """What the days before this one have taught about this learner's chances of recall."""
        known = self._mended(learning.kept)
        if known and known[0] == study_day:
            return known[1]
        return self._mended(lambda db: self._learn(db, study_day))

    def on_the_day(self, study_day: int) -> tuple[int, float | None]:
        """How many questions are in the plan, and the mean chance on the interview day if nothing more is done."""
        self.calibration(study_day)
        rows = self._rows("SELECT what, number FROM tally WHERE what IN ('plan', 'on_the_day') AND key = 0", 0)
        sums = {what: int(number) for what, number in rows}
        count = sums.get("plan", 0)
        return count, sums.get("on_the_day", 0) / count / timetable.MILLIONTHS if count else None

    def planned(self, study_day: int) -> tuple[list[daily.Candidate], int]:
        """The plan's questions as they are now, and how many of them are on today's list."""
        plan = self._store.settings.plan_on(study_day)
        assert plan is not None
        self._list(study_day)
        found = self._mended(lambda db: daily.candidates(db, self._store, study_day, plan))
        return found, self._number("SELECT count(*) FROM listed WHERE nth > 0", study_day)

    def counts(self, study_day: int, deck: Deck = WHOLE_BANK) -> Counts:
        """The study day in numbers."""
        sums = self._sums_of_deck if any(deck) else self._sums
        status, cards_due, due = sums(study_day, deck)
        today = self.today(study_day, deck)
        plan = self._store.settings.plan_on(study_day)
        if plan is not None:
            left = askable(self.candidates(study_day, deck, -1), self.today(study_day), 0).due
            due = sum(entry.due is not None for entry in left)
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
            next_due=study_day + 1
            if cards_due > due or (plan is not None and study_day < plan.date)
            else self._first_due_after(study_day, deck),
        )

    def coming(self, days: int, study_day: int) -> list[int]:
        """How many cards fall due on each of the next `days`, those that are due already on the first."""
        rows = self._rows("SELECT key, number FROM tally WHERE what = 'due' AND key <= :day", study_day + days)
        load = [0] * days
        for day, number in rows:
            load[max(0, day - study_day - 1)] += number
        return load

    def studied(self, study_day: int) -> list[tuple[Card, str]]:
        """The cards that were answered and not suspended, each with its concept; under a plan, those of the plan."""
        planned = "AND planned" if self._store.settings.plan_on(study_day) else ""
        sql = f"SELECT id, concept FROM entry WHERE stability IS NOT NULL AND status <> 'suspended' {planned}"
        concepts = dict(self._rows(f"{sql} ORDER BY rank", study_day))
        with self._store.reading() as store:
            return [(card, concepts[card.id]) for card in cards.every(store) if card.id in concepts]

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

    def _list(self, study_day: int) -> daily.Listed:
        """The list of the day, made where there is none yet."""
        wanted = self._mended(daily.listed)
        if wanted is None or wanted.study_day != study_day:
            self._mended(lambda db: self._make_list(db, study_day))
            wanted = self._mended(daily.listed)
            assert wanted is not None
        return wanted

    def _learn(self, db: sqlite3.Connection, study_day: int) -> Calibration:
        calibration = learning.learn(db, self._store, study_day, self._store.settings)
        with timetable.writing(db):
            learning.keep(db, study_day, calibration)
            timetable.foretell(db, self.cards(), self._settings(), calibration)
        return calibration

    def _make_list(self, db: sqlite3.Connection, study_day: int) -> None:
        with timetable.writing(db):
            daily.make(db, self._store, study_day, self._store.settings)

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

    def _listed(self, where: str, study_day: int, deck: Deck, limit: int) -> list[Entry]:
        """What of the day's list can still be asked, in its order."""
        sql = f"SELECT id, concept, topic, level, due FROM listed CROSS JOIN entry USING (id) WHERE nth > 0 AND {where}"
        return list(map(Entry._make, self._rows(sql, study_day, deck, "ORDER BY nth LIMIT :limit", limit=limit)))

    def _number(self, sql: str, study_day: int, deck: Deck = WHOLE_BANK) -> int:
        return int(self._rows(sql, study_day, deck)[0][0])

    def _rows(self, sql: str, study_day: int, deck: Deck = WHOLE_BANK, end: str = "", **values: Any) -> list[Any]:
        """The rows of a query with a WHERE, for the cards of a deck."""
        where, chosen = timetable.passing(deck) if any(deck) else ("", {})
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
        self._store.learn()  # another run may have made a plan
        now = self._now()
        newer = self._changed(shown, now)
        if newer is None:
            self._make(db)
            return
        with self._store.reading() as store, timetable.writing(db):
            assert shown is not None
            if (known := learning.kept(db)) and events.before_day(store, shown.key, now.key, known[0]):
                learning.forget(db)
            for id in newer:
                timetable.put(db, cards.held(store, id).card, self._settings())
            timetable.stamp(db, now)

    def _now(self) -> Stamp:
        plan = self._settings().plan
        return Stamp(self._index.fingerprint, *self._store.position(), repr(plan) if plan else "")

    def _settings(self) -> Settings:
        """The settings, with the plan only while it lasts."""
        settings = self._store.settings
        return settings._replace(plan=settings.plan_on(self._opened_on))

    def _changed(self, shown: Stamp | None, now: Stamp) -> set[str] | None:
        """The cards that this device has touched since; None where more has changed than that."""
        if shown is None or shown[:3] != now[:3] or shown.key > now.key or shown.plan != now.plan:
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
        shown = timetable.shown(db)
        with timetable.writing(db):
            now = self._now()  # before the cards: what is recorded meanwhile is taken in again next time
            same = shown is not None and shown[:-1] == now[:-1]  # but for the plan, from which nothing is learnt
            learnt = learning.kept(db) if same else None
            with self._store.reading() as store:
                known = {card.id: card for card in cards.every(store)}
            timetable.make(db, questions, known, self._settings())
            timetable.stamp(db, now)
            if learnt:
                learning.keep(db, *learnt)
                timetable.foretell(db, known.values(), self._settings(), learnt[1])
