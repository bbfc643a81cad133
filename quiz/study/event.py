"""A line of the log, never edited, at most retracted by a later one."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple


class Event(NamedTuple):
    """One event. `id`, `device` and `seq` are given by the store when it is recorded."""

    type: str
    """review, retract, bury, suspend, unsuspend, flag, unflag, plan, weights, set, round, interview; others pass."""
    at: int
    """UTC milliseconds."""
    offset: int
    """Minutes east of UTC."""
    study_day: int
    """Stamped once, never recomputed; days since 1970-01-01."""
    session: str | None = None
    card: str | None = None
    rating: int | None = None
    seconds: float | None = None
    """From the question to the rating."""
    setting: str | None = None
    """review, ahead, round, interview, script, import."""
    retracts: str | None = None
    """The id of the event that this one takes back."""
    data: Mapping[str, Any] = {}
    id: str = ""
    device: str = ""
    seq: int = 0

    def order(self) -> tuple[int, str, int, str]:
        """What a log is sorted by; the id only matters where a file and its copy both went on as one device."""
        return (self.at, self.device, self.seq, self.id)


def standing(events: Iterable[Event]) -> list[Event]:
    """The events that count, in order: without the retracted ones and without the retractions."""
    events = list(events)
    gone = {event.retracts for event in events if event.type == "retract"}
    return sorted((e for e in events if e.type != "retract" and e.id not in gone), key=Event.order)
