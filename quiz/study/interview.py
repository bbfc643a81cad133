"""A mock interview's next question: from easy to hard, deeper after a strong answer, sideways after a weak one. Pure.

An interview is made of threads: an opener, then follow-ups that depend on how it went. Time is an argument everywhere,
in seconds in which the clock ran: pauses do not count.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import ceil
from typing import Literal, NamedTuple

from quiz.bank.question import LEVELS
from quiz.study.pool import Chains, Item, shuffled
from quiz.study.roles import SECONDS, kind_share, topic_share

Move = Literal["open", "deeper", "sideways"]

USUAL = 150
"""Seconds that a question usually takes, for saying beforehand how many there will be."""
HARDLY = 0.001
"""The weight of what a role does not ask, so that it comes only where nothing else is left."""
HEARD = 0.3
"""Share of the words of the key points in a typed answer from which on the interviewer digs deeper."""


class Plan(NamedTuple):
    """What was agreed at the beginning."""

    minutes: float
    role: str
    seed: int

    @property
    def seconds(self) -> float:
        """The time there is."""
        return self.minutes * 60

    @property
    def most(self) -> int:
        """The questions that are asked at most, however quick the answers: one a minute."""
        return max(3, ceil(self.minutes))

    @property
    def usual(self) -> int:
        """About how many questions there will be."""
        return max(2, min(self.most, round(self.seconds / USUAL)))

    @property
    def depth(self) -> int:
        """Questions in a thread at most, the opener included."""
        return min(4, max(2, self.usual // 3))


class Asked(NamedTuple):
    """A question that was asked, and how it went."""

    item: Item
    move: Move
    strong: bool


class Next(NamedTuple):
    """The question that comes next."""

    item: Item
    move: Move
    parent: str | None
    """The question that it goes on from; None for an opener."""
    seconds: int
    """How long its answer may take."""


class Stopwatch(NamedTuple):
    """Seconds that ran, and since when it runs again (on the clock of the caller); None while it stands."""

    ran: float = 0.0
    since: float | None = None

    def read(self, now: float) -> float:
        """The seconds that ran until `now`; a clock that goes back counts 0."""
        return self.ran + (max(0.0, now - self.since) if self.since is not None else 0.0)

    def start(self, now: float) -> "Stopwatch":
        """Running from `now` on."""
        return Stopwatch(self.read(now), now)

    def stop(self, now: float) -> "Stopwatch":
        """Standing from `now` on."""
        return Stopwatch(self.read(now))


def allotted(kind: str, level: str) -> int:
    """The seconds that an answer may take."""
    return SECONDS.get(kind, SECONDS["recall"])[LEVELS.index(level)]


def next_question(
    plan: Plan, pool: Mapping[str, Item], chains: Chains, asked: Sequence[Asked], elapsed: float
) -> Next | None:
    """What is asked next, `elapsed` seconds into the interview; None when it is over.

    Nothing is asked twice, nor a sibling of what was asked, nor anything whose answer would not fit into the time that
    is left.
    """
    if len(asked) >= plan.most:
        return None
    met = {one.item.concept for one in asked}
    left = plan.seconds - elapsed
    new = [item for item in pool.values() if item.concept not in met]
    fits = {item.id: item for item in new if allotted(item.kind, item.level) <= left}
    follow_up = _follow_up(plan, fits, chains, asked)
    if follow_up is None and not all(_odd(plan, item) for item in new):
        fits = {id: item for id, item in fits.items() if not _odd(plan, item)}
    return follow_up or (_opener(plan, fits, chains, asked, elapsed) if fits else None)


def _follow_up(plan: Plan, fits: Mapping[str, Item], chains: Chains, asked: Sequence[Asked]) -> Next | None:
    """How the thread goes on; None where a new one begins."""
    opened = max((nth for nth, one in enumerate(asked) if one.move == "open"), default=0)
    thread = asked[opened:]
    if not thread or len(thread) >= plan.depth:
        return None
    last = thread[-1]
    if last.strong:
        follows = [fits[id] for id in chains.follow_ups(last.item.id) if id in fits]
        found = [item for item in follows if _rank(item) >= _rank(last.item)]
        found.sort(key=lambda item: _odd(plan, item))
        return _next(found[0], "deeper", last.item.id) if found else None
    if any(one.move == "sideways" for one in thread):
        return None  # twice in trouble: another topic
    beside = sorted(_beside(last.item, fits, chains), key=lambda item: _odd(plan, item))
    return _next(beside[0], "sideways", last.item.id) if beside else None


def _beside(item: Item, fits: Mapping[str, Item], chains: Chains) -> list[Item]:
    """Questions of the topic that are no harder and do not build on this one, those linked with it first."""
    parents = set(chains.parents(item.id))
    linked = parents.union(*(chains.follow_ups(parent) for parent in parents))
    builds_on = chains.of(item.id) - parents
    beside = [
        other
        for other in fits.values()
        if other.topic == item.topic and _rank(other) <= _rank(item) and other.id not in builds_on
    ]
    return sorted(beside, key=lambda other: (other.id not in linked, _rank(item) - _rank(other), other.id))


def _opener(plan: Plan, fits: Mapping[str, Item], chains: Chains, asked: Sequence[Asked], elapsed: float) -> Next:
    """A new thread, as hard as the time says, of what the role's shares still miss."""
    known = set[str]().union(*(chains.of(one.item.id) for one in asked))
    apart = [item for item in fits.values() if item.id not in known] or list(fits.values())
    progress = max(elapsed / plan.seconds, len(asked) / plan.most)
    target = min(len(LEVELS) - 1, int(progress * len(LEVELS)))
    nearest = min((abs(_rank(item) - target), _rank(item)) for item in apart)[1]
    topics = Counter(one.item.topic for one in asked)
    kinds = Counter(one.item.kind for one in asked)

    def weight(item: Item) -> float:
        topic = topic_share(plan.role, item.topic) / (1 + 2 * topics[item.topic])  # Sainte-Laguë's divisors
        share = kind_share(plan.role, item.kind)
        kind = max(share / 20, share * (len(asked) + 1) - kinds[item.kind])
        return (topic + HARDLY) * (kind + HARDLY) / (1 + item.asked)

    level = [item for item in apart if _rank(item) == nearest]
    return _next(shuffled(level, f"interview/{plan.seed}/{len(asked)}", weight)[0], "open", None)


def _odd(plan: Plan, item: Item) -> bool:
    """Whether no interviewer asks in this way."""
    return not kind_share(plan.role, item.kind)


def _next(item: Item, move: Move, parent: str | None) -> Next:
    return Next(item, move, parent, allotted(item.kind, item.level))


def _rank(item: Item) -> int:
    return LEVELS.index(item.level)


def went_well(right: bool | None, said: bool | None, typed: str | None, key_points: Sequence[str]) -> bool:
    """Whether the interviewer digs deeper: what the judge says, else what the learner says, else what was heard.

    A typed answer is heard by its words, which steers the interview and nothing else: no score comes from it.
    """
    if right is not None:
        return right
    if said is not None:
        return said
    wanted = _stems(" ".join(key_points))
    return bool(wanted) and len(wanted & _stems(typed or "")) >= HEARD * len(wanted)


def _stems(text: str) -> set[str]:
    """The words that carry something, by their first five letters."""
    words = "".join(char if char.isalnum() else " " for char in text.casefold()).split()
    return {word[:5] for word in words if len(word) > 3 or word.isdecimal()}
