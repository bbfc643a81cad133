"""Instants and study days. A study day begins at the rollover hour, so a late evening belongs to the day before."""

from typing import NamedTuple

DAY_MS = 86_400_000


class Moment(NamedTuple):
    """An instant as the log keeps it."""

    at: int
    """Milliseconds since 1970, UTC."""
    offset: int
    """Minutes east of UTC where the learner is."""
    study_day: int
    """Days since 1970-01-01."""


def moment(at: int, offset: int, rollover: int) -> Moment:
    """The moment `at` (UTC ms) on a wall clock `offset` minutes east, with the study day that began at `rollover` h."""
    return Moment(at, offset, (at + (offset * 60 - rollover * 3600) * 1000) // DAY_MS)


def iso(day: int | None) -> str | None:
    """A study day as `2026-11-24`."""
    if day is None:
        return None
    year, month, dom = _civil(day)
    return f"{year:04}-{month:02}-{dom:02}"


def study_day_of(text: str) -> int:
    """The study day that is written `2026-11-24`; ValueError where it is none."""
    parts = text.split("-")
    if [len(part) for part in parts] != [4, 2, 2] or not all(part.isascii() and part.isdigit() for part in parts):
        raise ValueError(text)
    year, month, dom = map(int, parts)
    early = month <= 2
    era, yoe = divmod(year - early, 400)
    doy = (153 * (month + 9 if early else month - 3) + 2) // 5 + dom - 1
    day = era * 146_097 + yoe * 365 + yoe // 4 - yoe // 100 + doy - 719_468
    if iso(day) != text:  # there is no 30th of February
        raise ValueError(text)
    return day


def instant(at: int) -> str:
    """An instant as `2026-11-24T08:30:00.250Z`."""
    day, ms = divmod(at, DAY_MS)
    seconds, ms = divmod(ms, 1000)
    return f"{iso(day)}T{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{ms:03}Z"


def _civil(day: int) -> tuple[int, int, int]:
    """Year, month, day of month of a day number (proleptic Gregorian, any year; H. Hinnant's algorithm)."""
    era, doe = divmod(day + 719_468, 146_097)
    yoe = (doe - doe // 1460 + doe // 36_524 - doe // 146_096) // 365
    doy = doe - (365 * yoe + yoe // 4 - yoe // 100)
    mp = (5 * doy + 2) // 153
    month = mp + 3 if mp < 10 else mp - 9
    return yoe + era * 400 + (month <= 2), month, doy - (153 * mp + 2) // 5 + 1


def weekday(day: int) -> str:
    """The day of the week in three letters."""
    return ("Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed")[day % 7]
