from pathlib import Path
from typing import Any

import pytest

from quiz.bank.kinds._options import Option
from quiz.bank.kinds.predict import Predict
from quiz.errors import Misused
from tests.bank.kinds.evidence import made, measured, unproven

GOOD = {
    "demo": "softmax-saturation",
    "demos": ("softmax-saturation",),
    "measurement": "rows with a weight above 0.9",
    "mutant": "no-scale",
    "value": 77.0,
    "unit": "%",
    "tolerance": "10",
}
OPTIONS = (Option(text="about none", why="that is with scaling"), Option(text="three quarters", right=True))


def predict(**fields: Any) -> Predict:
    question: Predict = made(Predict, **{**GOOD, **fields})
    return question


def test_a_number_is_guessed_within_the_tolerance() -> None:
    card = predict()
    assert card.prompt(0).entry == "line"
    assert "*Answer in %, to ± 10.*" in card.prompt(0).text
    assert [card.judge(line, 0).right for line in ("80", "70 %", "0.8", "3/4", "50")] == [True, True, True, True, False]


def test_options_are_picked_as_in_a_choice() -> None:
    card = predict(options=OPTIONS)
    prompt = card.prompt(2)
    assert prompt.entry == "letter"
    letter = "ab"[prompt.options.index("three quarters")]
    assert card.judge(letter, 2).right
    assert "that is with scaling" in card.judge("about none", 2).feedback
    with pytest.raises(Misused):
        card.judge("c", 2)


def test_the_figure_and_the_command_that_measures_it_are_revealed() -> None:
    revealed = predict(parameters=("d_k=1024", "n=32")).reveal(0)
    assert "rows with a weight above 0.9: **77 %**" in revealed
    assert "`quiz prove softmax-saturation --set d_k=1024 --set n=32 --mutant no-scale`" in revealed


def test_the_demo_is_run_and_has_to_agree(tmp_path: Path) -> None:
    assert 70 < measured(predict()) < 85
    assert measured(predict(mutant="")) == 0
    assert measured(predict(parameters=("d_k=4",))) < 60
    assert unproven(predict(), tmp_path) == ""
    assert "measures" in unproven(predict(value=20.0), tmp_path)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"demos": ()}, "demo"),
        ({"parameters": ("d_k 64",)}, "parameters"),
        ({"tolerance": "roughly"}, "tolerance"),
        ({"options": OPTIONS[:1]}, "options"),
        ({"options": (*OPTIONS, Option(text="all of them"))}, "options"),
    ],
)
def test_an_entry_without_a_demo_or_a_reason_is_found(fields: dict[str, Any], field: str) -> None:
    assert field in [problem.field for problem in predict(**fields).problems()]


def test_good_entries_pass() -> None:
    assert not [*predict().problems(), *predict(options=OPTIONS).problems()]
