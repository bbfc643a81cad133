"""What studying needs, opened together: the bank's index, the learner's file, and the agenda that joins them."""

import os
import sys

from quiz.bank.index import Found, Index
from quiz.commands import _context
from quiz.errors import Misused
from quiz.store.agenda import Agenda, open_agenda
from quiz.store.ids import uuid7
from quiz.store.open import Store, open_store
from quiz.store.reviews import events_of, record, record_event, retract
from quiz.study.card import Card
from quiz.study.day import Moment
from quiz.study.deck import WHOLE_BANK, Deck
from quiz.study.event import Event
from quiz.study.queue import Entry, askable, choose
from quiz.study.settings import Settings


class Desk:
    """The bank, the log and the agenda of one learner, with the clock and the settings that hold."""

    def __init__(self, index: Index, store: Store, agenda: Agenda) -> None:
        self.index = index
        self.store = store
        self.agenda = agenda

    @property
    def settings(self) -> Settings:
        """What the log says of the settings that move the schedule."""
        return self.store.settings

    def now(self) -> Moment:
        """This moment on the learner's clock."""
        return _context.now(self.settings.rollover)

    def choose(
        self, moment: Moment, deck: Deck = WHOLE_BANK, *, new: int | None = None, ahead: bool = False
    ) -> str | None:
        """The id of the card that comes next, or None when nothing is left for today."""
        if new is not None and self.settings.plan_on(moment.study_day):
            raise Misused("The plan decides how many new cards a day has: change it with `quiz plan --per-day`.")
        today = self.agenda.today(moment.study_day)
        candidates = (self.agenda.ahead if ahead else self.agenda.candidates)(moment.study_day, deck)
        per_day = self.per_day(new)
        last = max(today, key=lambda answered: answered.at, default=None)
        linked = self.agenda.links(last.id) if last else ()
        return choose(candidates, today, moment.at, per_day, linked)

    def per_day(self, new: int | None = None) -> int:
        """New cards a study day: as asked for, or as set; the list of a plan holds its own."""
        return self.settings.new_per_day if new is None else new

    def left(self, moment: Moment, deck: Deck = WHOLE_BANK, new: int | None = None) -> tuple[list[Entry], list[Entry]]:
        """What of today can still be asked, apart from what comes again: known cards, and new ones."""
        today = self.agenda.today(moment.study_day)
        due, fresh, _ = askable(self.agenda.candidates(moment.study_day, deck), today, self.per_day(new))
        left = [*due, *fresh]
        return [entry for entry in left if entry.due is not None], [entry for entry in left if entry.due is None]

    def reopen(self) -> None:
        """Take in a bank that has changed."""
        places = _context.places()
        self.index = _context.bank(places)
        self.agenda = open_agenda(self.store, self.index, places.cache, self.now().study_day)

    def found(self, card: str) -> Found:
        """The question of that id, or of an id that it had before; Misused where the bank has none."""
        found = self.index.question(card)
        if found is None:
            raise Misused(f"The bank has no question {card!r}: `quiz bank list` shows the ids.")
        return found

    def record(self, event: Event, before: Card, after: Card) -> Event:
        """Write an event and the card it makes, durably; then let the agenda know."""
        written = record(self.store, event, before, after)
        self.agenda.catch_up()
        return written

    def mark(self, event: Event) -> Event:
        """Write an event that is no review: bury, suspend, flag ..."""
        written = record_event(self.store, event)
        self.agenda.catch_up()
        return written

    def retract(self, event: str, moment: Moment) -> Event:
        """Take an event back; its card is as if it had never been."""
        written = retract(self.store, event, moment)
        self.agenda.catch_up()
        return written

    def reviews_of(self, card: str) -> list[Event]:
        """The reviews of a card that stand, in order."""
        return [event for event, gone in events_of(self.store, card) if event.type == "review" and not gone]


def open_desk() -> Desk:
    """Open the index, the learner's file and the agenda; what had to be left out of the bank is said on stderr."""
    places = _context.places()
    index = _context.bank(places)
    if index.left_out:
        print(f"quiz: {index.left_out}", file=sys.stderr)
    store = open_store(places.learner, lambda at: uuid7(at, os.urandom(10)))
    today = _context.now(store.settings.rollover).study_day
    return Desk(index, store, open_agenda(store, index, places.cache, today))
