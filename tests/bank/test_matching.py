import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.bank.matching import normalised

PIECES = ["frac", "\\frac", "(", ")", "{", "}", "the ", "a ", "per cent", "**", ".", "0", "10", ",", "-", "x", "\\text"]
PIECES += [" ", "^", "√", "½", "²", "$", "ₖ", "α", "*", "_", "e", ";"]


@pytest.mark.parametrize(
    "ways",
    [
        ["$\\sqrt{d_k}$", "√dₖ", "sqrt(d_k)", "Sqrt d_k", "`sqrt(dk)`"],
        ["1/sqrt(d_k)", "$\\frac{1}{\\sqrt{d_k}}$", "1/√dₖ"],
        ["pre-norm", "Pre norm", "prenorm", "the pre-norm."],
        ["cross-entropy", "Cross Entropy"],
        ["GPT-2", "gpt2", "GPT 2"],
        ["10^-4", "10⁻⁴", "$10^{-4}$"],
        ["O(n^2 d)", "O(n²·d)", "$O(n^2 \\cdot d)$", "o(n^2 * d)"],
        ["softmax(QK^T/\\sqrt{d_k})V", "softmax(QKᵀ/√dₖ)V", "softmax(Q K^\\top / sqrt(d_k)) V"],
        ["0.50", "0.5", ".5"],
        ["10,000", "10000", "10 000"],
        ["75 %", "75 percent", "75%"],
        ["[MASK]", "mask"],
        ["2 × 3", "2*3", "2x3", "2·3"],
        ["β", "\\beta", "beta"],
        ["λ", "\\lambda", "lambda"],
    ],
)
def test_ways_of_writing_one_thing_are_one(ways: list[str]) -> None:
    assert len({normalised(way) for way in ways}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("-1", "1"),
        ("10^4", "10^-4"),
        ("10^4", "104"),
        ("1e-4", "1e4"),
        ("0.5", "5"),
        ("0.00001", "0.0001"),
        ("supervised", "unsupervised"),
        ("n - 1", "n + 1"),
        ("2*3", "23"),
        ("keys", "values"),
        ("d", "sqrt(d)"),
        ("1/d", "d"),
        ("n^2", "n"),
        ("pre-norm", "post-norm"),
    ],
)
def test_different_answers_stay_different(one: str, other: str) -> None:
    assert normalised(one) != normalised(other)


@given(st.one_of(st.text(max_size=40), st.lists(st.sampled_from(PIECES), max_size=14).map("".join)))
def test_normalising_twice_is_normalising_once(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)


def test_many_brackets_do_no_harm() -> None:
    assert normalised("(" * 100 + "x" + ")" * 100) == "x"
