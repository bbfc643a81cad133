from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.bank.generators._draw import Tensor, drawn
from quiz.bank.kinds.shape import Shape
from quiz.errors import Misused
from tests.bank.kinds.evidence import made


def shape(*shapes: str, **fields: Any) -> Shape:
    question: Shape = made(Shape, shapes=shapes, **fields)
    return question


ONE = shape("scores (4, 8, 10, 10)")
TWO = shape("Q (4, 8, 10, 96)", "scores (4, 8, 10, 10)")
SYMBOLS = shape("Q (B, h, n, d/h)")
SPELLINGS = """
(4, 8, 10, 10) | 4,8,10,10 | 4x8x10x10 | 4 × 8 × 10 × 10 | 4 8 10 10 | [4, 8, 10, 10] | scores: (4,8,10,10)
 | scores = 4x8x10x10 | torch.Size([4, 8, 10, 10]) | (4, 8, 10, 10,)
"""


@pytest.mark.parametrize("line", SPELLINGS.split("|"))
def test_a_shape_is_read_however_people_write_it(line: str) -> None:
    assert ONE.judge(line, 0).right


@pytest.mark.parametrize(
    "line",
    [
        "(4, 8, 10, 96); (4, 8, 10, 10)",
        "4x8x10x96;4x8x10x10",
        "(4,8,10,96) (4,8,10,10)",
        "[(4,8,10,96), (4,8,10,10)]",
        "Q: (4, 8, 10, 96); scores: (4, 8, 10, 10)",
    ],
)
def test_several_tensors_go_into_one_line(line: str) -> None:
    assert TWO.judge(line, 0).right


def test_sizes_left_open_are_symbols() -> None:
    for line in ("(B, h, n, d/h)", "b h n d/h", "B x h x n x d / h", "$B$, h, n, d/h".replace("$", "")):
        assert SYMBOLS.judge(line, 0).right
    assert not SYMBOLS.judge("(B, n, h, d/h)", 0).right


def test_a_wrong_shape_is_told_how_it_is_wrong() -> None:
    assert "has the right sizes in another order" in TWO.judge("(4, 10, 8, 96); (4, 8, 10, 10)", 0).feedback
    assert "has 3 axes, not 4" in ONE.judge("(4, 10, 10)", 0).feedback
    assert "- scores: `(4, 8, 10, 10)` is right" in TWO.judge("(1, 1); (4, 8, 10, 10)", 0).feedback


def test_one_tensor_left_empty_is_not_known() -> None:
    verdict = TWO.judge("(4, 8, 10, 96);", 0)
    assert verdict.right is False
    assert "- scores: it is **(4, 8, 10, 10)**" in verdict.feedback


def test_vectors_and_numbers_have_shapes_too() -> None:
    assert shape("gain (768,)").judge("768", 0).right
    assert shape("gain (768)").judge("(768,)", 0).right
    assert shape("loss ()").judge("()", 0).right
    assert not shape("loss ()").judge("1", 0).right


@pytest.mark.parametrize(
    "line", ["(4, 8)", "a word or two and more", "(4, 8); (8", "(4, ?); (8, 2)", "1;2;3", "(4,,8); 3"]
)
def test_what_is_no_list_of_shapes_is_refused(line: str) -> None:
    with pytest.raises(Misused):
        TWO.judge(line, 0)


@given(st.lists(st.lists(st.integers(1, 10**6), min_size=1, max_size=5), min_size=1, max_size=4))
def test_a_shape_printed_by_us_is_judged_right(sizes: list[list[int]]) -> None:
    tensors = [Tensor(f"t{nth}", tuple(row)) for nth, row in enumerate(sizes)]
    card = shape(*(f"{tensor.name} {tensor}" for tensor in tensors))
    assert card.judge("; ".join(map(str, tensors)), 0).right


def test_drawn_shapes_are_asked_judged_and_logged_under_their_seed() -> None:
    card, draw = shape(generator="mha-shapes"), drawn("mha-shapes", 5)
    prompt = card.prompt(5)
    assert draw.question in prompt.text
    assert "*Shapes, with `;` between them: Q, split into heads; scores; output.*" in prompt.text
    assert prompt.params == draw.params
    assert card.judge("; ".join(map(str, draw.answer)), 5).right
    assert card.reveal(5).startswith(draw.working)


@pytest.mark.parametrize(
    ("card", "field"),
    [
        (shape(), "shapes"),
        (shape("Q (4, 8)", generator="mha-shapes"), "shapes"),
        (shape(generator="mha-shape"), "generator"),
        (shape(generator="kv-cache"), "generator"),
        (shape("Q 4, 8"), "shapes"),
        (shape("Q (4, ?)"), "shapes"),
        (shape("(4, 8)", "K (8, 2)"), "shapes"),
    ],
)
def test_an_entry_that_cannot_be_judged_is_found(card: Shape, field: str) -> None:
    assert [problem.field for problem in card.problems()] == [field]


def test_good_entries_pass() -> None:
    assert not [*ONE.problems(), *TWO.problems(), *SYMBOLS.problems(), *shape(generator="gqa-shapes").problems()]
