"""What moves the schedule. The log's latest `set` and `weights` events decide; these are the values without any."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from quiz.memory.fsrs import DEFAULT_WEIGHTS
from quiz.study.event import Event, standing


class Settings(NamedTuple):
    """Everything a replay needs besides the events, so that the same log gives the same cards."""

    retention: float = 0.9
    """Chance of recall at which a card falls due."""
    weights: tuple[float, ...] = DEFAULT_WEIGHTS
    new_per_day: int = 15
    """New cards a study day, over all sittings."""
    rollover: int = 4
    """Hour of the learner's day at which the study day changes."""

    def rules(self) -> str:
        """What of the settings a stored card depends on; cards that were made under other rules are made anew."""
        return f"fsrs-6 {self.retention!r} {self.weights!r}"


def settings_of(events: Iterable[Event]) -> Settings:
    """What the `set` and `weights` events of a log come to; the `data` of both names fields of Settings."""
    values: dict[str, Any] = {}
    for event in standing(events):
        from quiz.study.limits import accepted  # most logs have no such event, and their starts need no limits

        values.update(accepted(event.data))
    return Settings(**values)
