"""A deck is a filter over the bank; within a field any of the values will do, between fields all must hold."""

from collections.abc import Collection
from typing import NamedTuple


class Deck(NamedTuple):
    """Which questions are meant; an empty field lets everything through."""

    areas: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


WHOLE_BANK = Deck()


def passes(deck: Deck, area: str, topic: str, level: str, kind: str, tags: Collection[str]) -> bool:
    """Whether a question is in the deck."""
    single = zip(deck[:4], (area, topic, level, kind), strict=True)
    return all(not wanted or its in wanted for wanted, its in single) and (
        not deck.tags or not set(deck.tags).isdisjoint(tags)
    )
