"""What studying needs, opened together: the bank's index, the learner's file, and the agenda that joins them."""

import os
from collections.abc import Callable

from quiz.bank.index import Found, Index
from quiz.commands import _context
from quiz.errors import Misused
from quiz.store.agenda import Agenda, open_agenda
from quiz.store.open import Store, open_store
from quiz.store.reviews import record, retract
from quiz.study.card import Card
from quiz.study.day import Moment
from quiz.study.deck import Deck
from quiz.study.event import Event
from quiz.study.queue import choose
from quiz.study.settings import Settings


class Desk:
    """The bank, the log and the agenda of one learner, with the clock and the settings that hold."""

    def __init__(self, index: Index, store: Store, agenda: Agenda, settings: Settings) -> None:
        self.index = index
        self.store = store
        self.agenda = agenda
        self.settings = settings

    def now(self) -> Moment:
        """This moment on the learner's clock."""
        return _context.now(self.settings.rollover)

    def choose(self, deck: Deck, moment: Moment, *, new: int | None = None, ahead: bool = False) -> str | None:
        """The id of the card that comes next, or None when nothing is left for today."""
        today = self.agenda.today(moment.study_day)
        candidates = (self.agenda.ahead if ahead else self.agenda.candidates)(moment.study_day, deck)
        per_day = self.settings.new_per_day if new is None else new
        last = max(today, key=lambda answered: answered.at, default=None)
        linked = self.agenda.links(last.id) if last else ()
        return choose(candidates, today, moment.at, per_day, linked)

    def found(self, card: str) -> Found:
        """The question of that id, or of an id that it had before; Misused where the bank has none."""
        found = self.index.question(card)
        if found is None:
            raise Misused(f"The bank has no question {card!r}: `quiz bank list` shows the ids.")
        return found

    def card(self, card: str) -> Card:
        """The card of a question, new if it was never answered."""
        return self.agenda.card(card)

    def record(self, event: Event, before: Card, after: Card) -> Event:
        """Write an event and the card it makes, durably; then let the agenda know."""
        written = record(self.store, event, before, after)
        self.agenda.note(written.card)
        return written

    def retract(self, event: str, moment: Moment) -> Event:
        """Take an event back; its card is as if it had never been."""
        written = retract(self.store, event, moment)
        self.agenda.note(written.card)
        return written


def open_desk(say: Callable[[str], None] | None = None) -> Desk:
    """Open the index, the learner's file and the agenda; `say` is told which questions were left out."""
    places = _context.places()
    index = _context.bank(places)
    if say and index.left_out:
        say(index.left_out)
    store = open_store(places.learner)
    return Desk(index, store, open_agenda(store, index, places.cache), Settings())
