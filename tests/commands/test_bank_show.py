"""`quiz bank show`."""

import pytest

from quiz.bank.generators import kv_cache
from quiz.bank.generators._draw import drawn
from tests.bank.banks import CHOICE, GOOD, NEXT
from tests.conftest import Learner, bank_text, question

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


@pytest.fixture
def drawing(learner: Learner) -> Learner:
    """A learner whose bank has one question, with numbers that a generator draws."""
    learner.bank(bank_text([question("cache", kind="numeric", generator="kv-cache", verified_by="generator")]))
    return learner


def test_a_draw_is_shown_by_its_seed(drawing: Learner) -> None:
    first, again, other = (drawing.quiz("bank", "show", "cache", "--seed", seed).out for seed in ("7", "7", "8"))
    assert first == again != other
    shown = drawing.quiz("bank", "show", "cache", "--seed", "7", "--json").json
    assert shown["params"] == drawn("kv-cache", 7).params and shown["seed"] == 7


def test_the_draw_of_a_review_is_shown_again_from_the_log(drawing: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    seed = drawing.quiz("next", "--json").json["seed"]
    once = drawn("kv-cache", seed)
    review = drawing.quiz("answer", "cache", "--response", "1 TiB", "--json").json["review"]
    monkeypatch.setattr(kv_cache, "MODELS", ((1, 1, 1),))  # the generator draws other models by now
    assert drawn("kv-cache", seed) != once
    shown = drawing.quiz("bank", "show", "cache", "--review", review, "--json").json
    assert (shown["params"], shown["asked"], shown["answered"]) == (once.params, once.question, once.working)
    assert f"{once.params['layers']} layers" in drawing.quiz("bank", "show", "cache", "--review", review[-8:]).out


def test_a_generator_that_reads_other_parameters_today_says_what_the_log_has(
    drawing: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    review = drawing.quiz("answer", "cache", "--response", "1 TiB", "--json").json["review"]
    monkeypatch.setattr(kv_cache, "worked", lambda params: params["heads"])
    done = drawing.quiz("bank", "show", "cache", "--review", review)
    assert (done.code, done.out) == (1, "") and "reads other parameters today; the log has {" in done.err


def test_a_review_that_is_not_there_or_drew_nothing_is_asked_wrongly(drawing: Learner) -> None:
    assert drawing.quiz("bank", "show", "cache", "--review", "nope").code == 2
    assert drawing.quiz("bank", "show", "--topic", "masks", "--review", "x").code == 2
    drawing.bank(bank_text([question("plain")]))
    review = drawing.answer("plain")["review"]
    assert "Nothing was drawn" in drawing.quiz("bank", "show", "plain", "--review", review).err


def test_numbers_that_were_missed_come_back_once_and_fresh_ones_after_that(drawing: Learner) -> None:
    seeds = []
    for response in ("1 TiB", "1 TiB", "1 TiB"):
        seeds.append(drawing.quiz("next", "--json").json["seed"])
        drawing.quiz("answer", "cache", "--response", response)
    assert seeds[0] == seeds[1] != seeds[2]
    asked = drawing.quiz("log", "--json").lines
    assert [event["data"]["seed"] for event in asked] == seeds
    assert asked[0]["data"]["params"] == asked[1]["data"]["params"] == drawn("kv-cache", seeds[0]).params


def test_after_a_right_answer_the_numbers_are_fresh(drawing: Learner) -> None:
    first = drawing.quiz("next", "--json").json["seed"]
    drawing.answer("cache", "good")
    drawing.at("2026-12-23T09:00:00+01:00")
    assert drawing.quiz("next", "--json").json["seed"] != first
