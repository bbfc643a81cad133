"""How well confidence fits: when you said 90 %, how often were you right, and in which topics do you say too much.

A review counts that says how sure the learner was before the verdict. Right is what the judge said; where nobody
judged, a rating above *again* (as FSRS counts recall).
"""

from collections.abc import Callable, Iterable, Sequence
from math import sqrt
from typing import Literal, NamedTuple

from quiz.memory.values import Rating
from quiz.study.event import Event
from quiz.study.session import SURE

FEW = 8
"""Below this many answers nothing is said about how well confidence fits."""
TOO_FAR = 1.645
"""Standard errors between what was said and what came true, from which on it is more than luck (one in twenty)."""

Fit = Literal["few", "over", "under", "fits"]


class Said(NamedTuple):
    """One answer and how sure the learner was of it."""

    confidence: float
    """0..1."""
    right: bool
    topic: str


class Tally(NamedTuple):
    """Answers together: how many, how many were expected to be right by what was said, how many were."""

    name: str
    times: int
    expected: float
    spread: float
    """The variance of the number right, were the confidences true."""
    right: int

    @property
    def said(self) -> float:
        """The mean confidence, 0..1."""
        return self.expected / self.times

    @property
    def share(self) -> float:
        """The share that was right, 0..1."""
        return self.right / self.times

    @property
    def fit(self) -> Fit:
        """Over- or under-confident where that is more than luck, by a normal test of the number right."""
        if self.times < FEW:
            return "few"
        off = self.expected - self.right
        if abs(off) <= TOO_FAR * sqrt(self.spread):
            return "fits"
        return "over" if off > 0 else "under"


class Calibration(NamedTuple):
    """The report. `whole` is None where no answer had a confidence."""

    whole: Tally | None
    levels: Sequence[Tally]
    """By what was said, `10 %` first; a confidence from a script counts with the nearest that can be said."""
    topics: Sequence[Tally]
    """The most over-confident first."""


def said(review: Event, topic: str) -> Said | None:
    """What a review says of confidence; None where nobody asked."""
    confidence = review.data.get("confidence")
    if review.type != "review" or review.rating is None or not isinstance(confidence, int | float):
        return None
    if not 0.0 <= confidence <= 1.0:
        return None
    right = review.data.get("right")
    return Said(float(confidence), review.rating > Rating.AGAIN if right is None else bool(right), topic)


def calibration(answers: Iterable[Said]) -> Calibration:
    """The report on these answers."""
    answers = list(answers)
    if not answers:
        return Calibration(None, (), ())
    levels = _grouped(answers, lambda one: f"{100 * min(SURE, key=lambda s: abs(s - one.confidence)):.0f} %")
    topics = _grouped(answers, lambda one: one.topic)
    return Calibration(
        _tally("all", answers),
        sorted(levels, key=lambda tally: float(tally.name[:-2])),
        sorted(topics, key=lambda tally: (tally.right - tally.expected, tally.name)),
    )


def _grouped(answers: Iterable[Said], name: Callable[[Said], str]) -> list[Tally]:
    groups: dict[str, list[Said]] = {}
    for one in answers:
        groups.setdefault(name(one), []).append(one)
    return [_tally(group, its) for group, its in groups.items()]


def _tally(name: str, answers: Sequence[Said]) -> Tally:
    return Tally(
        name,
        times=len(answers),
        expected=sum(one.confidence for one in answers),
        spread=sum(one.confidence * (1 - one.confidence) for one in answers),
        right=sum(one.right for one in answers),
    )
