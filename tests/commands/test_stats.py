"""`quiz stats`."""

import pytest

from tests.conftest import Learner

KEYS = [
    *("schema", "study_day", "reviews", "days_studied", "streak", "longest_streak", "hours", "minutes_a_day"),
    *("new", "learning", "learnt", "suspended", "retention", "weeks", "bands", "load", "cells", "hardest", "leeches"),
    "confidence",
]


@pytest.fixture
def weeks(small: Learner) -> Learner:
    """Three weeks of study, on every third day; `second` is always missed at first."""
    for day in range(1, 22, 3):
        small.at(f"2026-11-{day:02}T09:00:00+01:00")
        small.answer("first")
        small.answer("second", "again")
        small.answer("second", "good")
    return small


def test_before_anything_is_answered_it_says_so(small: Learner) -> None:
    done = small.quiz("stats")
    assert done.code == 0 and "0 of 4 learnt" in done.out and "Nothing is answered yet" in done.out
    assert list(small.quiz("stats", "--json").json) == KEYS


def test_what_was_studied_is_counted(weeks: Learner) -> None:
    found = weeks.quiz("stats", "--json").json
    assert list(found) == KEYS
    assert (found["reviews"], found["days_studied"], found["streak"], found["longest_streak"]) == (21, 7, 1, 1)
    assert sum(week["reviews"] for week in found["weeks"]) == 12
    assert sum(week["recalled"] for week in found["weeks"]) == 6
    assert found["retention"] == 0.5
    assert [one["card"] for one in found["hardest"]] == ["second"]
    assert [one["lapses"] for one in found["leeches"]] == [6]
    assert sum(found["load"]) == 1 and len(found["load"]) == 30


@pytest.mark.parametrize("columns", [40, 60, 100])
def test_it_is_drawn_without_colour_in_the_width_there_is(
    weeks: Learner, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    out = weeks.quiz("stats").out
    assert "\x1b" not in out and max(map(len, out.splitlines())) <= columns
    for word in ("Progress", "Retention", "foretold", "Due in the next 30 days", "masks", "Hardest", "Leeches"):
        assert word in out


def test_the_picture_is_kept(weeks: Learner) -> None:
    path = weeks.home / "stats.svg"
    assert weeks.quiz("stats", "--save", str(path)).code == 0
    text = path.read_text(encoding="utf-8")
    assert text.startswith("<svg") and "Retention" in text and "@font-face" not in text
    done = weeks.quiz("stats", "--save", "stats.png")
    assert (done.code, done.out) == (2, "") and "end the name in .svg" in done.err


def test_how_sure_one_was_stands_beside_how_often_one_was_right(small: Learner) -> None:
    small.quiz("review", "--confidence", "--limit", "1", stdin="\ne\n3\n")
    found = small.quiz("stats", "--json").json["confidence"]
    assert found == [{"said": 0.9, "times": 1, "right": 1}]
    assert "How sure, and how right" in small.quiz("stats").out
