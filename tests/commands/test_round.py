"""`quiz round`: a scored set, line by line and driven by a program."""

import json
from typing import Any

import pytest

from tests.conftest import Learner, bank_text, question, ratings

OPTIONS = [{"text": "yes", "right": True}, {"text": "no", "why": "because it is not"}]


def script(learner: Learner, *lines: Any, args: tuple[str, ...] = ()) -> list[Any]:
    """What a round driven by these lines says; a line that is no text is written as JSON."""
    stdin = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
    done = learner.quiz("round", "--json", "--seed", "1", *args, stdin=stdin)
    assert (done.code, "Traceback" in done.err) == (0, False)
    return done.lines


def kinds(said: list[Any]) -> list[str]:
    return [one["type"] for one in said]


@pytest.fixture
def two(learner: Learner) -> Learner:
    """A bank with a question to choose and a question to recall, in two topics."""
    learner.bank(bank_text([question("picked", topic="heads", kind="choice", options=OPTIONS), question("told")]))
    return learner


def test_a_program_is_asked_told_and_given_the_score(two: Learner) -> None:
    said = script(two, {"response": "yes"}, {"response": "words"}, {"ticked": [0, 1, 2, 3]}, args=("--kind", "choice"))
    assert kinds(said) == ["question", "verdict", "score"]
    assert set(said[0]) == {"schema", "type", "n", "of", "card", "kind", "question", "options", "seed"}
    assert set(said[1]) == {"schema", "type", "card", "right", "rating", "answer", "key_points", "feedback"}
    assert said[2] == {
        "schema": 1, "type": "score", "right": 1, "of": 1, "by_topic": {"heads": {"right": 1, "of": 1}}, "missed": []
    }  # fmt: skip
    assert (said[1]["right"], said[1]["rating"]) == (True, 3)


def test_what_nobody_can_judge_takes_a_second_line(two: Learner) -> None:
    said = script(two, {"response": "my words"}, {"ticked": [0, 2]}, args=("--kind", "recall"))
    assert kinds(said) == ["question", "verdict", "score"]
    assert (said[1]["right"], said[1]["rating"], len(said[1]["key_points"])) == (None, None, 4)
    event = next(event for event in two.quiz("log", "--json").lines if event["type"] == "review")
    assert (event["rating"], event["setting"], event["data"]["ticked"]) == (2, "round", [0, 2])
    assert event["data"]["response"] == "my words"


@pytest.mark.parametrize(
    "bad",
    [
        "nonsense", "[]", "", "{}", {"response": ["a"]}, {"response": True}, {"response": "x" * 300},
        {"response": "yes", "confidence": 2}, {"response": "yes", "confidence": "high"}, "[" * 100_000,
        '{"response": "\\ud800"}', "NaN",
    ],
    ids=lambda bad: str(bad)[:40],
)  # fmt: skip
def test_a_bad_line_is_told_so_and_the_question_waits(two: Learner, bad: Any) -> None:
    said = script(two, bad, {"response": "no"}, args=("--kind", "choice"))
    assert kinds(said) == ["question", "error", "verdict", "score"]
    assert set(said[1]) == {"schema", "type", "message"} and said[1]["message"]


@pytest.mark.parametrize(
    "bad",
    [{"ticked": [9]}, {"ticked": 1}, {"ticked": [True]}, {"rating": 5}, {"rating": True}, {"response": "x"}],
    ids=str,
)
def test_a_bad_second_line_is_told_so_too(two: Learner, bad: Any) -> None:
    said = script(two, {"response": None}, bad, {"rating": 1}, args=("--kind", "recall"))
    assert kinds(said) == ["question", "verdict", "error", "score"]
    assert said[-1]["missed"] == ["told"]


def test_confidence_is_recorded_with_the_review(two: Learner) -> None:
    script(two, {"response": "no", "confidence": 0.9}, args=("--kind", "choice"))
    event = next(event for event in two.quiz("log", "--json").lines if event["type"] == "review")
    assert (event["data"]["confidence"], event["data"]["right"]) == (0.9, False)


def test_the_end_of_the_input_scores_what_was_answered(two: Learner) -> None:
    said = script(two)
    assert kinds(said) == ["question", "score"]
    assert (said[-1]["right"], said[-1]["of"]) == (0, 0)


def test_without_recording_the_log_stays_as_it_was(two: Learner) -> None:
    said = script(two, {"response": "no"}, args=("--kind", "choice", "--no-record"))
    assert said[-1]["of"] == 1
    assert two.quiz("log", "--json").lines == []


def test_a_seed_gives_everybody_the_same_questions_and_numbers(learner: Learner) -> None:
    def first_three() -> list[Any]:
        lines = script(learner, {"response": None}, {"rating": 1}, args=("--questions", "3", "--kind", "choice"))
        return [(line["card"], line["seed"], line["options"]) for line in lines if line["type"] == "question"]

    before = first_three()
    learner.answer(before[0][0])
    assert first_three() == before


def test_a_round_asks_no_two_of_a_chain_and_says_so(small: Learner) -> None:
    said = small.quiz("round", "--json", stdin="")
    assert said.lines[0]["of"] == 3
    assert "3 questions; the others are follow-ups" in said.err


def test_line_by_line_the_score_says_what_was_missed_why_and_what_to_do(small: Learner) -> None:
    ended = small.quiz("round", "--topic", "heads", stdin="b\n\n" if _no_is_b(small) else "a\n\n")
    assert ended.code == 0
    for words in ("0 of 1 right", "Missed", "because it is not", "quiz review --topic heads", "quiz round --seed"):
        assert words in ended.out


def _no_is_b(learner: Learner) -> bool:
    shown = learner.quiz("round", "--topic", "heads", "--no-record", stdin="").out
    return "b   no" in shown


def test_points_that_were_not_ticked_are_why(small: Learner) -> None:
    ended = small.quiz("round", "--topic", "masks", stdin="\na\n\n")
    assert "another point" in ended.out.partition("Missed")[2]
    assert ratings(small) == [("second", 1)]


def test_undo_in_a_round_goes_back_and_the_score_counts_once(small: Learner) -> None:
    ended = small.quiz("round", "--topic", "masks", "--topic", "heads", stdin="\n1\n:undo\n" * 2 + ":quit\n")
    assert "Nothing was answered" in ended.out
    assert small.quiz("status", "--json").json["answered_today"] == 0
    unrecorded = small.quiz("round", "--topic", "masks", "--no-record", stdin="\n1\n")
    assert "0 of 1 right" in unrecorded.out and "Nothing was recorded" in unrecorded.out


def test_nothing_of_that_sort_is_said_and_fails(small: Learner) -> None:
    done = small.quiz("round", "--topic", "gpt")
    assert (done.code, done.out) == (1, "")
    assert "no question of that sort" in done.err
    assert small.quiz("round", "--topic", "nope").code == 2
    assert small.quiz("round", "--questions", "0").code == 2
