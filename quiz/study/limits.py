"""What the settings in the log may be. An event with anything else, from another version or device, is passed over."""

from collections.abc import Mapping
from math import isfinite
from typing import Any, NamedTuple


class Limit(NamedTuple):
    """A setting that moves the schedule: what it does, and the values from `low` to `high` that it may have."""

    explains: str
    whole: bool
    low: float
    high: float

    def allows(self, value: object) -> bool:
        """Whether this is a value for it."""
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        return number and self.low <= value <= self.high and (not self.whole or value == int(value))  # type: ignore

    def allowed(self) -> str:
        """In words."""
        return f"a {'whole ' if self.whole else ''}number from {self.low:g} to {self.high:g}"


LIMITS: Mapping[str, Limit] = {
    "retention": Limit(
        "The chance of recall at which a card is asked again: more is safer and more work", False, 0.7, 0.97
    ),
    "new_per_day": Limit("New cards a study day", True, 0, 1000),
    "rollover": Limit("The hour at which a study day begins", True, 0, 23),
}

# The bounds of FSRS-6 (py-fsrs 6.3), outside which its formulas mean nothing.
LOWEST = (
    *(0.001, 0.001, 0.001, 0.001, 1.0, 0.001, 0.001, 0.001, 0.0, 0.0, 0.001),
    *(0.001, 0.001, 0.001, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.1),
)
HIGHEST = (
    *(100.0, 100.0, 100.0, 100.0, 10.0, 4.0, 4.0, 0.75, 4.5, 0.8, 3.5),
    *(5.0, 0.25, 0.9, 4.0, 1.0, 6.0, 2.0, 2.0, 0.8, 0.8),
)


def accepted(data: Mapping[str, Any]) -> dict[str, Any]:
    """Of the `data` of a `set` or `weights` event what can be used."""
    kept: dict[str, Any] = {}
    for name, value in data.items():
        if name in LIMITS and LIMITS[name].allows(value):
            kept[name] = int(value) if LIMITS[name].whole else float(value)
        elif name == "weights" and (weights := as_weights(value)):
            kept[name] = weights
    return kept


def as_weights(values: object) -> tuple[float, ...] | None:
    """The 21 weights of FSRS-6, if these are some."""
    if not isinstance(values, (list, tuple)) or len(values) != len(LOWEST):
        return None
    for value, low, high in zip(values, LOWEST, HIGHEST, strict=True):
        if not isinstance(value, (int, float)) or isinstance(value, bool) or not isfinite(value):
            return None
        if not low <= value <= high:
            return None
    return tuple(map(float, values))
