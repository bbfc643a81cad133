"""`quiz tune`: personal weights."""

import csv
import sys
from collections.abc import Iterator
from datetime import datetime

import pytest

from quiz.commands import tune
from quiz.store.ids import uuid7
from quiz.store.merge import merge
from quiz.store.open import open_store
from quiz.study.day import moment
from quiz.study.event import Event
from tests.conftest import Learner
from tests.memory.real_log import CSV


def reviews(count: int) -> Iterator[Event]:
    """The first reviews of the real log, of cards that the bank does not have."""
    with CSV.open(newline="") as lines:
        for nth, line in zip(range(count), csv.DictReader(lines), strict=False):
            at = int(datetime.fromisoformat(line["review_time"]).timestamp() * 1000)
            yield Event(
                "review",
                *moment(at, 0, 4),
                card=f"card-{line['card_id']}",
                rating=int(line["review_rating"]),
                setting="import",
                id=f"real-{nth}",
            )


@pytest.fixture
def studied(learner: Learner) -> Learner:
    """A learner with the first 6,000 reviews of the real log and one card of the bank."""
    learner.quiz("answer", "attention-scaling", "good")
    store = open_store(str(learner.home / "learner.db"), lambda at: uuid7(at, bytes(10)))
    assert merge(store, reviews(6000)) == 6000
    store.close()
    return learner


def test_weights_that_foretell_better_are_kept_and_cards_computed_anew_until_taken_back(studied: Learner) -> None:
    first = studied.quiz("next", "--json").json["outlook"]
    told = studied.quiz("tune", "--json").json
    assert told["reviews"] == 6001 and told["kept"] is (told["after"] < told["before"])
    assert told["kept"] and len(told["weights"]) == 21
    assert studied.quiz("next", "--json").json["outlook"] != first
    (event,) = [e for e in studied.quiz("log", "--json").lines if e["type"] == "weights"]
    assert event["id"] == told["event"] and event["data"]["before"] == told["before"]
    assert studied.quiz("tune", "--undo").code == 0
    assert studied.quiz("next", "--json").json["outlook"] == first
    assert studied.quiz("tune", "--undo").code == 1


def test_weights_that_foretell_no_better_are_not_kept(studied: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    from quiz.memory.fsrs import DEFAULT_WEIGHTS

    monkeypatch.setattr(tune, "_fitted", lambda log, until: (*DEFAULT_WEIGHTS[:2], 90.0, *DEFAULT_WEIGHTS[3:]))
    done = studied.quiz("tune")
    assert done.code == 0 and "No better, so nothing changes." in done.out
    assert not [e for e in studied.quiz("log", "--json").lines if e["type"] == "weights"]


def test_too_few_reviews_are_counted(learner: Learner) -> None:
    learner.answer("attention-scaling")
    done = learner.quiz("tune")
    assert (done.code, done.out) == (1, "")
    assert "There are 0 reviews on a later day" in done.err and "400 more are needed" in done.err


def test_without_the_extra_what_to_install_is_said(studied: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsrs_rs_python", None)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    done = studied.quiz("tune")
    assert (done.code, done.out) == (1, "") and "quiz[tune]" in done.err


def test_a_fit_that_fails_changes_nothing(studied: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false" if sys.platform != "win32" else sys.executable)
    done = studied.quiz("tune")
    assert (done.code, done.out) == (1, "") and "nothing has changed" in done.err
