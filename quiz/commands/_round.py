"""A round: a sitting over questions that were drawn beforehand, which ends with a score."""

import time
from collections.abc import Sequence

from rich.text import Text

from quiz.bank.question import Question, Verdict
from quiz.commands._desk import Desk
from quiz.commands._sitting import Sitting, Wanted, two_grades
from quiz.memory.values import Rating
from quiz.proofs._catalogue import names
from quiz.study.card import Card, seed
from quiz.study.event import Event
from quiz.study.round import Answer, Score, score
from quiz.terminal.ask import Do
from quiz.terminal.keys import Key
from quiz.terminal.show import Progress


class Round(Sitting):
    """Asks each card once. `drawn` is the seed that the questions were drawn with; `fixed`: it fixes their numbers and
    the order of their options too. Unless `keep`, nothing is recorded."""

    def __init__(
        self, desk: Desk, cards: Sequence[str], session: str, drawn: int, fixed: bool, keep: bool, confidence: bool
    ) -> None:
        super().__init__(desk, Wanted(two_grades=two_grades(), confidence=confidence), session)
        self.cards = cards
        self.answers: dict[str, Answer] = {}
        self.away: set[str] = set()
        self._drawn, self._fixed, self._keep = drawn, fixed, keep
        self._event({"what": "start", "cards": list(cards), "seed": drawn})

    @property
    def setting(self) -> str:
        """What the reviews are recorded as."""
        return "round"

    def advance(self) -> bool:
        """Put the next card of the round on the screen; False when none is left."""
        forced, self._forced = self._forced, None
        left = [card for card in self.cards if card not in self.answers and card not in self.away]
        if forced is None and not left:
            return False
        self._show(forced or left[0])
        return True

    def press(self, key: Key) -> Do:
        """As in a session; what is put away is not asked again in this round."""
        do = super().press(key)
        if do in ("bury", "suspend"):
            self.away.add(self.card.id)
        elif do == "undo":
            self.away.discard(self._forced or "")
            self.answers.pop(self._forced or "", None)
        return do

    def hand_in(self, response: str, confidence: float | None) -> Verdict:
        """For scripts: what a response is worth; raises Misused for one that cannot be read, and changes nothing."""
        verdict = self.turn.question.judge(response, self.turn.seed)
        self._revealed = time.monotonic()
        self.turn = self.turn._replace(phase="answer", verdict=verdict, response=verdict.response, sure=confidence)
        return verdict

    def rate(self, ticked: frozenset[int] | None, rating: Rating | None) -> None:
        """For scripts: rate what was handed in, by its verdict or its ticks where no rating is given."""
        turn = self.turn._replace(ticked=ticked)
        self.turn = turn._replace(rating=rating or turn.proposed)
        self._rate()

    def progress(self) -> Progress:
        """Where the round stands."""
        return Progress(len(self.answers) + 1, len(self.cards) - len(self.away), 0, self.last, bool(self.recorded))

    def score(self) -> Score:
        """What the round came to, as far as it was answered."""
        return score(self.answers.values(), names())

    def close(self) -> Score:
        """The end of the round, in the log too."""
        told = self.score()
        missed = [answer.card for answer in told.missed]
        self._event({"what": "end", "right": told.right, "of": told.of, "missed": missed})
        return told

    def goodbye(self, width: int) -> list[Text]:
        """The score and what to do about it."""
        from quiz.terminal.round import ended

        return ended(self.close(), self._drawn, self._keep, width)

    def _seed(self, question: Question) -> int:
        return seed(self.card.id, self._drawn) if self._fixed else super()._seed(question)

    def _follow_ups(self, question: Question) -> tuple[tuple[str, str], ...]:
        return ()  # a round keeps chains apart

    def _rate(self) -> None:
        super()._rate()
        turn = self.turn
        why = turn.verdict.feedback if turn.verdict.right is False else ""
        if turn.ticked is not None:
            left = [point for nth, point in enumerate(turn.question.key_points) if nth not in turn.ticked]
            why = "\n".join(f"- {point}" for point in left)
        rating, right = int(turn.rating or 0), turn.verdict.right
        self.answers[self.card.id] = Answer(self.card.id, turn.question.topic, rating, right, why, turn.question.demos)
        if not self._keep:
            self.last = f"Last: {Rating(rating).name.lower()}, not recorded"

    def _record(self, review: Event, after: Card) -> Event:
        return super()._record(review, after) if self._keep else review

    def _retract(self, event: Event) -> None:
        if event.id:
            super()._retract(event)

    def _event(self, data: dict[str, object]) -> None:
        if self._keep:
            self.desk.mark(Event("round", *self.desk.now(), session=self.session, setting="round", data=data))
