"""A deck is a filter over the bank; within a field any of the values will do, between fields all must hold."""

from typing import NamedTuple


class Deck(NamedTuple):
    """Which questions are meant; an empty field lets everything through."""

    areas: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


WHOLE_BANK = Deck()
