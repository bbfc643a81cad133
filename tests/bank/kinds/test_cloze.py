import pytest

from quiz.bank.kinds.cloze import Cloze
from quiz.errors import Misused
from tests.bank.kinds.evidence import made


def cloze(question: str = "Divided by ___ , softmax runs over the ___ .", *blanks: str) -> Cloze:
    made_: Cloze = made(Cloze, question=question, blanks=blanks or ("$\\sqrt{d_k}$ | root of d_k", "keys | columns"))
    return made_


def test_blanks_are_numbered_where_there_are_several() -> None:
    assert cloze().prompt(0).text == "Divided by [1 ___ ] , softmax runs over the [2 ___ ] ."
    assert cloze("It is ___ .", "softmax").prompt(0).text == "It is [ ___ ] ."
    assert cloze().prompt(0).entry == "line"


@pytest.mark.parametrize("line", ["sqrt(d_k); keys", "√dₖ;the Keys", "Root of d_k ; columns.", "$\\sqrt{d_k}$; keys"])
def test_spelling_does_not_matter(line: str) -> None:
    assert cloze().judge(line, 0).right


def test_the_blank_that_is_wrong_is_named_with_what_belongs_there() -> None:
    verdict = cloze().judge("d_k; keys", 0)
    assert verdict.right is False
    assert verdict.feedback == "- 1: `d_k` is not right: it is **$\\sqrt{d_k}$**\n- 2: `keys` is right"


def test_a_blank_left_empty_is_not_known() -> None:
    verdict = cloze().judge("; keys", 0)
    assert verdict.right is False
    assert "- 1: it is **$\\sqrt{d_k}$**" in verdict.feedback


def test_a_line_with_another_number_of_answers_is_refused() -> None:
    for line in ("keys", "sqrt(d_k), keys", "a; b; c"):
        with pytest.raises(Misused, match="2 blanks"):
            cloze().judge(line, 0)


def test_a_single_blank_takes_the_whole_line() -> None:
    assert cloze("for ___ in range(n):", "i").judge("i", 0).right


def test_the_filled_sentence_is_revealed() -> None:
    assert cloze().reveal(0).startswith("Divided by [ $\\sqrt{d_k}$ ] , softmax runs over the [ keys ] .")


@pytest.mark.parametrize(
    ("question", "blanks", "field"),
    [
        ("No blank at all.", ("keys",), "blanks"),
        ("One ___ .", ("keys", "values"), "blanks"),
        ("Two ___ and ___ .", ("keys",), "blanks"),
        ("In a formula $QK^\\top / ___$ .", ("d",), "question"),
        ("A call ___(x) .", ("f",), "question"),
        ("Empty ___ .", ("keys |  | rows",), "blanks"),
        ("Signs only ___ .", ("...",), "blanks"),
        ("Parted ___ .", ("a; b",), "blanks"),
        ("Too long ___ .", ("word " * 60,), "blanks"),
        ("The same ___ .", ("pre-norm | Pre norm",), "blanks"),
    ],
)
def test_blanks_that_cannot_be_filled_are_found(question: str, blanks: tuple[str, ...], field: str) -> None:
    its = cloze(question, *blanks)
    found = [*its.problems(), *its.remarks()]
    assert [problem.field for problem in found] == [field]


def test_good_blanks_pass_in_text_and_in_code() -> None:
    assert not list(cloze().problems())
    assert not list(cloze("```python\nx / ___ ** 0.5\n```", "d_k").problems())
