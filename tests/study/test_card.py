"""A card is the replay of its events."""

from hypothesis import given
from hypothesis import strategies as st

from quiz.memory.values import Rating
from quiz.study.card import Card, applied, futures, replay, reviewed
from quiz.study.event import Event
from quiz.study.settings import Settings

SETTINGS = Settings()
DAY = 86_400_000


def review(day: int, rating: int, nth: int = 0, **fields: object) -> Event:
    event = Event(
        "review", day * DAY + nth, 0, day, card="c", rating=rating, id=f"{day}-{nth}", device="d", seq=nth + 1
    )
    return event._replace(**fields)  # type: ignore[arg-type]


def test_a_card_rated_again_stays_due_on_the_same_study_day() -> None:
    card = reviewed(Card("c"), Rating.AGAIN, 0, 100, SETTINGS)
    assert (card.due, card.last_rating, card.status()) == (100, 1, "learning")
    assert reviewed(card, Rating.GOOD, 1, 100, SETTINGS).due > 100  # type: ignore[operator]


def test_the_rating_taken_makes_the_future_that_was_shown() -> None:
    card = reviewed(Card("c"), Rating.GOOD, 0, 100, SETTINGS)
    shown = futures(card, 103, SETTINGS)
    for rating in Rating:
        after = reviewed(card, rating, 1, 103, SETTINGS)
        assert (after.state, after.due) == (shown[rating - 1].state, 103 + shown[rating - 1].interval)


def test_forgetting_counts_as_a_lapse_only_on_a_later_study_day() -> None:
    card = replay("c", [review(1, 1), review(1, 1, 1), review(1, 3, 2)], SETTINGS)
    assert (card.reps, card.lapses) == (3, 0)
    assert replay("c", [review(1, 3), review(9, 1)], SETTINGS).lapses == 1


def test_a_card_is_learnt_from_three_weeks_of_stability_unless_it_was_just_forgotten() -> None:
    card = replay("c", [review(1, 4), review(10, 4)], SETTINGS)
    assert card.state is not None and card.state.stability >= 21
    assert card.status() == "learnt"
    assert card._replace(last_rating=1).status() == "learning"
    assert Card("c").status() == "new"


def test_what_was_retracted_has_never_been() -> None:
    kept, wrong = review(1, 3), review(5, 1, 1)
    undo = Event("retract", 6 * DAY, 0, 6, card="c", retracts=wrong.id, id="u", device="d", seq=3)
    assert replay("c", [kept, wrong, undo], SETTINGS) == replay("c", [kept], SETTINGS)


def test_burying_suspending_and_flagging_leave_the_memory_alone() -> None:
    card = reviewed(Card("c"), Rating.GOOD, 0, 100, SETTINGS)
    for kind in ("bury", "suspend", "unsuspend", "flag", "unflag", "a type of tomorrow"):
        assert applied(card, Event(kind, 1, 0, 101, card="c"), SETTINGS).state == card.state
    assert applied(card, Event("bury", 1, 0, 101, card="c"), SETTINGS).buried_on == 101


days = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 4)), max_size=12)


@given(days, st.randoms(use_true_random=False))
def test_the_order_in_which_events_arrive_does_not_matter(history: list[tuple[int, int]], random: object) -> None:
    events = [review(day, rating, nth) for nth, (day, rating) in enumerate(history)]
    shuffled = list(events)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert replay("c", shuffled, SETTINGS) == replay("c", events, SETTINGS)
