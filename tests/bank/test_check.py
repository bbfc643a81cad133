"""What only shows across questions."""

from typing import Any

from quiz.bank.check import Entry, across
from quiz.bank.finding import sentence


def entry(name: str, *, file: str = "own.yaml", line: int = 1, shipped: bool = False, **fields: Any) -> Entry:
    blank = Entry(0, file, shipped, line, name, "attention", "basic", "aaaaaaaaaaaa", None, "", "", "")
    return blank._replace(**fields)


def said(*entries: Entry, known: tuple[str, ...] = ()) -> list[str]:
    return [sentence(finding, finding.file) for finding in across(entries, known).findings]


def used(*entries: Entry) -> list[str]:
    return [f"{entry.file}:{entry.id}" for entry in across(entries).used]


def test_a_double_id_names_both_places_and_keeps_the_first() -> None:
    first, second = entry("a", line=3), entry("a", file="more.yaml", line=9)
    assert said(first, second) == [
        "more.yaml:9: a: id: the id is taken already, at own.yaml:3. Give one of them another id."
    ]
    assert used(first, second) == ["own.yaml:a"]
    assert across([first, second]).left_out == [second]


def test_a_question_of_ones_own_replaces_the_shipped_one() -> None:
    original = entry("a", file="questions.yaml", shipped=True)
    mine = entry("a", replaces=original.version)
    assert used(original, mine) == ["own.yaml:a"]
    assert not said(original, mine)
    assert not across([original, mine]).left_out


def test_a_shipped_question_that_changed_since_it_was_copied_is_told() -> None:
    original = entry("a", file="questions.yaml", shipped=True, version="bbbbbbbbbbbb", line=7)
    (told,) = said(original, entry("a", replaces="aaaaaaaaaaaa"))
    assert told.startswith("own.yaml:1: warning: a: replaces: the shipped question that it replaces has changed since")
    assert "questions.yaml:7" in told and "`replaces: bbbbbbbbbbbb`" in told


def test_replacing_a_shipped_question_without_saying_so_is_noticed() -> None:
    original = entry("a", file="questions.yaml", shipped=True)
    (told,) = said(original, entry("a"))
    assert "warning" in told and "Add `replaces: aaaaaaaaaaaa` if that is meant." in told


def test_replacing_a_question_that_is_not_shipped_any_more_is_noticed() -> None:
    other = entry("b", file="questions.yaml", shipped=True)
    (told,) = said(other, entry("a", replaces="aaaaaaaaaaaa"))
    assert "no shipped question has this id" in told
    assert not said(entry("a", replaces="aaaaaaaaaaaa")), "without the shipped bank nothing can be said"


def test_an_alias_that_is_a_question_is_an_error() -> None:
    live, merged = entry("a"), entry("b", aliases="a", line=5)
    assert said(live, merged) == [
        "own.yaml:5: b: aliases: the alias 'a' is the id of a question, at own.yaml:1. "
        "Delete the alias or that question."
    ]
    assert used(live, merged) == ["own.yaml:a"]


def test_an_alias_that_stands_twice_is_an_error() -> None:
    (told,) = said(entry("a", aliases="old"), entry("b", aliases="old", line=5))
    assert told == "own.yaml:5: b: aliases: the alias 'old' stands at own.yaml:1 too. Delete one of them."
    (told,) = said(entry("a", aliases="old old"))
    assert "an alias stands twice" in told


def test_aliases_lead_to_the_question_of_today() -> None:
    assert across([entry("a", aliases="old older")]).aliases == {"old": "a", "older": "a"}


def test_a_follow_up_that_does_not_exist_is_a_warning_and_costs_nothing() -> None:
    asking = entry("a", follow_ups="scalin old elsewhere")
    (told,) = said(asking, entry("scaling", aliases="old"), known=("elsewhere",))
    assert told.startswith("own.yaml:1: warning: a: follow_ups: there is no question 'scalin'. Did you mean `scaling`?")
    assert used(asking) == ["own.yaml:a"]
