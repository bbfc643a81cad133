"""Studying from scripts and editors: next, answer, undo, status, log."""

import json

import pytest

from tests.conftest import Learner, bank_text, question

CHOICES = [
    {"text": "the right line", "right": True},
    {"text": "the wrong line", "why": "it is wrong"},
    {"text": "another wrong line", "why": "it is wrong too"},
]


@pytest.fixture
def small(learner: Learner) -> Learner:
    """A learner with a bank of four questions, two of them siblings."""
    learner.bank(
        bank_text(
            [
                question("first"),
                question("picked", concept="first", kind="choice", options=CHOICES),
                question("second", topic="masks"),
                question("later", topic="masks", level="advanced"),
            ]
        )
    )
    return learner


def test_next_says_every_key_of_the_contract(small: Learner) -> None:
    shown = small.quiz("next", "--json").json
    assert set(shown) == {
        *("schema", "card", "kind", "state", "question", "options", "seed", "due", "retrievability"),
        "recall",
        *("outlook", "next_due"),
    }
    assert (shown["card"], shown["state"], shown["due"]) == ("first", "new", None)
    assert [shown["outlook"][name]["due"] for name in ("again", "good")] == ["2026-11-23", "2026-11-25"]


def test_an_answer_is_taken_and_the_card_comes_back_on_its_day(small: Learner) -> None:
    said = small.answer("first", "good")
    assert (said["rating"], said["right"], said["due"], said["interval_days"]) == (3, None, "2026-11-25", 2)
    assert small.quiz("next", "--json").json["card"] == "second"
    small.answer("second")
    small.answer("later")
    assert small.quiz("next", "--json").json == {
        **dict.fromkeys(
            ("card", "kind", "state", "question", "options", "seed", "due", "retrievability", "recall", "outlook")
        ),
        "schema": 1,
        "next_due": "2026-11-25",
    }
    small.at("2026-11-25T09:00:00+01:00")
    back = small.quiz("next", "--json").json
    assert (back["card"], back["state"], back["due"]) == ("first", "learning", "2026-11-25")
    assert 0.85 < back["retrievability"] < 0.95


def test_a_card_rated_again_is_asked_again_the_same_day(small: Learner) -> None:
    assert small.answer("first", "again")["due"] == "2026-11-23"
    assert small.quiz("next", "--json").json["card"] == "second"
    small.answer("second")
    small.answer("later")
    assert small.quiz("next", "--json").json["card"] == "first"


def test_next_and_answer_agree_on_the_order_of_the_options(small: Learner) -> None:
    shown = small.quiz("next", "--kind", "choice", "--json").json
    letter = "abc"[shown["options"].index("the right line")]
    said = small.quiz("answer", shown["card"], "--response", letter, "--json").json
    assert (said["right"], said["rating"]) == (True, 3)
    logged = small.quiz("log", "--json").lines[0]
    assert logged["data"]["response"] == "the right line"
    assert logged["data"]["seed"] == shown["seed"]


def test_a_wrong_response_suggests_again(small: Learner) -> None:
    said = small.quiz("answer", "picked", "--response", "the wrong line", "--json").json
    assert (said["right"], said["rating"], said["due"]) == (False, 1, "2026-11-23")


def test_undo_takes_back_the_last_event_and_the_log_keeps_both(small: Learner) -> None:
    small.answer("first")
    review = small.answer("second", "easy")["review"]
    assert small.quiz("undo", "--json").json == {"schema": 1, "retracted": review, "type": "review", "card": "second"}
    assert small.quiz("status", "--json").json["answered_today"] == 1
    log = small.quiz("log", "--json").lines
    assert [(event["type"], event["retracted"]) for event in log] == [
        ("review", False),
        ("review", True),
        ("retract", False),
    ]
    assert [event["seq"] for event in log] == [1, 2, 3]
    small.quiz("undo", "first")
    assert small.quiz("undo").code == 1


def test_status_counts_what_there_is(small: Learner) -> None:
    small.answer("first")
    small.answer("second", "again")
    status = small.quiz("status", "--json").json
    assert status["study_day"] == "2026-11-23"
    assert (status["due"], status["new"], status["new_today"], status["learning"], status["learnt"]) == (1, 2, 2, 2, 0)
    assert status["new"] + status["learning"] + status["learnt"] == status["total"] == 4
    assert (status["answered_today"], status["next_due"], status["interview"]) == (2, "2026-11-25", None)


@pytest.mark.parametrize(
    ("args", "word"),
    [
        (["answer", "nothing", "good"], "nothing"),
        (["answer", "first", "splendid"], "splendid"),
        (["answer", "first"], "again, hard, good or easy"),
        (["answer", "picked"], "--response"),
        (["answer", "picked", "--response", "z"], "a to c"),
        (["next", "--topic", "atention"], "attention"),
        (["next", "--new", "-1"], "-1"),
        (["nxet"], "next"),
        (["answer"], "CARD"),
        (["undo", "nothing"], "nothing"),
        (["--bank", "/nowhere.yaml", "next"], "/nowhere.yaml"),
    ],
)
def test_what_is_wrongly_asked_is_said_in_words_on_stderr(small: Learner, args: list[str], word: str) -> None:
    ended = small.quiz(*args)
    assert (ended.code, ended.out) == (2, "")
    assert word in ended.err and "Traceback" not in ended.err


def test_a_wrong_clock_is_said(small: Learner) -> None:
    ended = small.at("tomorrow").quiz("status")
    assert ended.code == 2 and "QUIZ_NOW" in ended.err


def test_options_hold_before_and_after_the_name_of_the_command(small: Learner) -> None:
    assert json.loads(small.quiz("--json", "status").out) == small.quiz("status", "--json").json


def test_fifteen_new_cards_a_study_day_over_all_sittings(learner: Learner) -> None:
    learner.bank(bank_text([question(f"q{n:02}") for n in range(20)]))
    for _ in range(15):
        learner.answer(learner.quiz("next", "--json").json["card"])
    assert learner.quiz("next", "--json").json["card"] is None
    assert learner.quiz("next", "--new", "16", "--json").json["card"] == "q15"
    learner.at("2026-11-24T03:59:00+01:00")
    assert learner.quiz("next", "--json").json["card"] is None
    learner.at("2026-11-24T04:00:00+01:00")
    assert learner.quiz("next", "--json").json["card"] == "q15"


def test_a_question_that_does_not_check_is_left_out_and_said(learner: Learner) -> None:
    learner.bank(bank_text([question("good"), question("bad", level="impossible")]))
    ended = learner.quiz("next", "--json")
    assert ended.json["card"] == "good"
    assert "1 question" in ended.err


def test_a_renamed_question_keeps_its_history(learner: Learner) -> None:
    learner.bank(bank_text([question("old-name")]))
    learner.answer("old-name", "good")
    learner.bank(bank_text([question("new-name", aliases=["old-name"])]))
    assert learner.quiz("status", "--json").json["learning"] == 1
    learner.answer("new-name", "good")
    assert learner.quiz("log", "new-name", "--json").lines[0]["card"] == "old-name"
    assert len(learner.quiz("log", "old-name", "--json").lines) == 2


def test_ids_complete_in_the_shell(small: Learner) -> None:
    environment = {"_QUIZ_COMPLETE": "complete_bash", "COMP_WORDS": "quiz answer fi", "COMP_CWORD": "2"}
    program = "import sys; sys.argv[0] = 'quiz'; from quiz.__main__ import main; main()"
    import os
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env={**os.environ, **environment}
    )
    assert done.stdout.split() == ["first"]


def test_the_program_runs_as_a_module_and_its_exit_codes_reach_the_shell(small: Learner) -> None:
    assert small.process("next", "--json").json["card"] == "first"
    assert small.process("answer", "nothing", "3").code == 2
