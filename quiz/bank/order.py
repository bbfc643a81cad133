"""The order in which a bank is learnt: basic first, topics in turn, a parent before its follow-ups."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from quiz.bank.check import Entry
from quiz.bank.question import LEVELS, TOPICS

_PLACE = {topic: place for place, topic in enumerate(topic for topics in TOPICS.values() for topic in topics)}


class Links(NamedTuple):
    """Who follows whom, as places in the list of entries."""

    follow_ups: list[list[int]]
    parents: list[list[int]]


def linked(entries: Sequence[Entry], aliases: Mapping[str, str]) -> Links:
    """The follow-ups that exist, old ids resolved, and the parents that name them."""
    place = {entry.id: number for number, entry in enumerate(entries)}
    links = Links([[] for _ in entries], [[] for _ in entries])
    for number, entry in enumerate(entries):
        for name in entry.follow_ups.split():
            other = place.get(aliases.get(name, name))
            if other is not None and other != number and other not in links.follow_ups[number]:
                links.follow_ups[number].append(other)
                links.parents[other].append(number)
    return links


def ranked(entries: Sequence[Entry], links: Links) -> list[int]:
    """Places in the list, in the order of learning; a circle of follow-ups begins where the list comes to it."""
    follow_ups = _without_circles(links.follow_ups)
    levels = _lifted([LEVELS.index(entry.level) for entry in entries], follow_ups)
    waiting = [0] * len(entries)
    for number, others in enumerate(follow_ups):
        for other in others:
            waiting[other] += levels[other] == levels[number]
    order: list[int] = []
    for level in range(len(LEVELS)):
        members = [number for number, its in enumerate(levels) if its == level]
        order.extend(_in_turn(members, entries, waiting, [[o for o in f if levels[o] == level] for f in follow_ups]))
    return order


def _without_circles(follow_ups: Sequence[Iterable[int]]) -> list[list[int]]:
    """The follow-ups without those that lead back to where a walk came from (depth first, in the order of the list)."""
    kept: list[list[int]] = [[] for _ in follow_ups]
    state = [0] * len(follow_ups)  # 1: on the walk that goes on, 2: done
    for start in range(len(follow_ups)):
        walk = [] if state[start] else [(start, iter(follow_ups[start]))]
        while walk:
            number, rest = walk[-1]
            state[number] = 1
            other = next(rest, None)
            if other is None:
                state[number] = 2
                walk.pop()
            elif state[other] != 1:
                kept[number].append(other)
                if not state[other]:
                    walk.append((other, iter(follow_ups[other])))
    return kept


def _lifted(levels: list[int], follow_ups: Sequence[Iterable[int]]) -> list[int]:
    """Levels raised until no follow-up lies below its parent."""
    raised = [number for number, level in enumerate(levels) if level]
    while raised:
        number = raised.pop()
        for other in follow_ups[number]:
            if levels[other] < levels[number]:
                levels[other] = levels[number]
                raised.append(other)
    return levels


def _in_turn(
    members: Sequence[int], entries: Sequence[Entry], waiting: list[int], follow_ups: Sequence[Iterable[int]]
) -> Iterator[int]:
    """One level: a question of each topic, again and again, of those that wait for no parent; `waiting` counts down."""
    topics = sorted({entries[number].topic for number in members}, key=_PLACE.__getitem__)
    ready: dict[str, list[int]] = {topic: [] for topic in topics}
    for number in members:
        if not waiting[number]:
            ready[entries[number].topic].append(number)
    for heap in ready.values():
        heapify(heap)
    while any(ready.values()):
        for heap in ready.values():
            if heap:
                number = heappop(heap)
                yield number
                for other in follow_ups[number]:
                    waiting[other] -= 1
                    if not waiting[other]:
                        heappush(ready[entries[other].topic], other)
