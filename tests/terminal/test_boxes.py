import pytest

from quiz.terminal.formula import draw, inline


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        (r"\frac{x-\mu}{\sigma}", "(x − μ)/σ"),
        (r"\frac{1}{2\sigma^2}", "1/(2σ²)"),
        (r"\frac{1}{N}\sum_i x_i", "(1/N) ∑ᵢ xᵢ"),
        (r"\frac{\log p}{n}", "(log p)/n"),
        (r"\frac{\frac{a}{b}}{c}", "(a/b)/c"),
        (r"2\frac12", "2(1/2)"),
        (r"{\frac ab}^2", "(a/b)²"),
        (r"e^{-\frac{1}{2}x^2}", "e^(−(1/2)x²)"),
        (r"2^{n^2}", "2^(n²)"),
        (r"\sqrt{\sigma^2+\epsilon}", "√(σ² + ϵ)"),
        (r"\frac{p(x)}{q(x)}", "p(x)/q(x)"),
        (r"W^QX", "W^Q X"),
    ],
)
def test_brackets_and_spaces_keep_the_meaning(latex: str, shown: str) -> None:
    assert inline(latex) == shown


def test_limits_stand_over_and_under_a_sum() -> None:
    assert draw(r"-\sum_{c=1}^{C} y_c\log\hat y_c", max_width=60) == [
        "  C",
        "− ∑ y_c log ŷ_c",
        " c=1",
    ]


def test_cases_matrices_and_aligned_lines_are_set_in_columns() -> None:
    assert draw(r"\begin{cases} x & x>0\\ 0 & \text{otherwise}\end{cases}", max_width=60) == [
        "⎧x  x > 0",
        "⎩0  otherwise",
    ]
    assert draw(r"\begin{bmatrix}1 & 0\\0 & 10\end{bmatrix}", max_width=60) == ["⎡1  0 ⎤", "⎣0  10⎦"]
    assert draw(r"\begin{aligned} a &= b\\ &= c+d\end{aligned}", max_width=60) == ["a = b", "  = c + d"]
