"""Study days begin at four in the morning where the learner is."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quiz.study.day import instant, iso, moment, weekday

EPOCH = date(1970, 1, 1)


def ms(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp() * 1000)


def test_the_hours_before_four_belong_to_the_day_before() -> None:
    assert iso(moment(ms("2026-11-24T03:59:59+01:00"), 60, 4).study_day) == "2026-11-23"
    assert iso(moment(ms("2026-11-24T04:00:00+01:00"), 60, 4).study_day) == "2026-11-24"


def test_the_study_day_is_that_of_the_place_where_the_learner_is() -> None:
    at = ms("2026-11-24T01:00:00+00:00")
    assert [iso(moment(at, offset, 4).study_day) for offset in (0, 180, -600)] == [
        "2026-11-23",
        "2026-11-24",
        "2026-11-23",
    ]


@given(st.integers(-719_162, 2_932_896))
def test_days_are_written_as_the_calendar_writes_them(day: int) -> None:
    written = EPOCH + timedelta(days=day)
    assert iso(day) == written.isoformat()
    assert weekday(day) == written.strftime("%a")


@given(st.integers(-(10**12), 4 * 10**12))
def test_instants_are_utc_with_milliseconds(at: int) -> None:
    exact = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at)
    assert instant(at) == exact.strftime("%Y-%m-%dT%H:%M:%S.") + f"{exact.microsecond // 1000:03}Z"


def test_no_day_is_no_text() -> None:
    assert iso(None) is None
