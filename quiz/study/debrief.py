"""What an interview came to: scores per topic and level, a verdict against a rubric in words, what to work on first.

The rubric stands in docs/interview.md and is shown with every verdict. Scores are sums of shares of key points, which
is as exact as self-marking gets; nothing is claimed of fewer answers than MEANS.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from quiz.bank.question import LEVELS
from quiz.study.confidence import Calibration, Said, calibration
from quiz.study.transcript import Answer, Transcript, usual_seconds

MEANS = 4
"""Scored answers from which on an interview has a verdict."""
STRONG, CLOSE = 0.8, 0.6
"""Shares of the points: what a strong candidate says, and what still leads to a second talk."""
FLOOR = 0.5
"""A level with at least two questions below this share keeps a strong score from being a strong interview."""
SLOW = 1.5
"""Times the usual seconds from which on an answer counts as slow."""
FIRST = 3
"""Things to work on first."""

Verdict = Literal["strong", "close", "not yet", "too short"]

RUBRIC: Mapping[Verdict, str] = {
    "strong": "at least 8 of 10 points, and no level (of two questions or more) under half: most loops would go on",
    "close": "at least 6 of 10 points: it would hang on the other rounds",
    "not yet": "under 6 of 10 points: work on the list below before the next one",
    "too short": f"fewer than {MEANS} scored answers: too few for a verdict",
}


class Group(NamedTuple):
    """Answers together: the sum of what they score, and how many they are."""

    name: str
    score: float
    of: int

    @property
    def share(self) -> float:
        """0..1."""
        return self.score / self.of if self.of else 0.0


class Pace(NamedTuple):
    """How long an answer took beside what is usual."""

    answer: Answer
    usual: float
    """Seconds: the median of earlier interviews, else what was allotted."""
    measured: bool
    """Whether it is that median."""


class Todo(NamedTuple):
    """One thing to work on, why, and the commands to do it."""

    what: str
    why: str
    commands: tuple[str, ...]


class Debrief(NamedTuple):
    """What an interview came to."""

    whole: Group
    unrated: int
    """Answers that nobody has scored yet; they count nowhere."""
    verdict: Verdict
    topics: Sequence[Group]
    """The weakest first."""
    levels: Sequence[Group]
    """The easiest first."""
    paces: Sequence[Pace]
    confidence: Calibration
    todo: Sequence[Todo]


def debrief(transcript: Transcript, earlier: Iterable[Transcript], demos: Collection[str] = ()) -> Debrief:
    """What a transcript comes to beside earlier ones. `demos`: the experiments that there are."""
    earlier = list(earlier)
    scored = [answer for answer in transcript.answers if answer.credit is not None]
    topics = sorted(_grouped(scored, lambda a: a.topic), key=lambda group: (group.share, -group.of, group.name))
    levels = sorted(_grouped(scored, lambda a: a.level), key=lambda group: _level(group.name))
    whole = _sum("all", scored)
    paces = [_pace(answer, earlier) for answer in transcript.answers]
    sure = calibration(
        Said(answer.confidence, answer.recalled, answer.topic)
        for answer in transcript.answers
        if answer.confidence is not None and answer.recalled is not None
    )
    return Debrief(
        whole=whole,
        unrated=len(transcript.answers) - len(scored),
        verdict=verdict(whole, levels),
        topics=topics,
        levels=levels,
        paces=paces,
        confidence=sure,
        todo=_todo(scored, topics, paces, sure, demos),
    )


def verdict(whole: Group, levels: Iterable[Group]) -> Verdict:
    """The rubric, applied."""
    if whole.of < MEANS:
        return "too short"
    if whole.share >= STRONG and not any(level.of >= 2 and level.share < FLOOR for level in levels):
        return "strong"
    return "close" if whole.share >= CLOSE else "not yet"


def in_words(group: Group) -> str:
    """What a topic or level came to, as plainly as its answers allow: of a single one nothing is said."""
    if group.of < 2:
        return "one answer"
    if group.share >= STRONG:
        return "solid"
    return "gaps" if group.share >= FLOOR else "weak"


def _todo(
    scored: Sequence[Answer],
    topics: Sequence[Group],
    paces: Sequence[Pace],
    sure: Calibration,
    demos: Collection[str],
) -> list[Todo]:
    """The topics that lost most, each with an experiment for what was missed; then pace and confidence."""
    lost = sorted((t for t in topics if t.share < STRONG), key=lambda t: (t.score - t.of, t.name))
    todo = [_topic(topic, [a for a in scored if a.topic == topic.name], demos) for topic in lost]
    slow = [pace for pace in paces if not pace.answer.skipped and pace.answer.seconds > SLOW * pace.usual]
    if sure.whole is not None and sure.whole.fit == "over":
        why = f"sure of {100 * sure.whole.said:.0f} % on average, right in {100 * sure.whole.share:.0f} %"
        todo.append(Todo("say how sure you are", why, ("quiz review --confidence",)))
    if slow:
        worst = max(slow, key=lambda pace: pace.answer.seconds / pace.usual).answer
        why = f"{len(slow)} answers took over {SLOW:g} times as long as usual, {worst.card} most"
        todo.append(Todo("say it in less time", why, (f"quiz round --kind {worst.kind}",)))
    if not scored:
        todo.append(Todo("the debrief", "no answer is rated yet", ("quiz interview",)))
    elif not todo:
        todo.append(Todo("harder questions", "nothing was lost here", ("quiz interview --level advanced",)))
    return todo[:FIRST]


def _topic(topic: Group, answers: Sequence[Answer], demos: Collection[str]) -> Todo:
    worst = sorted(answers, key=lambda answer: (answer.credit or 0.0, answer.number))
    missed = [answer for answer in worst if (answer.credit or 0.0) < STRONG]
    failed = any(answer.rating == 1 for answer in answers)  # comes again today; else it is not due
    commands = [f"quiz review {'' if failed else '--ahead '}--topic {topic.name}"]
    commands += [f"quiz prove {demo}" for answer in missed for demo in answer.demos if demo in demos][:1]
    return Todo(topic.name, f"{points(topic)} ({', '.join(answer.card for answer in missed[:3])})", tuple(commands))


def points(group: Group) -> str:
    """`2.5 of 4`: shares of key points are not known to more than a tenth."""
    return f"{round(group.score, 1):g} of {group.of}"


def _pace(answer: Answer, earlier: Collection[Transcript]) -> Pace:
    usual = usual_seconds(earlier, answer.kind, answer.level)
    return Pace(answer, usual or max(1.0, answer.allotted), usual is not None)


def _grouped(answers: Iterable[Answer], name: Callable[[Answer], str]) -> list[Group]:
    groups: dict[str, list[Answer]] = {}
    for answer in answers:
        groups.setdefault(name(answer), []).append(answer)
    return [_sum(group, its) for group, its in groups.items()]


def _sum(name: str, answers: Sequence[Answer]) -> Group:
    return Group(name, sum(answer.credit or 0.0 for answer in answers), len(answers))


def _level(name: str) -> int:
    return LEVELS.index(name) if name in LEVELS else len(LEVELS)
