"""Finding questions by words."""

import json

from quiz.bank.search import search


def body(**fields: object) -> str:
    return json.dumps({"question": "", "answer": "", **fields}, ensure_ascii=False)


BANK = [
    (
        "attention-scaling",
        body(question="Why divide by the root?", answer="The softmax saturates.", key_points=["variance"]),
    ),
    ("softmax-gradient", body(question="What is the gradient of the softmax?", answer="Diagonal minus outer product.")),
    ("masks", body(question="Why minus infinity?", options=[{"text": "the softmax gives 0", "right": True}])),
    ("quotes", body(question='She said "naïve" and left\na line.', answer="ÜBERGANG", tags=["exam"])),
]


def ids(*words: str) -> list[str]:
    return [hit.id for hit in search(words, BANK)]


def test_a_word_of_the_question_counts_more_than_one_of_the_answer() -> None:
    assert ids("softmax") == ["softmax-gradient", "masks", "attention-scaling"]


def test_every_word_has_to_occur() -> None:
    assert ids("softmax", "root") == ["attention-scaling"]
    assert ids("softmax root") == ["attention-scaling"]
    assert ids("softmax", "nowhere") == []


def test_the_beginning_of_a_word_will_do_and_a_whole_word_counts_more() -> None:
    assert ids("varian") == ["attention-scaling"]
    assert search(["variance"], BANK)[0].score > search(["varianc"], BANK)[0].score


def test_case_quotes_and_letters_of_other_languages_are_no_hindrance() -> None:
    assert ids("NAÏVE") == ids('"naïve"') == ids("übergang") == ids("EXAM") == ["quotes"]


def test_names_of_fields_are_no_words() -> None:
    assert ids("key_points") == []


def test_equals_keep_the_order_of_learning() -> None:
    twins = [("b", body(question="same")), ("a", body(question="same"))]
    assert [hit.id for hit in search(["same"], twins)] == ["b", "a"]
