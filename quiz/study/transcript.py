"""An interview as the log has it: every event of the type `interview`, and the reviews that its debrief made.

The `data` of an event says what it is in `what`: start (minutes, role, levels, seed, confidence), answer (all of
`Answer`, its notes among it), end (reason, elapsed, notes to a question that was not answered), debriefed.
"""

from collections.abc import Iterable, Sequence
from statistics import median
from typing import Any, NamedTuple

from quiz.memory.values import Rating
from quiz.study.day import Moment
from quiz.study.event import Event, standing

SETTING = "interview"
"""Of all its events and reviews."""
WORTH = {Rating.AGAIN: 0.0, Rating.HARD: 0.5, Rating.GOOD: 1.0, Rating.EASY: 1.0}
"""What an answer scores that was rated without ticking its points."""
ENOUGH = 3
"""Earlier answers from which on their median says something."""


class Answer(NamedTuple):
    """One question of an interview and what came of it."""

    number: int
    card: str
    topic: str
    level: str
    kind: str
    question: str
    """As it was asked, Markdown."""
    response: str | None
    """What was typed; None where it was spoken or skipped."""
    skipped: bool
    right: bool | None
    """What the judge said; None where nobody judges."""
    strong: bool
    """How the interviewer took it."""
    move: str
    parent: str | None
    seconds: float
    """From the question to the answer, pauses aside."""
    allotted: float
    elapsed: float
    """Of the whole interview, when it was given."""
    confidence: float | None
    seed: int
    version: str
    moment: Moment
    rating: int | None = None
    """As rated in the debrief; None until then."""
    ticked: tuple[int, ...] | None = None
    points: int | None = None
    notes: tuple[str, ...] = ()
    demos: tuple[str, ...] = ()
    """The experiments that the question had."""

    @property
    def credit(self) -> float | None:
        """What it scores, 0..1: judged right, or the share of the points ticked; None while nobody has said."""
        if self.skipped:
            return 0.0
        if self.right is not None:
            return float(self.right)
        if self.ticked is not None and self.points:
            return min(1.0, len(self.ticked) / self.points)
        return None if self.rating is None else WORTH[Rating(self.rating)]

    @property
    def recalled(self) -> bool | None:
        """Whether it counts as right beside what was said of confidence; None while nobody has said."""
        if self.right is not None:
            return self.right
        return None if self.rating is None else self.rating > Rating.AGAIN


class Transcript(NamedTuple):
    """One interview."""

    session: str
    start: Moment
    minutes: float
    role: str
    levels: tuple[str, ...]
    seed: int
    confidence: bool
    answers: tuple[Answer, ...] = ()
    ended: str | None = None
    """Why it ended: time, questions, ended, left; None while it goes on."""
    debriefed: bool = False
    notes: tuple[str, ...] = ()
    """To a question that was not answered any more."""

    @property
    def whole(self) -> tuple[float, int]:
        """What its scored answers come to, and how many they are."""
        credits = [answer.credit for answer in self.answers]
        scored = [credit for credit in credits if credit is not None]
        return sum(scored), len(scored)

    @property
    def elapsed(self) -> float:
        """Seconds from the beginning to the last answer, pauses aside."""
        return self.answers[-1].elapsed if self.answers else 0.0

    @property
    def unrated(self) -> list[Answer]:
        """The answers that the debrief has still to go through."""
        return [answer for answer in self.answers if answer.rating is None]


def transcripts(events: Iterable[Event]) -> list[Transcript]:
    """The interviews of a log, oldest first; what is not an interview's is passed over, what is malformed too."""
    found: dict[str, Transcript] = {}
    for event in standing(events):
        if event.setting != SETTING or event.session is None:
            continue
        if event.type == "interview" and event.data.get("what") == "start" and event.session not in found:
            found[event.session] = _started(event)
        elif event.session in found:
            found[event.session] = _after(found[event.session], event)
    return list(found.values())


def asked_before(earlier: Iterable[Transcript]) -> dict[str, int]:
    """How often these interviews asked each question."""
    times: dict[str, int] = {}
    for transcript in earlier:
        for answer in transcript.answers:
            times[answer.card] = times.get(answer.card, 0) + 1
    return times


def usual_seconds(earlier: Iterable[Transcript], kind: str, level: str) -> float | None:
    """The median time of earlier answers to questions of that kind and level, else of that kind; None for too few."""
    given = [answer for transcript in earlier for answer in transcript.answers if answer.kind == kind]
    given = [answer for answer in given if not answer.skipped]
    for those in ([answer for answer in given if answer.level == level], given):
        if len(those) >= ENOUGH:
            return median(answer.seconds for answer in those)
    return None


def _started(event: Event) -> Transcript:
    data = event.data
    return Transcript(
        event.session or "",
        Moment(event.at, event.offset, event.study_day),
        minutes=_number(data.get("minutes"), 30.0),
        role=str(data.get("role", "")),
        levels=_texts(data.get("levels")),
        seed=int(_number(data.get("seed"), 0)),
        confidence=bool(data.get("confidence")),
    )


def _after(transcript: Transcript, event: Event) -> Transcript:
    answers = transcript.answers
    if event.type == "review":
        return transcript._replace(answers=tuple(_rated(a, event) if a.card == event.card else a for a in answers))
    match event.data.get("what"):
        case "answer" if event.card:
            return transcript._replace(answers=(*answers, _answer(event, len(answers) + 1)))
        case "end":
            reason, notes = str(event.data.get("reason", "ended")), _texts(event.data.get("notes"))
            return transcript._replace(ended=reason, notes=notes)
        case "debriefed":
            return transcript._replace(debriefed=True)
    return transcript


def _answer(event: Event, number: int) -> Answer:
    data = event.data
    response, right, confidence = data.get("response"), data.get("right"), data.get("confidence")
    return Answer(
        number,
        event.card or "",
        topic=str(data.get("topic", "")),
        level=str(data.get("level", "")),
        kind=str(data.get("kind", "")),
        question=str(data.get("question", "")),
        response=None if response is None else str(response),
        skipped=bool(data.get("skipped")),
        right=None if right is None else bool(right),
        strong=bool(data.get("strong")),
        move=str(data.get("move", "open")),
        parent=data.get("parent"),
        seconds=event.seconds or 0.0,
        allotted=_number(data.get("allotted"), 0.0),
        elapsed=_number(data.get("elapsed"), 0.0),
        confidence=None if confidence is None else _number(confidence, 0.0),
        seed=int(_number(data.get("seed"), 0)),
        version=str(data.get("version", "")),
        moment=Moment(event.at, event.offset, event.study_day),
        notes=_texts(data.get("notes")),
        demos=_texts(data.get("demos")),
    )


def _rated(answer: Answer, review: Event) -> Answer:
    ticked, points = review.data.get("ticked"), review.data.get("points")
    return answer._replace(
        rating=review.rating if review.rating in WORTH else None,
        ticked=tuple(ticked) if isinstance(ticked, Sequence) else None,
        points=points if isinstance(points, int) else None,
    )


def _texts(values: Any) -> tuple[str, ...]:
    return tuple(map(str, values)) if isinstance(values, list | tuple) else ()


def _number(value: Any, default: float) -> float:
    return float(value) if isinstance(value, int | float) and abs(value) < 1e15 else default
