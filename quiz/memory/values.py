"""The two values the whole memory model speaks of."""

from enum import IntEnum
from typing import NamedTuple


class Rating(IntEnum):
    """How well the answer came: the four buttons."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class MemoryState(NamedTuple):
    """What FSRS remembers of a card: stability in days (recall is 0.9 after so many), difficulty from 1 to 10."""

    stability: float
    difficulty: float
