"""What a study day asks: made once, kept, and the same when it is made anew."""

from pathlib import Path

import pytest

from quiz.bank.index import Index
from quiz.store.agenda import Agenda, open_agenda
from quiz.store.merge import merge
from quiz.store.open import Store
from quiz.store.reviews import last_event, record_event, retract
from quiz.study.card import chance
from quiz.study.day import DAY_MS
from quiz.study.deck import Deck
from quiz.study.event import Event
from quiz.study.plan import Plan
from tests.store.conftest import MORNING, TODAY, held, log, mark, opened, rate, when
from tests.store.test_agenda import IDS, index  # noqa: F401  # a fixture

FAR = Plan(TODAY + 30, 3)
ATTENTION = Deck(topics=("attention",))


@pytest.fixture
def agenda(store: Store, index: Index, tmp_path: Path) -> Agenda:  # noqa: F811
    return open_agenda(store, index, str(tmp_path))


def plan(store: Store, agenda: Agenda, plan: Plan | None, at: int = MORNING) -> None:
    record_event(store, Event("plan", *when(at), data=plan.data() if plan else {"clear": True}))
    agenda.catch_up()


def asked(agenda: Agenda, day: int = TODAY, deck: Deck = Deck()) -> list[str]:  # noqa: B008
    return [entry.id for entry in agenda.candidates(day, deck).due]


def anew(store: Store, index: Index, tmp_path: Path) -> Agenda:  # noqa: F811
    folder = tmp_path / "anew"
    folder.mkdir(exist_ok=True)
    for file in folder.iterdir():
        file.unlink()
    return open_agenda(store, index, str(folder), TODAY)


def test_a_plan_asks_its_cards_one_of_a_concept_in_the_order_of_learning(store: Store, agenda: Agenda) -> None:
    plan(store, agenda, FAR)
    rank = [id for id, _ in agenda.states()]
    assert len(asked(agenda)) == 3
    assert asked(agenda) == sorted(asked(agenda), key=rank.index)
    assert len({id.partition("-w")[0] for id in asked(agenda)}) == 3
    assert agenda.candidates(TODAY).new == ()


def test_the_list_is_kept_for_the_day_and_only_shrinks(store: Store, agenda: Agenda) -> None:
    plan(store, agenda, FAR)
    first, *rest = asked(agenda)
    rate(store, first)
    agenda.catch_up()
    assert asked(agenda) == rest
    retract(store, (last_event(store) or Event("", 0, 0, 0)).id, when(MORNING))
    agenda.catch_up()
    assert asked(agenda) == [first, *rest]
    mark(store, "bury", first)
    agenda.catch_up()
    assert asked(agenda) == rest


def test_a_list_that_is_made_anew_during_the_day_is_the_same(
    store: Store,
    agenda: Agenda,
    index: Index,  # noqa: F811
    tmp_path: Path,
) -> None:
    for nth, id in enumerate(IDS[:4]):
        rate(store, id, 1 + nth, MORNING - 9 * DAY_MS)
    plan(store, agenda, FAR)
    whole = asked(agenda)
    rate(store, whole[0], 1)
    rate(store, whole[1], 3, MORNING + 1)
    agenda.catch_up()
    assert asked(agenda) == asked(anew(store, index, tmp_path)) == whole[2:]


def test_the_next_day_has_another_list_whether_or_not_the_last_was_done(store: Store, agenda: Agenda) -> None:
    plan(store, agenda, FAR)
    today = asked(agenda)
    assert asked(agenda, TODAY + 5) == today  # nothing was done, nothing has changed
    rate(store, today[0], 4)
    agenda.catch_up()
    assert today[0] not in asked(agenda, TODAY + 1)


def test_a_new_plan_makes_a_new_list_and_none_the_ordinary_one(store: Store, agenda: Agenda) -> None:
    plan(store, agenda, FAR)
    plan(store, agenda, FAR._replace(per_day=1), MORNING + 1)
    assert len(asked(agenda)) == 1
    plan(store, agenda, FAR._replace(deck=ATTENTION), MORNING + 2)
    assert asked(agenda) == ["scaling"]
    plan(store, agenda, None, MORNING + 3)
    assert (asked(agenda), len(agenda.candidates(TODAY).new)) == ([], 8)


def test_after_the_interview_it_is_ordinary_review_again(store: Store, agenda: Agenda) -> None:
    rate(store, "tokens", 3, MORNING - DAY_MS)
    plan(store, agenda, FAR)
    assert len(asked(agenda, FAR.date)) == 3
    assert asked(agenda, FAR.date + 1) == ["tokens"]
    assert agenda.candidates(FAR.date + 1).new


def test_a_plan_of_another_device_is_followed_too(store: Store, agenda: Agenda, tmp_path: Path) -> None:
    other = opened(tmp_path / "other.db", 1)
    record_event(other, Event("plan", *when(MORNING), data=FAR.data()))
    merge(store, log(other))
    agenda.catch_up()
    assert len(asked(agenda)) == 3


def test_a_plan_made_in_another_window_is_followed_from_the_next_answer_on(
    store: Store, agenda: Agenda, tmp_path: Path
) -> None:
    window = opened(Path(store.path))
    record_event(window, Event("plan", *when(MORNING), data=FAR.data()))
    agenda.catch_up()
    assert len(asked(agenda)) == 3


def test_in_the_last_days_siblings_may_come_on_one_day(store: Store, agenda: Agenda) -> None:
    plan(store, agenda, Plan(TODAY + 1, 8))
    assert sorted(asked(agenda)) == sorted(IDS)
    assert agenda.candidates(TODAY).together


def test_what_is_known_on_the_day_is_the_mean_over_the_plan(store: Store, agenda: Agenda) -> None:
    plan(store, agenda, FAR._replace(deck=ATTENTION))
    assert agenda.on_the_day(TODAY) == (3, 0.0)
    rate(store, "scaling", 4)
    rate(store, "tokens", 4, MORNING + 1)  # not in the plan
    agenda.catch_up()
    known = chance(held(store, "scaling"), FAR.date, store.settings)
    count, expected = agenda.on_the_day(TODAY)
    assert (count, expected) == (3, pytest.approx(known / 3, abs=1e-6))
    mark(store, "suspend", "scaling-why")
    agenda.catch_up()
    assert agenda.on_the_day(TODAY)[0] == 2


def test_under_a_plan_learnt_is_what_will_be_known_on_the_day(store: Store, agenda: Agenda) -> None:
    rate(store, "tokens", 4)  # stable for 8 days
    plan(store, agenda, Plan(TODAY + 8, 3))
    assert agenda.state("tokens") == "learnt"
    plan(store, agenda, Plan(TODAY + 30, 3), MORNING + 1)
    assert agenda.state("tokens") == "learning"
    plan(store, agenda, Plan(TODAY + 8, 3, None, ATTENTION), MORNING + 2)
    assert agenda.state("tokens") == "learning"


def test_a_backlog_is_asked_by_gain_and_what_is_due_only_today_by_day(store: Store, agenda: Agenda) -> None:
    for id in ("tokens", "similarity", "masks"):
        rate(store, id, 3, MORNING - 40 * DAY_MS)
    rate(store, "similarity", 4, MORNING - 39 * DAY_MS)
    rate(store, "qk-norm", 1, MORNING - 2 * DAY_MS)
    agenda.catch_up()
    due = asked(agenda)
    assert sorted(due) == ["masks", "qk-norm", "similarity", "tokens"]
    assert due[0] == "qk-norm"  # was left open
    assert due[-1] == "similarity"  # the most stable one
    rate(store, due[0])
    agenda.catch_up()
    assert asked(agenda) == due[1:]
    assert asked(agenda, TODAY, Deck(topics=("tokens",))) == ["tokens"]


def test_minutes_are_counted_with_the_seconds_that_answers_took(store: Store, agenda: Agenda) -> None:
    plan(store, agenda, Plan(TODAY + 30, None, 2.0))
    assert len(asked(agenda)) == 4  # half a minute each before anything is known
    for nth in range(200):
        record_event(store, Event("review", *when(MORNING + nth), card="tokens", rating=3, seconds=60.0))
    agenda.catch_up()
    assert len(asked(agenda, TODAY + 1)) == 2
