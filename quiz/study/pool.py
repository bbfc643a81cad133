"""Questions that could be asked, drawn by chance that is given as a seed, and how they hang together by follow-ups."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import log
from typing import NamedTuple
from zlib import crc32

SURE_WEIGHT = 0.02
"""The weight, beside 1 - R, of a question that is sure to be recalled, and of one that was never answered."""


class Item(NamedTuple):
    """A question, as far as drawing it needs."""

    id: str
    area: str
    topic: str
    concept: str
    level: str
    kind: str
    follow_ups: tuple[str, ...] = ()
    recall: float | None = None
    """The chance that it would be recalled today; None where it was never answered."""
    asked: int = 0
    """How often earlier interviews asked it."""


def chance(seed: str) -> float:
    """A number in (0, 1), evenly spread, the same for a seed; crc32 alone is linear, the multiplications part it."""
    code = crc32(seed.encode())
    code = (code ^ code >> 16) * 0x45D9F3B & 0xFFFFFFFF
    code = (code ^ code >> 16) * 0x45D9F3B & 0xFFFFFFFF
    return ((code ^ code >> 16) + 0.5) / 2**32


def shuffled(items: Iterable[Item], seed: str, weight: Callable[[Item], float] = lambda item: 1.0) -> list[Item]:
    """The items in an order of chance in which one stands before another as often as their weights (above 0) say.

    Weighted sampling without replacement: sorted by u^(1/w) (Efraimidis and Spirakis 2006).
    """
    return sorted(items, key=lambda item: (log(chance(f"{seed}/{item.id}")) / weight(item), item.id), reverse=True)


def weakness(item: Item) -> float:
    """How much a question wants practice: the chance that it is forgotten; a new one counts as one that is sure."""
    return SURE_WEIGHT + (0.0 if item.recall is None else 1.0 - item.recall)


class Chains:
    """What leads to what along the follow-ups."""

    def __init__(self, follow_ups: Mapping[str, Sequence[str]]) -> None:
        self._after = follow_ups
        self._before: dict[str, list[str]] = {}
        for id, follows in follow_ups.items():
            for follow in follows:
                self._before.setdefault(follow, []).append(id)

    def follow_ups(self, id: str) -> Sequence[str]:
        """What follows a question up."""
        return self._after.get(id, ())

    def parents(self, id: str) -> Sequence[str]:
        """The questions that it follows up."""
        return self._before.get(id, ())

    def of(self, id: str) -> set[str]:
        """A question, all that it leads to and all that leads to it."""
        return _reached(id, self._after) | _reached(id, self._before)


def _reached(start: str, links: Mapping[str, Sequence[str]]) -> set[str]:
    found, ahead = {start}, [start]
    while ahead:
        for link in links.get(ahead.pop(), ()):
            if link not in found:
                found.add(link)
                ahead.append(link)
    return found
