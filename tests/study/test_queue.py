"""Which card comes next."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from quiz.memory.values import Rating
from quiz.study.queue import Answered, Candidates, Entry, askable, choose, coming_again

MINUTE = 60_000
NOW = 1_000 * MINUTE


def due(id: str, day: int = 1, topic: str = "", concept: str = "") -> Entry:
    return Entry(id, concept or id, topic or f"topic of {id}", "basic", day)


def new(id: str, topic: str = "", concept: str = "") -> Entry:
    return Entry(id, concept or id, topic or f"topic of {id}", "basic")


def said(id: str, rating: Rating = Rating.GOOD, ago: float = 60, first: bool = False, **fields: str) -> Answered:
    at = NOW - int(ago * MINUTE)
    return Answered(
        id, fields.get("concept", id), fields.get("topic", f"topic of {id}"), "basic", at, rating, first, False
    )


def next_of(
    today: Sequence[Answered] = (),
    due: Sequence[Entry] = (),
    new: Sequence[Entry] = (),
    per_day: int = 15,
    linked: Sequence[str] = (),
) -> str | None:
    return choose(Candidates(due, new), today, NOW, per_day, linked)


def test_due_cards_come_before_new_ones_in_their_order() -> None:
    assert next_of(due=[due("old", 1), due("young", 2)], new=[new("fresh")]) == "old"
    assert next_of(new=[new("fresh"), new("later")]) == "fresh"
    assert next_of() is None


def test_a_card_rated_again_waits_for_five_other_answers() -> None:
    again = said("hard", Rating.AGAIN, ago=5)
    four = [said(f"other{n}", ago=4 - n / 10) for n in range(4)]
    assert next_of([again, *four], [due("next")]) == "next"
    assert next_of([again, *four, said("fifth", ago=1)], [due("next")]) == "hard"


def test_a_card_rated_again_waits_at_most_ten_minutes() -> None:
    assert next_of([said("hard", Rating.AGAIN, ago=9.9)], [due("next")]) == "next"
    assert next_of([said("hard", Rating.AGAIN, ago=10)], [due("next")]) == "hard"


def test_a_card_rated_again_comes_at_once_when_nothing_else_is_left() -> None:
    today = [said("first", Rating.AGAIN, ago=2), said("second", Rating.AGAIN, ago=1)]
    assert next_of(today) == "first"


def test_a_clock_that_was_set_back_does_not_keep_a_card_away() -> None:
    assert next_of([said("hard", Rating.AGAIN, ago=-500)], [due("next")]) == "hard"


def test_a_card_that_was_buried_after_again_does_not_come_back_today() -> None:
    gone = said("hard", Rating.AGAIN, ago=60)._replace(away=True)
    assert coming_again([gone]) == []
    assert next_of([gone]) is None


def test_new_cards_stop_at_the_number_of_the_day_over_all_sittings() -> None:
    today = [said(f"n{n}", first=True) for n in range(3)]
    assert next_of(today, new=[new("fresh")], per_day=3) is None
    assert next_of(today, new=[new("fresh")], per_day=4) == "fresh"
    assert next_of([said("known")], new=[new("fresh")], per_day=1) == "fresh"


def test_siblings_of_what_was_answered_today_wait() -> None:
    today = [said("recall", concept="scaling")]
    waiting = due("choice", concept="scaling")
    assert next_of(today, [waiting], [new("third", concept="scaling")]) is None
    assert next_of(today, [waiting, due("free")]) == "free"


def test_of_two_siblings_that_are_due_only_the_first_counts() -> None:
    left = askable(Candidates([due("a", concept="x"), due("b", concept="x")], [new("c", concept="x")]), [], 15)
    assert [entry.id for entry in left.due] == ["a"]
    assert left.new == []


def test_one_topic_or_chain_is_not_asked_twice_in_a_row_unless_nothing_else_is_left() -> None:
    today = [said("last", topic="attention", ago=1), said("before", topic="moe", ago=2)]
    assert next_of(today, [due("same", topic="attention"), due("other", topic="moe")]) == "other"
    assert next_of(today, [due("same", topic="attention")]) == "same"
    assert next_of(today, [due("follow-up"), due("other")], linked=["follow-up"]) == "other"


entries = st.lists(
    st.builds(
        Entry, st.sampled_from("abcdefgh"), st.sampled_from("xyz"), st.sampled_from("pq"), st.just("basic"), st.just(1)
    ),
    unique_by=lambda entry: entry.id,
)
answers = st.lists(
    st.builds(
        Answered,
        st.sampled_from("ijklmnop"),
        st.sampled_from("xyz"),
        st.sampled_from("pq"),
        st.just("basic"),
        st.integers(NOW - 30 * MINUTE, NOW),
        st.integers(1, 4),
        st.booleans(),
        st.booleans(),
    ),
    unique_by=lambda answered: answered.id,
)


@given(entries, answers, st.integers(0, 20))
def test_what_is_chosen_may_be_asked_and_nothing_is_chosen_only_when_nothing_may(
    candidates: list[Entry], today: list[Answered], per_day: int
) -> None:
    chosen = choose(Candidates(candidates, ()), today, NOW, per_day, ())
    may = {entry.id for entry in askable(Candidates(candidates, ()), today, per_day).due} | {
        a.id for a in coming_again(today)
    }
    assert (chosen in may) if may else chosen is None


def test_in_the_last_days_of_a_plan_a_sibling_comes_five_cards_later() -> None:
    left = Candidates([due("sibling", concept="x"), *(due(f"other{n}") for n in range(9))], (), together=True)
    today = [said("first", ago=60, concept="x")]
    for n in range(4):
        assert choose(left, today, NOW, 0, ()) != "sibling"
        today.append(said(f"done{n}", ago=50 - n))
    assert choose(left, today, NOW, 0, ()) != "sibling"
    today.append(said("fifth", ago=40))
    assert choose(left, today, NOW, 0, ()) == "sibling"


def test_a_sibling_comes_sooner_when_nothing_else_is_left() -> None:
    left = Candidates([due("sibling", concept="x")], (), together=True)
    assert choose(left, [said("first", concept="x")], NOW, 0, ()) == "sibling"
