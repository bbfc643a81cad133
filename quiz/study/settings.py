"""What moves the schedule. The log's latest `set`, `weights` and `plan` events decide; these are the values without."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from quiz.memory.fsrs import DEFAULT_WEIGHTS
from quiz.study.event import Event, standing

if TYPE_CHECKING:  # imported where a log has a plan: few starts wait for it
    from quiz.study.plan import Plan


class Settings(NamedTuple):
    """Everything a replay needs besides the events, so that the same log gives the same cards."""

    retention: float = 0.9
    """Chance of recall at which a card falls due."""
    weights: tuple[float, ...] = DEFAULT_WEIGHTS
    new_per_day: int = 15
    """New cards a study day, over all sittings."""
    rollover: int = 4
    """Hour of the learner's day at which the study day changes."""
    plan: "Plan | None" = None
    """The interview that is studied for; it decides what is asked, and no stored card depends on it."""

    def plan_on(self, study_day: int) -> "Plan | None":
        """The plan, while it lasts: up to the interview day itself."""
        return self.plan if self.plan is not None and study_day <= self.plan.date else None

    def rules(self) -> str:
        """What of the settings a stored card depends on; cards that were made under other rules are made anew."""
        return f"fsrs-6 {self.retention!r} {self.weights!r}"


def settings_of(events: Iterable[Event]) -> Settings:
    """What the `set`, `weights` and `plan` events of a log come to; `data` of the first two: fields of Settings."""
    values: dict[str, Any] = {}
    for event in standing(events):
        if event.type == "plan":
            from quiz.study.plan import plan_of

            values["plan"] = plan_of(event.data)
        else:
            from quiz.study.limits import accepted  # most logs have no such event, and their starts need no limits

            values.update(accepted(event.data))
    return Settings(**values)
