"""Which questions a round draws, and what its answers come to."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from quiz.study.pool import Chains, Item
from quiz.study.round import Answer, draw, score
from tests.study.test_pool import item

IDS = [f"q{nth}" for nth in range(12)]


@st.composite
def banks(draw: st.DrawFn) -> list[Item]:
    some = st.lists(st.sampled_from(IDS), max_size=2, unique=True).map(tuple)
    return [
        item(id, draw(st.sampled_from("abc")), concept=draw(st.sampled_from(IDS)), follow_ups=draw(some)) for id in IDS
    ]


def chains_of(pool: list[Item]) -> Chains:
    return Chains({one.id: one.follow_ups for one in pool})


@given(banks(), st.integers(1, 15), st.integers(), st.booleans())
def test_a_round_repeats_nothing_and_keeps_chains_and_siblings_apart(
    pool: list[Item], number: int, seed: int, weak: bool
) -> None:
    chains = chains_of(pool)
    drawn = draw(pool, chains, number, seed, weak)
    assert 1 <= len(drawn) <= number
    assert len({one.concept for one in drawn}) == len(drawn)
    assert not any(other.id in chains.of(one.id) for one in drawn for other in drawn if other != one)
    assert drawn == draw(list(reversed(pool)), chains, number, seed, weak)


@given(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=30), st.integers(1, 30), st.integers())
def test_topics_are_spread_as_evenly_as_the_pool_allows(topics: list[str], number: int, seed: int) -> None:
    pool = [item(f"q{nth}", topic) for nth, topic in enumerate(topics)]
    drawn = Counter(one.topic for one in draw(pool, Chains({}), number, seed))
    assert drawn.total() == min(number, len(pool))
    there = Counter(topics)
    assert all(drawn[topic] >= min(there[topic], max(drawn.values()) - 1) for topic in there)


def test_weak_questions_are_drawn_oftener() -> None:
    pool = [item(f"q{nth}", recall=0.4 if nth < 5 else 0.99) for nth in range(50)]
    drawn = Counter(draw(pool, Chains({}), 1, seed, weak=True)[0].id for seed in range(200))
    assert sum(drawn[f"q{nth}"] for nth in range(5)) > 100


def answer(card: str, rating: int, right: bool | None = None, topic: str = "moe", demos: str = "") -> Answer:
    return Answer(card, topic, rating, right, demos=tuple(demos.split()))


def test_a_judged_answer_scores_by_its_verdict_and_another_by_whether_it_was_recalled() -> None:
    told = score([answer("a", 1, True), answer("b", 3, False), answer("c", 2), answer("d", 1)])
    assert (told.right, told.of, [one.card for one in told.missed]) == (2, 4, ["b", "d"])


def test_the_weakest_topics_come_first_and_only_those_with_misses_are_to_be_reviewed() -> None:
    told = score([answer("a", 3, topic="moe"), answer("b", 1, topic="gpt"), answer("c", 3, topic="gpt")])
    assert list(told.by_topic.items()) == [("gpt", (1, 2)), ("moe", (1, 1))]
    assert told.review == ["gpt"]


def test_the_demo_is_of_what_was_missed_and_else_of_what_was_shaky() -> None:
    good, hard, missed = (
        answer("a", 3, demos="shown"),
        answer("b", 2, demos="not-here other"),
        answer("c", 1, demos="own"),
    )
    here = {"shown", "other", "own"}
    assert score([good, hard, missed], here).demo == "own"
    assert score([good, hard], here).demo == "other"
    assert score([], here).demo is None
