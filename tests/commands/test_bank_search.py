"""`quiz bank search`."""

from tests.bank.banks import GOOD, NEXT
from tests.conftest import Learner


def test_words_find_a_question(learner: Learner) -> None:
    learner.bank(GOOD + NEXT.replace("Variance", "The mean"))
    done = learner.quiz("bank", "search", "divide", "mean")
    assert done.out == "second\n    Why divide?\n"
    (line,) = learner.quiz("bank", "search", "mean", "--json").lines
    assert line["id"] == "second"


def test_no_more_than_wanted_are_shown(learner: Learner) -> None:
    learner.bank(GOOD + NEXT)
    done = learner.quiz("bank", "search", "divide", "--limit", "1")
    assert "1 more: --limit 2 shows all." in done.out


def test_nothing_found_is_said_so(learner: Learner) -> None:
    learner.bank(GOOD)
    done = learner.quiz("bank", "search", "zebra")
    assert (done.code, done.out) == (1, "")
    assert "No question has 'zebra'" in done.err
