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
    """Places in the list, in the order of learning; circles of follow-ups keep the order of the file."""
    levels = _lifted([LEVELS.index(entry.level) for entry in entries], links.follow_ups)
    waiting = [sum(levels[p] == level for p in parents) for level, parents in zip(levels, links.parents, strict=True)]
    order: list[int] = []
    for level in range(len(LEVELS)):
        members = [number for number, its in enumerate(levels) if its == level]
        order.extend(_in_turn(members, entries, levels, waiting, links.follow_ups))
    return order


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
    members: Sequence[int],
    entries: Sequence[Entry],
    levels: Sequence[int],
    waiting: list[int],
    follow_ups: Sequence[Iterable[int]],
) -> Iterator[int]:
    """One level: a question of each topic, again and again, of those whose parents have come; `waiting` counts down."""
    topics = sorted({entries[number].topic for number in members}, key=_PLACE.__getitem__)
    ready: dict[str, list[int]] = {topic: [] for topic in topics}
    for number in members:
        if not waiting[number]:
            ready[entries[number].topic].append(number)
    for heap in ready.values():
        heapify(heap)
    left = iter(members)
    come: set[int] = set()
    while len(come) < len(members):
        if not any(ready.values()):  # a circle: its first question breaks it
            first = next(number for number in left if number not in come)
            heappush(ready[entries[first].topic], first)
        for heap in ready.values():
            while heap and heap[0] in come:
                heappop(heap)
            if not heap:
                continue
            number = heappop(heap)
            come.add(number)
            yield number
            for other in follow_ups[number]:
                if levels[other] == levels[number]:
                    waiting[other] -= 1
                    if not waiting[other] and other not in come:
                        heappush(ready[entries[other].topic], other)
