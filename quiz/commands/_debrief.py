"""After an interview: each question with what was said beside the model answer, then what it all came to.

A sitting over the answers of the interview. What is ticked becomes a review dated when the answer was given.
"""

from collections.abc import Sequence

from rich.text import Text

from quiz.bank.question import Question, Verdict
from quiz.commands._confidence import calibrated
from quiz.commands._desk import Desk
from quiz.commands._sitting import Sitting, Wanted, two_grades
from quiz.errors import Misused
from quiz.memory.values import Rating
from quiz.proofs._catalogue import names
from quiz.store.reviews import events_in
from quiz.study.confidence import Calibration
from quiz.study.day import Moment
from quiz.study.debrief import debrief
from quiz.study.event import Event
from quiz.study.transcript import SETTING, Answer, Transcript, transcripts
from quiz.terminal import debrief as drawn
from quiz.terminal.ask import Do
from quiz.terminal.keys import Key
from quiz.terminal.show import Progress


class Debrief(Sitting):
    """Goes through the answers that nobody has rated yet."""

    def __init__(self, desk: Desk, session: str) -> None:
        super().__init__(desk, Wanted(two_grades=two_grades()), session)
        self._away: set[str] = set()

    @property
    def setting(self) -> str:
        """What the reviews are recorded as."""
        return SETTING

    def advance(self) -> bool:
        """Put the next answer on the screen; False when all are rated."""
        forced, self._forced = self._forced, None
        self.transcript, self.earlier = read(self.desk, self.session)
        left = [one for one in self.transcript.unrated if one.card not in self._away and self._known(one)]
        if forced:
            left = [one for one in self.transcript.answers if one.card == forced] or left
        if not left:
            return False
        self.answer = left[0]
        self._show(self.answer.card)
        self._resume(self.answer)
        return True

    def press(self, key: Key) -> Do:
        """As in a session."""
        do = super().press(key)
        if do in ("bury", "suspend"):
            self._away.add(self.answer.card)
        elif do == "undo":
            self._away.discard(self._forced or "")
        return do

    def reload(self, said: str) -> None:
        """The question as it is in the bank after an edit, with the answer as it was given."""
        ticked = self.turn.ticked
        super().reload(said)
        self._resume(self.answer)
        self.turn = self.turn._replace(ticked=ticked)

    def aside(self, width: int) -> list[Text]:
        """What the interview has to add to the answer: what was said, and how long it took."""
        return drawn.aside(self.answer, self.earlier, width)

    def progress(self) -> Progress:
        """Where the debrief stands."""
        return Progress(self.answer.number, len(self.transcript.answers), 0, self.last, bool(self.recorded))

    def goodbye(self, width: int) -> list[Text]:
        """What the interview came to."""
        transcript, earlier = read(self.desk, self.session)
        if not transcript.debriefed and not any(map(self._known, transcript.unrated)):
            data = {"what": "debriefed"}
            moment = self.desk.now()
            self.desk.mark(Event("interview", *moment, session=self.session, setting=SETTING, data=data))
        told = debrief(transcript, earlier, names())
        return drawn.closing(transcript, told, width, self._so_far(told.confidence))

    def _so_far(self, here: Calibration) -> Calibration | None:
        """How well confidence fits over the whole log, where that has more than this interview."""
        if here.whole is None:
            return None
        sofar = calibrated(self.desk)
        return sofar if sofar.whole and sofar.whole.times > here.whole.times else None

    def nothing(self, width: int) -> list[Text]:
        """All is rated already."""
        return self.goodbye(width)

    def _known(self, answer: Answer) -> bool:
        return self.desk.index.question(answer.card) is not None

    def _seed(self, question: Question) -> int:
        return self.answer.seed

    def _follow_ups(self, question: Question) -> tuple[tuple[str, str], ...]:
        return ()

    def _resume(self, answer: Answer) -> None:
        """The answer as it was given, judged again: nothing was shown then."""
        question = self.turn.question
        try:
            verdict = question.judge(answer.response or "", answer.seed)
        except Misused:  # the question has changed since, or the sentence was not finished
            verdict = Verdict(answer.right, Rating.AGAIN if answer.right is not None else None)
        if answer.skipped:
            verdict = verdict._replace(rating=Rating.AGAIN)
        self.turn = self.turn._replace(
            phase="answer", verdict=verdict, response=answer.response, sure=answer.confidence, scroll=0
        )
        self._parent = answer.parent
        self._shown, self._revealed = 0.0, answer.seconds

    def _moment(self) -> Moment:
        return self.answer.moment

    def _seconds(self) -> float:
        return self.answer.seconds


def read(desk: Desk, session: str) -> tuple[Transcript, Sequence[Transcript]]:
    """An interview out of the log, and those before it."""
    found = transcripts(events_in(desk.store, SETTING))
    at = next(nth for nth, one in enumerate(found) if one.session == session)
    return found[at], found[:at]
