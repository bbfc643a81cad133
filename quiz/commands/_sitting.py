"""One sitting: asks card after card, records what is answered, and can take it back. Both faces drive this one."""

import time
from typing import NamedTuple

from rich.text import Text

from quiz.bank.question import Question
from quiz.commands import _context
from quiz.commands._desk import Desk
from quiz.memory.fsrs import Future
from quiz.memory.values import Rating
from quiz.study.card import Card, draw_seed, futures
from quiz.study.day import Moment
from quiz.study.deck import Deck
from quiz.study.event import Event
from quiz.study.progress import Summary, Told, summary
from quiz.study.queue import coming_again
from quiz.study.session import Given, Session, answer
from quiz.terminal.ask import Do, Turn, begin, press
from quiz.terminal.keys import Key
from quiz.terminal.show import Progress, answered


def two_grades() -> bool:
    """Whether config.toml wants two ratings only."""
    return bool(_context.config().get("two_grades"))


class Wanted(NamedTuple):
    """What was asked for on the command line."""

    deck: Deck = Deck()
    new: int | None = None
    limit: int | None = None
    minutes: float | None = None
    ahead: bool = False
    two_grades: bool = False
    confidence: bool = False


class Sitting:
    """The card on the screen, and all that was recorded since the sitting began."""

    turn: Turn
    card: Card
    """As it was before it was asked."""

    def __init__(self, desk: Desk, wanted: Wanted, session: str) -> None:
        self.desk = desk
        self.wanted = wanted
        self.session = session
        self.recorded: list[Event] = []
        self.done = 0
        self.last = ""
        self._begun = time.monotonic()
        self._forced: str | None = None
        self._parent: str | None = None

    @property
    def setting(self) -> str:
        """What the reviews are recorded as."""
        return "ahead" if self.wanted.ahead else "review"

    def advance(self) -> bool:
        """Put the next card on the screen; False when the sitting is over."""
        forced, self._forced = self._forced, None
        if forced is None and self._full():
            return False
        moment = self.desk.now()
        asked = forced or self.desk.choose(moment, self.wanted.deck, new=self.wanted.new, ahead=self.wanted.ahead)
        if asked is None:
            return False
        if forced is None:
            self._parent = None
        self._show(asked)
        return True

    def press(self, key: Key) -> Do:
        """A key on the card on the screen. What it records is recorded when this returns; what needs a face is told."""
        self.turn, do = press(self.turn, key)
        match do:
            case "sure":
                self._revealed = time.monotonic()
            case "reveal" if self.turn.sure is None:
                self._revealed = time.monotonic()
            case "rate":
                self._rate()
            case "undo" if not self._undo():
                return ""
            case "bury" | "suspend":
                self._mark(do)
                self.last = f"{self.card.id} is {'buried until tomorrow' if do == 'bury' else 'suspended'}"
            case "flag":
                self._mark("unflag" if self.card.flagged else "flag")
                self.card = self.desk.agenda.card(self.card.id)
                self.turn = self.turn._replace(note="Flagged." if self.card.flagged else "The flag is off.")
        return do

    def reload(self, said: str) -> None:
        """The question as it is in the bank after an edit; what was ticked or typed before stays."""
        old = self.turn
        self.desk.reopen()
        self._show(self.card.id)
        kept = min(len(self.turn.question.key_points), len(old.question.key_points))
        ticked = None if old.ticked is None else frozenset(nth for nth in old.ticked if nth < kept)
        if old.phase == "answer" and not self.turn.question.judged:
            self.turn = self.turn._replace(
                phase="answer", ticked=ticked, response=old.response, hinted=old.hinted, verdict=old.verdict
            )
        self.turn = self.turn._replace(note=said)

    def progress(self) -> Progress:
        """Where the sitting stands."""
        moment = self.desk.now()
        again = coming_again(self.desk.agenda.today(moment.study_day))
        left = len(again) + (self.card.id not in {card.id for card in again}) - 1
        if not self.wanted.ahead:
            due, new = self.desk.left(moment, self.wanted.deck, self.wanted.new)
            left += sum(entry.id != self.card.id for entry in (*due, *new))
        else:
            left += sum(e.id != self.card.id for e in self.desk.agenda.ahead(moment.study_day, self.wanted.deck).due)
        of = self.done + 1 + left
        waits = sum(card.id != self.card.id for card in again)
        return Progress(
            self.done + 1,
            of if self.wanted.limit is None else min(of, self.wanted.limit),
            waits,
            self.last,
            bool(self.recorded),
        )

    def futures(self) -> tuple[Future, ...]:
        """What each rating would make of the card."""
        return futures(self.card, self.desk.now().study_day, self.desk.settings)

    def summary(self) -> Summary:
        """What today came to, over all sittings."""
        day = self.desk.now().study_day
        told = []
        for card in self.desk.agenda.today(day):
            before = 0
            for event in self.desk.reviews_of(card.id):
                if event.study_day == day:
                    told.append((event.order(), Told(card.id, card.topic, event.rating or 0, known=before > 0)))
                    before = -1
                elif before >= 0:
                    before += 1
        return summary(one for _, one in sorted(told, key=lambda pair: pair[0]))

    def aside(self, width: int) -> list[Text]:
        """What stands above the answer."""
        return []

    def goodbye(self, width: int) -> list[Text]:
        """The last words."""
        from quiz.commands._end import goodbye

        return goodbye(self, width)

    def nothing(self, width: int) -> list[Text]:
        """What there is to say when there is nothing to ask."""
        from quiz.commands._end import nothing

        return nothing(self, width)

    def _full(self) -> bool:
        minutes, limit = self.wanted.minutes, self.wanted.limit
        over = minutes is not None and time.monotonic() - self._begun >= minutes * 60
        return over or (limit is not None and self.done >= limit)

    def _show(self, asked: str) -> None:
        found = self.desk.found(asked)
        self.card = self.desk.agenda.card(found.question.id)
        self._version = found.version
        wanted = self.wanted
        drawn = self._seed(found.question)
        self.turn = begin(found.question, drawn, self._follow_ups(found.question), wanted.two_grades, wanted.confidence)
        self._shown = self._revealed = time.monotonic()

    def _seed(self, question: Question) -> int:
        return draw_seed(self.card, bool(question.drawn_by))

    def _follow_ups(self, question: Question) -> tuple[tuple[str, str], ...]:
        """(id, question) of the follow-ups that the bank has."""
        found = (self.desk.index.question(follow) for follow in question.follow_ups)
        return tuple((other.question.id, other.question.question) for other in found if other is not None)

    def _rate(self) -> None:
        turn = self.turn
        assert turn.rating is not None
        session = Session(self.session, self.setting, self.card, self.desk.settings)
        given = Given(turn.rating, round(self._seconds(), 1), self._evidence())
        moment = self._moment()
        _, after, review = answer(session, given, moment)
        self.recorded.append(self._record(review, after))
        self.done += turn.rating != Rating.AGAIN
        self.last = answered(turn.rating, (after.due or moment.study_day) - moment.study_day)
        self._parent = None
        if turn.follow is not None:
            self._forced, self._parent = turn.follow_ups[turn.follow][0], self.card.id

    def _moment(self) -> Moment:
        """When the answer was given."""
        return self.desk.now()

    def _seconds(self) -> float:
        """How long it took, up to the rating."""
        return time.monotonic() - self._shown

    def _record(self, review: Event, after: Card) -> Event:
        return self.desk.record(review, self.card, after)

    def _retract(self, event: Event) -> None:
        self.desk.retract(event.id, self.desk.now())

    def _evidence(self) -> dict[str, object]:
        turn = self.turn
        drawn = bool(turn.prompt.options) or turn.prompt.params is not None
        ticks = turn.ticked is not None
        return {
            "version": self._version,
            "seed": turn.seed if drawn else None,
            "params": turn.prompt.params,
            "response": turn.response,
            "right": turn.verdict.right,
            "ticked": sorted(turn.ticked or ()) if ticks else None,
            "points": len(turn.question.key_points) if ticks else None,
            "hint": True if turn.hinted else None,
            "confidence": turn.sure,
            "proposed": int(turn.proposed) if turn.proposed else None,
            "think": round(self._revealed - self._shown, 1),
            "parent": self._parent,
        }

    def _mark(self, kind: str) -> None:
        moment = self.desk.now()
        event = Event(kind, *moment, session=self.session, card=self.card.id)
        self.recorded.append(self.desk.mark(event))

    def _undo(self) -> bool:
        if not self.recorded:
            self.turn = self.turn._replace(
                note="Nothing of this sitting is left to undo; `quiz undo` reaches further back."
            )
            return False
        event = self.recorded.pop()
        self._retract(event)
        if event.type == "review" and event.rating != Rating.AGAIN:
            self.done -= 1
        what = Rating(event.rating).name.lower() if event.rating else event.type
        self.last = f"Took back: {what} on {event.card}"
        self._forced, self._parent = event.card, event.data.get("parent")
        return True
