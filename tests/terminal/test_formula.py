import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.terminal.formula import draw, inline
from quiz.terminal.text import width


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        (r"d_k", "dₖ"),
        (r"\sqrt{d_k}", "√dₖ"),
        (r"QK^\top", "QKᵀ"),
        (r"\mathrm{softmax}\left(\frac{QK^T}{\sqrt{d_k}}\right)V", "softmax(QKᵀ/√dₖ)V"),
        (r"W^Q \in \mathbb{R}^{d_{\text{model}}\times d_k}", "W^Q ∈ ℝ^(d_model×dₖ)"),
        (r"\theta_{t+1} = \theta_t - \eta\nabla_\theta L", "θₜ₊₁ = θₜ − η∇_θ L"),
        (r"\mathbb{E}_{x\sim p}[\log p(x)]", "𝔼_(x∼p)[log p(x)]"),
        (r"p(w_t\mid w_{<t})", "p(wₜ | w_<t)"),
        (r"\frac{\partial L}{\partial w_{ij}}", "∂L/∂wᵢⱼ"),
        (r"\sum_{i=1}^n x_i", "∑ᵢ₌₁ⁿ xᵢ"),
        (r"\hat{y}, \bar x, f'(x)", "ŷ, x̄, f′(x)"),
        (r"\|w\|_2^2", "‖w‖₂²"),
        (r"10^{-4}", "10⁻⁴"),
        (r"1{,}000", "1,000"),
        (r"100\%", "100%"),
        (r"\{1,\dots,n\}", "{1, …, n}"),
        (r"\operatorname*{arg\,max}_x f(x)", "arg maxₓ f(x)"),
        (r"\begin{pmatrix}a & b\\c & d\end{pmatrix}", "(a, b; c, d)"),
        ("", ""),
    ],
)
def test_a_formula_in_a_sentence_is_one_line_of_unicode(latex: str, shown: str) -> None:
    assert inline(latex) == shown


def test_attention_is_drawn_with_its_fraction_and_tall_brackets() -> None:
    assert draw(
        r"\mathrm{Attention}(Q,K,V)=\mathrm{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right)V", max_width=60
    ) == [
        "                            ⎛ QKᵀ ⎞",
        "Attention(Q, K, V) = softmax⎜─────⎟V",
        "                            ⎝ √dₖ ⎠",
    ]


def test_a_formula_that_does_not_fit_is_not_drawn() -> None:
    assert draw(r"\frac{a}{b}", max_width=3) == [" a", "───", " b"]
    assert draw(r"\frac{a}{b}", max_width=2) is None


BROKEN = [
    r"\unknown{x}",
    r"\frac{a}",
    r"\frac",
    "{",
    "}",
    "^",
    r"\left(x",
    r"\left(x\right",
    "a & b",
    r"x^1^2",
    "\\",
    r"\sqrt[",
]
BROKEN += [r"\begin{matrix}a", r"\begin{matrix}a\end{pmatrix}", r"\begin{tikzpicture}\end{tikzpicture}", "x" * 3000]


@pytest.mark.parametrize("latex", BROKEN)
def test_what_is_not_understood_is_shown_as_its_source(latex: str) -> None:
    assert inline(latex) == f"${latex}$"
    assert draw(latex, max_width=80) is None


NESTED = [r"\frac{1}{1+" * 100 + "x" + "}" * 100, r"\hat" * 400, "{" * 900 + "}" * 900, "x_" * 900, r"\left(" * 300]
NESTED += [r"\sqrt" * 300 + "x", r"\begin{matrix}" * 100, "a_{b^{c_{d^{" * 100]


@pytest.mark.parametrize("bomb", NESTED)
def test_deeply_nested_formulas_are_refused(bomb: str) -> None:
    assert draw(bomb, max_width=80) is None
    assert inline(bomb) == f"${bomb}$"


def test_a_formula_cannot_steer_the_terminal() -> None:
    assert "\x1b" not in inline("\x1b[31m x")
    assert "\x1b" not in "".join(draw("\x1b]0;title\x07", max_width=80) or [])


PIECES = [
    r"\frac",
    r"\sqrt",
    r"\left(",
    r"\right)",
    "{",
    "}",
    "^",
    "_",
    "&",
    r"\\",
    "x",
    "12",
    "+",
    "-",
    " ",
    "'",
    r"\sum",
]
PIECES += [
    r"\begin{cases}",
    r"\end{cases}",
    r"\hat",
    r"\text",
    r"\mathbb",
    "[",
    "]",
    ",",
    r"\max",
    r"\overline",
    "日",
    "|",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=60))
def test_any_source_is_drawn_within_the_width_or_left_alone(latex: str) -> None:
    assert "\n" not in inline(latex) or "\n" in latex
    drawn = draw(latex, max_width=30)
    assert drawn is None or all(width(row) <= 30 for row in drawn)
