"""`quiz bank show`."""

from tests.bank.banks import CHOICE, GOOD, NEXT
from tests.conftest import Learner

OPTIONS = """\
    options:
      - text: by the root
        right: true
      - text: by the width
        why: That flattens it.
"""


def test_a_question_is_shown_with_all_that_belongs_to_it(learner: Learner) -> None:
    path = learner.bank(GOOD + "    pitfalls:\n      - dividing twice\n    follow_ups:\n      - second\n" + NEXT)
    done = learner.quiz("bank", "show", "scaling")
    for piece in ("scaling\n", "Why divide?", "Variance.", "  - one\n", "  - dividing twice\n", "section 3", "second"):
        assert piece in done.out
    assert f"{path}:3" in done.out
    assert "\x1b" not in done.out


def test_options_are_shown_with_what_is_said_of_each(learner: Learner) -> None:
    learner.bank("schema: 1\nquestions:\n" + CHOICE + OPTIONS)
    done = learner.quiz("bank", "show", "pick")
    for piece in ("by the root", "by the width", "That flattens it.", "Right"):
        assert piece in done.out


def test_a_topic_can_be_read_through_before_being_asked(learner: Learner) -> None:
    learner.bank(GOOD + NEXT.replace("topic: attention", "topic: masks"))
    assert "scaling" not in learner.quiz("bank", "show", "--topic", "masks").out
    lines = learner.quiz("bank", "show", "--json", "--area", "transformer-internals").lines
    assert [line["id"] for line in lines] == ["scaling", "second"]
    assert lines[0]["key_points"] == ["one", "two", "three"] and lines[0]["line"] == 3


def test_an_old_name_shows_the_question_of_today(learner: Learner) -> None:
    learner.bank(GOOD + "    aliases:\n      - old\n")
    assert learner.quiz("bank", "show", "old").out.startswith("scaling\n")


def test_what_is_not_there_is_asked_wrongly(learner: Learner) -> None:
    learner.bank(GOOD)
    for args in (["nothing-such"], [], ["--topic", "masks"]):
        done = learner.quiz("bank", "show", *args)
        assert (done.code, done.out) == (2, "") and done.err.count("\n") == 1


def test_every_shipped_question_can_be_shown(learner: Learner) -> None:
    for area in ("nlp-fundamentals", "transformer-internals", "llm-core", "output-and-prompting"):
        done = learner.quiz("bank", "show", "--area", area, "--plain")
        assert done.code in (0, 2) and "Traceback" not in done.err
