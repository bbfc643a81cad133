"""What a learner sees at a glance."""

from hypothesis import given
from hypothesis import strategies as st

from quiz.memory.values import MemoryState
from quiz.study.card import Card
from quiz.study.history import Asked, Foretold
from quiz.study.stats import Entry, bands, cells, stats, streaks, weeks


def asked(day: int, rating: int = 3, card: str = "a", seconds: float | None = 30.0) -> Asked:
    return Asked(card, day, day, rating, seconds, None)


def told(day: int, chance: float, rating: int = 3) -> Foretold:
    return Foretold(asked(day, rating), chance)


def entry(id: str, topic: str = "masks", status: str = "learning", lapses: int = 0) -> Entry:
    return Entry(Card(id, MemoryState(5.0, 5.0), last_rating=3, reps=3, lapses=lapses), topic, "basic", status)


def test_a_streak_goes_on_until_a_day_has_passed_without_an_answer() -> None:
    assert streaks([1, 2, 3], 3) == (3, 3)
    assert streaks([1, 2, 3], 4) == (3, 3), "today can still be studied"
    assert streaks([1, 2, 3], 5) == (0, 3)
    assert streaks([1, 2, 5], 5) == (1, 2)
    assert streaks([], 5) == (0, 0)


@given(st.sets(st.integers(0, 60)), st.integers(0, 60))
def test_no_streak_is_longer_than_the_longest(days: set[int], today: int) -> None:
    now, longest = streaks(sorted(days), today)
    assert 0 <= now <= longest <= len(days)


def test_weeks_end_today_and_count_what_was_recalled_and_expected() -> None:
    one, two, three = weeks([told(100, 0.9), told(100, 0.7, 1), told(86, 0.8)], today=100)
    assert (three.first_day, three.reviews, three.recalled, round(three.foretold, 3)) == (94, 2, 1, 1.6)
    assert (two.reviews, one.reviews, one.first_day) == (0, 1, 80)
    assert weeks([], 100) == []


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(1, 4)), max_size=60))
def test_every_review_falls_into_one_band(given_: list[tuple[float, int]]) -> None:
    made = bands([told(1, chance, rating) for chance, rating in given_])
    assert sum(band.reviews for band in made) == len(given_)
    assert sum(band.recalled for band in made) == sum(rating > 1 for _, rating in given_)


def test_a_cell_is_the_mean_of_what_was_seen_and_leaves_out_what_is_suspended() -> None:
    bank = [entry("a"), entry("b"), entry("c", status="suspended"), Entry(Card("d"), "masks", "basic", "new")]
    (cell,) = cells(bank, lambda card: {"a": 0.5, "b": 0.9}[card.id])
    assert (cell.seen, cell.cards, cell.recall) == (2, 3, 0.7)
    (unseen,) = cells(bank[3:], lambda card: 1.0)
    assert unseen.recall is None


def test_what_was_forgotten_often_is_hardest_and_a_leech() -> None:
    log = [asked(day, rating, card) for card, rating in (("a", 1), ("b", 3)) for day in range(5)]
    found = stats(log, [], [entry("a", lapses=4), entry("b")], 10, [0] * 30, lambda card: 0.5)
    assert [one.card for one in found.hardest] == ["a"]
    assert [(one.card, one.lapses, one.missed, one.reviews) for one in found.leeches] == [("a", 4, 5, 5)]
    assert found.retention is None and found.days_studied == 5 and found.learning == 2


def test_an_answer_left_open_overnight_is_not_eight_hours_of_study() -> None:
    found = stats([asked(1, seconds=30_000.0), asked(1, seconds=None)], [], [], 1, [], lambda card: 1.0)
    assert found.hours == 600 / 3600
