"""The order of learning."""

from hypothesis import given
from hypothesis import strategies as st

from quiz.bank.check import Entry
from quiz.bank.order import linked, ranked
from quiz.bank.question import LEVELS
from tests.bank.test_check import entry

TOPICS = ("tokens", "attention", "gpt")


def order(*entries: Entry, aliases: dict[str, str] | None = None) -> list[str]:
    return [entries[place].id for place in ranked(entries, linked(entries, aliases or {}))]


def test_basic_comes_before_intermediate_before_advanced() -> None:
    assert order(entry("a", level="advanced"), entry("b", level="intermediate"), entry("c")) == ["c", "b", "a"]


def test_topics_take_turns_and_keep_the_order_of_the_file() -> None:
    gpt = [entry(f"g{n}", topic="gpt") for n in range(3)]
    tokens = [entry(f"t{n}", topic="tokens") for n in range(2)]
    assert order(*gpt, *tokens) == ["t0", "g0", "t1", "g1", "g2"]


def test_a_parent_comes_before_its_follow_ups() -> None:
    assert order(entry("deeper"), entry("why", follow_ups="deeper")) == ["why", "deeper"]


def test_a_parents_level_lifts_its_follow_ups_and_theirs() -> None:
    parent = entry("parent", level="advanced", follow_ups="child")
    assert order(entry("child", follow_ups="grandchild"), entry("grandchild"), parent, entry("other")) == [
        "other",
        "parent",
        "child",
        "grandchild",
    ]


def test_a_circle_of_follow_ups_ends_and_keeps_the_order_of_the_file() -> None:
    assert order(entry("a", follow_ups="b"), entry("b", follow_ups="c"), entry("c", follow_ups="a")) == ["a", "b", "c"]
    assert order(entry("a", follow_ups="a")) == ["a"]


def test_an_old_id_counts_as_a_follow_up() -> None:
    entries = [entry("new"), entry("parent", follow_ups="old")]
    assert order(*entries, aliases={"old": "new"}) == ["parent", "new"]
    assert linked(entries, {"old": "new"}).follow_ups == [[], [0]]
    assert linked(entries, {"old": "new"}).parents == [[1], []]


@st.composite
def banks(draw: st.DrawFn) -> list[Entry]:
    names = [f"q{n}" for n in range(draw(st.integers(1, 12)))]
    return [
        entry(
            name,
            topic=draw(st.sampled_from(TOPICS)),
            level=draw(st.sampled_from(LEVELS)),
            follow_ups=" ".join(draw(st.lists(st.sampled_from(names), max_size=3))),
        )
        for name in names
    ]


@given(banks())
def test_every_question_has_a_place_and_parents_come_first_unless_in_a_circle(bank: list[Entry]) -> None:
    links = linked(bank, {})
    places = ranked(bank, links)
    assert sorted(places) == list(range(len(bank)))
    below = [reached(number, links.follow_ups) for number in range(len(bank))]
    for parent, children in enumerate(links.follow_ups):
        for child in children:
            if parent not in below[child]:
                assert places.index(parent) < places.index(child)


def reached(start: int, follow_ups: list[list[int]]) -> set[int]:
    seen: set[int] = set()
    todo = list(follow_ups[start])
    while todo:
        if (number := todo.pop()) not in seen:
            seen.add(number)
            todo += follow_ups[number]
    return seen
