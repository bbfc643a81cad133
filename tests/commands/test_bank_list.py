"""`quiz bank list`."""

from tests.bank.banks import GOOD, NEXT
from tests.conftest import Learner


def test_every_question_is_listed_with_its_state_and_where_ones_own_go(learner: Learner) -> None:
    learner.bank(GOOD + NEXT)
    learner.answer("scaling")
    done = learner.quiz("bank", "list")
    assert "scaling  attention        basic        recall   learning" in done.out
    assert "second   attention        basic        recall   new" in done.out
    assert f"go into {learner.home / 'bank'}" in done.out


def test_for_programs_a_question_is_a_line_of_json(learner: Learner) -> None:
    learner.bank(GOOD)
    (line,) = learner.quiz("bank", "list", "--json").lines
    assert len(line.pop("version")) == 12
    assert line == {
        "schema": 1,
        "id": "scaling",
        "area": "transformer-internals",
        "topic": "attention",
        "concept": "scaling",
        "level": "basic",
        "kind": "recall",
        "tags": [],
        "state": "new",
    }


def test_filters_narrow_the_list(learner: Learner) -> None:
    learner.bank(GOOD + NEXT.replace("level: basic", "level: advanced\n    tags:\n      - exam"))
    for filters in (["--level", "advanced"], ["--tag", "exam"], ["--kind", "recall", "--level", "advanced"]):
        assert [line["id"] for line in learner.quiz("bank", "list", "--json", *filters).lines] == ["second"]
    assert learner.quiz("bank", "list", "--json", "--topic", "masks").out == ""
    assert learner.quiz("bank", "list", "--level", "easy").code == 2
