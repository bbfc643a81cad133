"""The correction of the chances: learnt once a study day, from the log alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.bank.index import Index, open_index
from quiz.memory.calibration import Calibration
from quiz.store.agenda import Agenda, open_agenda
from quiz.store.merge import merge
from quiz.store.open import Store
from quiz.store.reviews import record_event, retract
from quiz.study.day import DAY_MS
from quiz.study.event import Event, standing
from quiz.study.history import foretold, history
from quiz.study.plan import Plan
from quiz.study.recall import expected_recall
from tests.conftest import bank_text, question
from tests.store.conftest import MORNING, TODAY, held, log, opened, rate, when

IDS = ("one", "two", "three")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("bank")
    (folder / "bank.yaml").write_text(bank_text([question(id) for id in IDS]), encoding="utf-8")
    index = open_index([str(folder / "bank.yaml")], str(folder / "cache"))
    yield index
    index.close()


@pytest.fixture
def agenda(store: Store, index: Index, tmp_path: Path) -> Agenda:
    return open_agenda(store, index, str(tmp_path))


def on(day: int, minutes: int = 0) -> int:
    """That many days after TODAY, in the morning."""
    return MORNING + day * DAY_MS + 60_000 * minutes


def slowly(store: Store, day: int) -> Calibration:
    """What the days before `day` teach, from the whole log at once."""
    asked = (one for one in history(standing(log(store)), store.settings) if one.study_day < day)
    return foretold(asked)[1]


def same(one: Calibration, other: Calibration) -> bool:
    return one.weights == pytest.approx(other.weights) and one.squares == pytest.approx(other.squares)


def test_a_day_knows_what_the_days_before_it_taught_and_nothing_of_itself(store: Store, agenda: Agenda) -> None:
    rate(store, "one")
    assert agenda.calibration(TODAY + 5) == Calibration()
    rate(store, "one", 1, on(5))
    agenda.catch_up()
    assert agenda.calibration(TODAY + 5) == Calibration()
    assert agenda.calibration(TODAY + 6).weights[0] < 0, "it was forgotten: the chances were too high"


@given(
    st.lists(st.tuples(st.sampled_from(IDS), st.integers(1, 4), st.integers(0, 3), st.booleans()), max_size=25),
)
@settings(max_examples=25, deadline=None)
def test_learnt_day_by_day_or_at_once_it_is_the_same(
    tmp_path_factory: pytest.TempPathFactory, index: Index, answers: list[tuple[str, int, int, bool]]
) -> None:
    folder = tmp_path_factory.mktemp("home")
    store = opened(folder / "learner.db")
    agenda = open_agenda(store, index, str(folder))
    day = 0
    for nth, (card, rating, later, looked) in enumerate(answers):
        day += later
        rate(store, card, rating, on(day, nth))
        agenda.catch_up()
        if looked:
            agenda.calibration(TODAY + day)
    assert same(agenda.calibration(TODAY + day + 1), slowly(store, TODAY + day + 1))
    store.close()


def test_what_is_taken_back_of_an_earlier_day_is_unlearnt(store: Store, agenda: Agenda) -> None:
    rate(store, "one")
    rate(store, "two")
    wrong = rate(store, "one", 1, on(5))
    rate(store, "two", 3, on(5))
    agenda.catch_up()
    before = agenda.calibration(TODAY + 6)
    retract(store, wrong.id, when(on(6)))
    agenda.catch_up()
    after = agenda.calibration(TODAY + 6)
    assert not same(before, after) and same(after, slowly(store, TODAY + 6))


def test_what_another_device_adds_is_learnt(store: Store, agenda: Agenda, tmp_path: Path) -> None:
    rate(store, "one")
    rate(store, "one", 3, on(5))
    agenda.catch_up()
    before = agenda.calibration(TODAY + 9)
    other = opened(tmp_path / "other.db", 1)
    rate(other, "two", 3, on(1))
    rate(other, "two", 1, on(8))
    merge(store, log(other))
    agenda.catch_up()
    after = agenda.calibration(TODAY + 9)
    assert not same(before, after) and same(after, slowly(store, TODAY + 9))


def test_under_a_plan_what_is_known_on_the_day_is_foretold_with_the_correction(store: Store, agenda: Agenda) -> None:
    for id in IDS:
        rate(store, id)
        rate(store, id, 1, on(5))
    interview = TODAY + 20
    record_event(store, Event("plan", *when(on(6)), data=Plan(interview, 5).data()))
    agenda = open_agenda(store, agenda._index, agenda._path.rsplit("/", 1)[0], TODAY + 6)
    learnt = agenda.calibration(TODAY + 6)
    chances = [expected_recall(held(store, id), interview, store.settings, learnt) or 0.0 for id in IDS]
    assert learnt != Calibration()
    assert agenda.on_the_day(TODAY + 6) == (3, pytest.approx(sum(chances) / 3, abs=1e-5))
    rate(store, "one", 4, on(6))
    agenda.catch_up()
    chances[0] = expected_recall(held(store, "one"), interview, store.settings, learnt) or 0.0
    assert agenda.on_the_day(TODAY + 6) == (3, pytest.approx(sum(chances) / 3, abs=1e-5))
    assert agenda.card("one") == held(store, "one")
