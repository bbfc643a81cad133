"""The reviewer: one fault of each sort is planted in a bank, and told."""

from collections.abc import Iterable
from typing import Any

import pytest

from quiz.bank.kinds._options import Option
from quiz.bank.kinds.choice import Choice
from quiz.bank.kinds.numeric import Numeric
from quiz.bank.kinds.recall import Recall
from quiz.bank.question import Question
from quiz.bank.review import Reviewed, review
from quiz.terminal.inline import undrawable

SOUND: dict[str, Any] = {
    "area": "llm-core",
    "topic": "pretraining",
    "concept": "dropout",
    "level": "basic",
    "question": "Why does dropout multiply the activations that it keeps?",
    "answer": "So that their mean is the same with and without it.",
    "key_points": ("dropping lowers the mean", "nothing is dropped at inference", "kept ones are multiplied"),
    "pitfalls": ("scaling at inference as well",),
    "sources": ("Srivastava et al. 2014 (Dropout), §4",),
    "verified_by": "cited",
}


def recall(id: str = "one", **fields: Any) -> Question:
    return Recall(**{**SOUND, "id": id, "kind": "recall", **fields})


def choice(id: str, *options: Option, **fields: Any) -> Question:
    return Choice(**{**SOUND, "id": id, "kind": "choice", "question": f"Which of {id}?", "options": options, **fields})


def said(*questions: Question, shipped: bool = True, demos: Iterable[str] = ()) -> list[str]:
    bank = [Reviewed(each, "bank.yaml", nth, "aaaa", shipped) for nth, each in enumerate(questions, 1)]
    return [f"{f.id}: {f.field}: {f.problem}" for f in review(bank, list(demos), undrawable)]


def test_a_sound_question_gives_no_reason_to_speak() -> None:
    assert said(recall()) == []


FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "unknown demo": ({"demos": ("softmax-saturatio",)}, "demos: there is no demo 'softmax-saturatio'"),
    "source without a section": (
        {"sources": ("Srivastava et al. 2014",)},
        "sources: 'Srivastava et al. 2014' names no",
    ),
    "unverified": ({"verified_by": None}, "verified_by: nothing says how it is verified"),
    "generator without a name": ({"verified_by": "generator"}, "verified_by: no generator is named"),
    "no pitfalls": ({"pitfalls": ()}, "pitfalls: no mistake is named"),
    "too long": ({"answer": "word " * 151}, "answer: it has 151 words, more than 150"),
    "formula": ({"answer": r"It is $\frac{1$."}, r"answer: the formula '\\frac{1' cannot be drawn"),
    "formula in a key point": (
        {"key_points": ("one thing", r"two $\unknowncommand{x}$", "three things")},
        r"key_points: the formula '\\unknowncommand{x}' cannot be drawn",
    ),
    "code": ({"answer": "So:\n\n```python\nx = (1\n```\n"}, "answer: its Python does not parse: '(' was never closed"),
}


@pytest.mark.parametrize(("fields", "told"), FAULTS.values(), ids=FAULTS.keys())
def test_each_sort_of_fault_is_told_once(fields: dict[str, Any], told: str) -> None:
    (only,) = said(recall(**fields), demos=["softmax-saturation"])
    assert only.startswith(f"one: {told}")


def test_key_points_are_wanted_of_every_kind() -> None:
    drawn = Numeric(**{**SOUND, "id": "n", "kind": "numeric", "generator": "kv-cache", "key_points": ("one",)})
    assert "n: key_points: there are 1 key points" in said(drawn)


def test_of_ones_own_cards_less_is_asked() -> None:
    assert said(recall(pitfalls=(), verified_by=None), shipped=False) == []


def test_a_formula_within_code_and_code_in_another_language_are_left_alone() -> None:
    assert said(recall(answer="Costs `$\\nope{`, see\n\n```text\nx = (1\n```\n")) == []


def test_the_same_words_twice_are_told_whatever_marks_stand_between_them() -> None:
    again = recall(
        "two", question="WHY does *dropout* multiply: the activations, that it keeps", key_points=("a", "b", "c")
    )
    assert said(recall(), again) == ["two: question: one at bank.yaml:1 asks the same"]


def test_two_draws_of_one_generator_with_the_same_words_are_told_and_of_two_generators_not() -> None:
    def drawn(id: str, generator: str) -> Question:
        points = tuple(f"{id} has {thing}" for thing in ("a sum", "a unit", "a bound"))
        return Numeric(**{**SOUND, "id": id, "kind": "numeric", "generator": generator, "key_points": points})

    assert said(drawn("a", "kv-cache"), drawn("b", "kv-cache")) == ["b: question: a at bank.yaml:1 asks the same"]
    assert said(drawn("a", "kv-cache"), drawn("b", "softmax")) == []


def test_questions_that_share_many_word_triples_are_told() -> None:
    other = recall("two", question="Why does dropout multiply the activations that it keeps when it trains a layer?")
    (told,) = said(recall(), other)
    assert "two: question: it shares 14 word triples with one at bank.yaml:1" in told


def right(text: str) -> Option:
    return Option(text=text, right=True)


def wrong(text: str) -> Option:
    return Option(text=text, why="no")


def test_an_option_that_its_length_gives_away_is_told() -> None:
    long = choice("long", right("the mean of what is kept stays as it was"), wrong("the variance"), wrong("the sum"))
    short = choice("short", right("it"), wrong("the variance of all"), wrong("the sum of all"))
    assert said(long) == ["long: options: the right one is far longer than the others"]
    assert said(short) == ["short: options: the right one is far shorter than the others"]


def numbered(count: int, place: int | None, length: int) -> list[Question]:
    """Choices whose right option stands at `place` (None: it goes round) and is longer by `length` characters."""
    bank = []
    for nth in range(count):
        texts = [f"option {letter} of {nth:03}" for letter in "abcd"]
        at = nth % 4 if place is None else place
        options = [
            right(t + "x" * length) if i == at else wrong(t + "y" * (i != at and i)) for i, t in enumerate(texts)
        ]
        points = tuple(f"{word}{nth} is so" for word in ("alpha", "beta", "gamma"))
        bank.append(choice(f"q{nth}", *options, key_points=points))
    return bank


def test_over_a_bank_the_right_option_is_not_told_by_its_place_or_length() -> None:
    assert said(*numbered(40, None, 1)) == []
    (told,) = said(*numbered(40, 1, 1))
    assert told.startswith(": options: the right option stands in place 2 of the file 40 times of 40, where chance")
    (told,) = said(*numbered(40, None, 5))
    assert told.endswith("the right option is the longest 40 times of 40, where chance would have it 10 times")
    assert said(*numbered(12, 1, 5)) == [], "a dozen questions say nothing yet"
