"""The page for the morning."""

from quiz.study.sheet import WORDS, Item, readable, weakest


def test_the_weakest_come_first_and_one_of_each_concept() -> None:
    assert weakest([("a", "x", 0.9), ("b", "y", 0.5), ("c", "x", 0.2)]) == [("c", 0.2), ("b", 0.5)]


def test_it_ends_when_ten_minutes_are_over_but_has_at_least_one_question() -> None:
    long = Item("a", "masks", 0.5, "word " * WORDS, ("word",))
    short = Item("b", "masks", 0.5, "word " * (WORDS // 2), ())
    assert list(readable([long, short])) == [long]
    assert list(readable([short, short, short])) == [short, short]
    assert list(readable([])) == []
