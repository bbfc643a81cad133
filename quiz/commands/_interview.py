"""An interview that goes on: what is asked, what is kept, how it resumes after a kill. Both faces drive this one."""

import os
import sys
import time
from collections.abc import Mapping, Sequence
from typing import Any

from quiz.bank.question import LEVELS, Verdict
from quiz.commands import _draft
from quiz.commands._desk import Desk
from quiz.commands._draft import Draft
from quiz.errors import Misused
from quiz.store.ids import uuid7
from quiz.study.card import draw_seed
from quiz.study.event import Event
from quiz.study.interview import Asked, Move, Next, Plan, Stopwatch, next_question, went_well
from quiz.study.pool import Chains, Item
from quiz.study.transcript import SETTING, Answer, Transcript
from quiz.terminal.interview import Do, Talk, Times, press
from quiz.terminal.keys import Key, Line


def begun(desk: Desk, minutes: float, role: str, levels: tuple[str, ...], seed: int, confidence: bool) -> Transcript:
    """A new interview; the log hears of it when it begins."""
    moment = desk.now()
    return Transcript(uuid7(moment.at, os.urandom(10)), moment, minutes, role, levels, seed, confidence)


def close(desk: Desk, session: str) -> None:
    """Leave an interview that was not finished as it is."""
    data = {"what": "end", "reason": "left"}
    desk.mark(Event("interview", *desk.now(), session=session, setting=SETTING, data=data))


class Interview:
    """The question on the screen, the clock, and all that was asked before."""

    talk: Talk

    def __init__(self, desk: Desk, transcript: Transcript, pool: Sequence[Item], chains: Chains, fresh: bool) -> None:
        self.desk = desk
        self.started = not fresh
        self._start = transcript
        self.session = transcript.session
        self.confidence = transcript.confidence
        self.plan = Plan(transcript.minutes, transcript.role, transcript.seed)
        self.notes: list[str] = []
        self._pool = {item.id: item for item in pool}
        self._chains = chains
        self._asked = [_asked(answer, self._pool) for answer in transcript.answers]
        self._watch = Stopwatch(transcript.elapsed)
        self._shown = self._watch.ran
        self._handed: float | None = None
        self._saved = time.monotonic()
        self._coming: Next | None = None

    def begin(self) -> None:
        """Let the clock run; the log says so when it is the first time."""
        if not self.started:
            start = self._start
            agreed = {"minutes": start.minutes, "role": start.role, "levels": start.levels, "seed": start.seed}
            self._event({"what": "start", **agreed, "confidence": start.confidence})
            self.started = True
        self._watch = self._watch.start(time.monotonic())

    def resume(self) -> bool:
        """Put the question of the draft on the screen, the clock standing; False where there is none to go on with."""
        try:
            draft = _draft.load(self.session)
        except ValueError as error:
            print(f"quiz: {_draft.path()} cannot be read ({error}): the question begins anew.", file=sys.stderr)
            return False
        found = draft and self.desk.index.question(draft.card)
        if not draft or not found or found.question.id in {one.item.id for one in self._asked}:
            return False
        question = found.question
        item = Item(*(getattr(question, name) for name in Item._fields[:7]))
        move: Move = "deeper" if draft.move == "deeper" else "sideways" if draft.move == "sideways" else "open"
        self._watch = Stopwatch(max(self._watch.ran, draft.elapsed))
        self._shown = min(max(0.0, draft.shown), self._watch.ran)
        self.notes = list(draft.notes)
        self._show(Next(item, move, draft.parent, int(draft.allotted)), draft.seed)
        line, noting = Line().feed("paste", draft.line), Line().feed("paste", draft.noting)
        self.talk = self.talk._replace(phase="paused", line=line, noting=noting)
        return True

    def done(self) -> bool:
        """Whether nothing comes any more."""
        return self._next() is None

    def advance(self) -> bool:
        """Put the next question on the screen; False when the interview is over."""
        coming = self._next()
        if coming is None:
            return False
        self._shown, self.notes = self.elapsed(), []
        self._show(coming, None)
        self.keep(now=True)
        return True

    def press(self, key: Key) -> Do:
        """A key on the question on the screen. What it hands in is in the log when this returns."""
        self.talk, do = press(self.talk, key)
        if self.talk.phase == "line":
            self._handed = None
        match do:
            case "hand-in":
                self._handed = self.elapsed()
            case "answer":
                self._record(skipped=False)
            case "skip":
                self._record(skipped=True)
            case "pause":
                self._watch = self._watch.stop(time.monotonic())
            case "go-on":
                self.begin()
            case "note":
                self._finish_note()
            case "end" if self.talk.line.text.strip():
                self._hear_out()
        self.keep(now=do in ("note", "pause", "leave"))
        return do

    def keep(self, now: bool = False) -> None:
        """Keep what is being typed, at once or if the last time was long enough ago."""
        if self._coming is None or (not now and time.monotonic() - self._saved < _draft.EVERY):
            return
        coming, talk = self._coming, self.talk
        try:
            _draft.save(
                Draft(
                    *(self.session, coming.item.id, talk.seed, coming.move, coming.parent, coming.seconds),
                    *(self._shown, self.elapsed(), talk.line.text, talk.noting.text, tuple(self.notes)),
                )
            )
        except OSError as error:
            self.talk = talk._replace(
                note=f"What you type is not safe before Enter: {_draft.path()}: {error.strerror}."
            )
        self._saved = time.monotonic()

    def times(self) -> Times:
        """What the clock shows."""
        elapsed = self.elapsed()
        allotted = self._coming.seconds if self._coming else 0
        return Times(elapsed - self._shown, allotted, self.plan.seconds - elapsed, self.plan.seconds)

    def elapsed(self) -> float:
        """Seconds in which the clock ran."""
        return self._watch.read(time.monotonic())

    def end(self, early: bool) -> None:
        """Say in the log that the interview is over, and why."""
        if self._coming is not None:
            self._finish_note()
        more = next_question(self.plan, self._pool, self._chains, self._asked, 0.0)  # had there been more time
        reason = "ended" if early else "time" if more else "questions"
        self._event({"what": "end", "reason": reason, "elapsed": round(self.elapsed(), 1), "notes": self.notes})
        _draft.drop()

    def _next(self) -> Next | None:
        return next_question(self.plan, self._pool, self._chains, self._asked, self.elapsed())

    def _show(self, coming: Next, drawn: int | None) -> None:
        found = self.desk.found(coming.item.id)
        card = self.desk.agenda.card(coming.item.id)
        drawn = draw_seed(card, bool(found.question.drawn_by)) if drawn is None else drawn
        self._coming, self._version, self._handed = coming, found.version, None
        self.talk = Talk(
            found.question,
            found.question.prompt(drawn),
            drawn,
            number=len(self._asked) + 1,
            follows=coming.move != "open",
            confidence=self.confidence,
        )

    def _finish_note(self) -> None:
        """What stands on the line for notes is a note."""
        if note := self.talk.noting.text.strip():
            self.notes.append(note)
        self.talk = self.talk._replace(noting=Line())

    def _hear_out(self) -> None:
        """What stands on the line when the interview ends early was said."""
        question = self.talk.question
        try:
            verdict = question.judge(self.talk.line.text.strip(), self.talk.seed)
        except Misused:
            verdict = Verdict(right=False if question.judged else None)
        self.talk = self.talk._replace(verdict=verdict, response=verdict.response)
        self._record(skipped=False)

    def _record(self, skipped: bool) -> None:
        """Hand the answer in: an event with its text. On the disk when this returns."""
        assert self._coming is not None
        self._finish_note()
        coming, talk = self._coming, self.talk
        question = talk.question
        typed = talk.line.text.strip() or None
        right = False if skipped and question.judged else None if skipped else talk.verdict.right
        strong = not skipped and went_well(right, talk.said, typed, question.key_points)
        elapsed = self.elapsed() if self._handed is None else self._handed
        data: dict[str, Any] = {
            "what": "answer",
            **{name: getattr(question, name) for name in ("topic", "level", "kind")},
            "question": talk.prompt.text,
            "response": talk.response or typed,
            "skipped": skipped,
            "right": right,
            "strong": strong,
            "move": coming.move,
            "parent": coming.parent,
            "allotted": coming.seconds,
            "elapsed": round(elapsed, 1),
            "confidence": talk.sure,
            "seed": talk.seed,
            "params": talk.prompt.params,
            "version": self._version,
            "notes": self.notes,
            "demos": list(question.demos),
        }
        kept = {name: value for name, value in data.items() if value is not None and value != []}
        self._event(kept, card=question.id, seconds=round(elapsed - self._shown, 1))
        self._asked.append(Asked(coming.item, coming.move, strong))
        self._coming, self.notes = None, []

    def _event(self, data: Mapping[str, Any], **fields: Any) -> None:
        moment = self.desk.now()
        self.desk.mark(Event("interview", *moment, session=self.session, setting=SETTING, data=data, **fields))


def _asked(answer: Answer, pool: Mapping[str, Item]) -> Asked:
    """An answer of the log, as far as the next question depends on it."""
    level = answer.level if answer.level in LEVELS else LEVELS[0]
    item = pool.get(answer.card) or Item(answer.card, "", answer.topic, answer.card, level, answer.kind)
    move: Move = "deeper" if answer.move == "deeper" else "sideways" if answer.move == "sideways" else "open"
    return Asked(item, move, answer.strong)
