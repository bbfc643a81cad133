"""What each key does on each screen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.bank.kinds.choice import Choice, Option
from quiz.bank.kinds.recall import Recall
from quiz.bank.question import Question
from quiz.memory.values import Rating
from quiz.terminal.ask import Turn, begin, press
from quiz.terminal.keys import Key

BASE = {"area": "transformer-internals", "topic": "attention", "level": "basic", "question": "Why?", "answer": "So."}
RECALL = Recall(
    id="r", concept="r", kind="recall", key_points=("one two three", "b", "c", "d"), demos=("demo",), **BASE
)  # type: ignore[arg-type]
OPTIONS = tuple(
    Option(text=text, right=text == "yes", why="" if text == "yes" else "no, because")
    for text in ("yes", "no", "maybe")
)
CHOICE = Choice(id="c", concept="c", kind="choice", options=OPTIONS, key_points=("one", "two", "three"), **BASE)  # type: ignore[arg-type]


def turn(question: Question = RECALL, **fields: object) -> Turn:
    return begin(question, 1, (("next", "And then?"), ("other", "And why?")))._replace(**fields)  # type: ignore[arg-type]


def after(start: Turn, *keys: str) -> Turn:
    for key in keys:
        start, _ = press(start, Key(key, key if len(key) == 1 else ""))
    return start


def does(start: Turn, *keys: str) -> str:
    *before, last = keys
    return press(after(start, *before), Key(last, last if len(last) == 1 else ""))[1]


@pytest.mark.parametrize("key", ["space", "enter"])
def test_space_or_enter_reveals(key: str) -> None:
    assert does(turn(), key) == "reveal"
    assert after(turn(), key).phase == "answer"


def test_a_double_press_never_rates_a_recall_card() -> None:
    shown = after(turn(), "space", "space")
    assert (shown.phase, shown.rating, shown.note) == ("answer", None, "1-4 rate")


@pytest.mark.parametrize(
    ("ticks", "rating"),
    [("a", Rating.AGAIN), ("ab", Rating.HARD), ("abc", Rating.HARD), ("abcd", Rating.GOOD), ("aa", Rating.AGAIN)],
)
def test_ticks_propose_a_rating_that_space_takes(ticks: str, rating: Rating) -> None:
    ticked = after(turn(), "space", *ticks)
    assert ticked.proposed == rating
    assert does(ticked, "space") == "rate"
    assert after(ticked, "space").rating == rating


def test_digits_always_rate_at_once_once_the_answer_is_there() -> None:
    assert [does(turn(), "space", digit) for digit in "1234"] == ["rate"] * 4
    assert after(turn(), "space", "abcd"[0], "4").rating == Rating.EASY
    assert does(turn(), "3") == ""
    assert "Space" in after(turn(), "3").note


def test_a_hint_caps_the_proposal_at_hard() -> None:
    assert after(turn(), "h", "space", "a", "b", "c", "d").proposed == Rating.HARD
    assert after(turn(), "h", "space", "a", "4").rating == Rating.EASY


def test_two_grades_leave_pass_and_fail() -> None:
    two = begin(RECALL, 1, two_grades=True)
    assert does(two, "space", "2") == ""
    assert "two-grades" in after(two, "space", "2").note
    assert after(two, "space", "a", "b").proposed == Rating.GOOD
    assert [does(two, "space", digit) for digit in "13"] == ["rate", "rate"]


def test_a_typed_answer_takes_every_key_until_enter() -> None:
    typed = after(turn(), "t", *"quit?", "space", "1")
    assert (typed.phase, typed.line.text) == ("line", "quit? 1")
    shown = after(typed, "enter")
    assert (shown.phase, shown.response) == ("answer", "quit? 1")


def test_tab_goes_from_the_line_to_the_keys_and_back_and_keeps_what_was_typed() -> None:
    away = after(turn(), "t", "x", "tab")
    assert (away.phase, away.line.text) == ("question", "x")
    assert does(away, "q") == "quit"
    assert after(away, "tab").phase == "line"


def test_a_paste_goes_into_the_line_and_nowhere_else() -> None:
    pasted, do = press(after(turn(), "t"), Key("paste", "1 2 3 quit"))
    assert (pasted.line.text, do) == ("1 2 3 quit", "")
    shown = after(turn(), "space")
    same, do = press(shown, Key("paste", "3"))
    assert (same.rating, do) == (None, "")
    assert "paste" in same.note


def test_a_choice_is_judged_by_its_letter_and_the_key_points_are_not_ticked() -> None:
    letter = "abc"[turn(CHOICE).prompt.options.index("yes")]
    right = after(turn(CHOICE), letter)
    assert (right.verdict.right, right.proposed) == (True, Rating.GOOD)
    wrong = after(turn(CHOICE), "abc"["abc".index(letter) - 1])
    assert (wrong.verdict.right, wrong.proposed) == (False, Rating.AGAIN)
    assert does(right, "a") == ""
    assert "does nothing" in after(right, "a").note


def test_space_on_a_choice_is_dont_know() -> None:
    shown = after(turn(CHOICE), "space")
    assert (shown.verdict.right, shown.response, shown.proposed) == (False, None, Rating.AGAIN)


def test_a_letter_without_a_line_does_nothing_and_says_so() -> None:
    assert after(turn(CHOICE), "f").note.startswith("f does nothing here")
    assert after(turn(), "a").phase == "question"
    assert after(turn(), "space", "e").note.startswith("e does nothing here")


def test_g_goes_through_the_follow_ups_and_back_to_none() -> None:
    shown = after(turn(), "space")
    assert [after(shown, *"g" * n).follow for n in range(4)] == [None, 0, 1, None]


def test_keys_that_work_everywhere_mean_the_same_on_each_screen() -> None:
    for start in (turn(), after(turn(), "space"), turn(CHOICE), after(turn(CHOICE), "space")):
        assert [does(start, key) for key in "u-@*q"] == ["undo", "bury", "suspend", "flag", "quit"]
        assert does(start, "ctrl-c") == "quit"
        assert after(start, "?").help
        assert after(start, "?", "space")._replace(scroll=0) == start


def test_capitals_count_as_small() -> None:
    assert does(turn(), "Q") == "quit"
    assert after(turn(), "H").hinted


def test_p_proves_and_v_edits_on_the_answer_alone() -> None:
    assert [does(turn(), "space", key) for key in "pv"] == ["prove", "edit"]
    assert does(turn(), "p") == ""
    assert after(turn(CHOICE), "space", "p").note == "This question has no demo."


NAMED = [
    "space",
    "enter",
    "tab",
    "escape",
    "backspace",
    "paste",
    "ctrl-c",
    "eof",
    "resize",
    "unknown",
    "up",
    "page-down",
    "left",
]
any_key = st.one_of(st.sampled_from(NAMED), st.characters(exclude_categories=["Cs", "Cc"]))


@given(st.sampled_from([RECALL, CHOICE]), st.lists(any_key, max_size=30))
def test_no_sequence_of_keys_breaks_a_turn_or_rates_what_was_not_revealed(question: Question, keys: list[str]) -> None:
    now = turn(question)
    for name in keys:
        before = now
        now, do = press(now, Key(name, name if len(name) == 1 else ""))
        if do == "rate":
            assert before.phase == "answer" and now.rating in Rating
