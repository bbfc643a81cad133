"""What moves the schedule. The log's latest `set` and `weights` events decide; these are the values without any."""

from typing import NamedTuple

from quiz.memory.fsrs import DEFAULT_WEIGHTS


class Settings(NamedTuple):
    """Everything a replay needs besides the events, so that the same log gives the same cards."""

    retention: float = 0.9
    """Chance of recall at which a card falls due."""
    weights: tuple[float, ...] = DEFAULT_WEIGHTS
    new_per_day: int = 15
    """New cards a study day, over all sittings."""
    rollover: int = 4
    """Hour of the learner's day at which the study day changes."""
