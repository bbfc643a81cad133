from typing import Any

import pytest

from quiz.bank.generators._draw import drawn
from quiz.bank.kinds.numeric import Numeric
from quiz.errors import Misused
from tests.bank.kinds.evidence import made

FIXED = {"value": 320.0, "unit": "KiB", "formula": "2 * 80 * 8 * 128 * 2 / 1024"}


def numeric(**fields: Any) -> Numeric:
    question: Numeric = made(Numeric, **fields)
    return question


def test_a_drawn_question_says_its_numbers_and_hands_them_to_the_log() -> None:
    prompt, draw = numeric(generator="kv-cache").prompt(11), drawn("kv-cache", 11)
    assert prompt.text == f"What?\n\n{draw.question}\n\n*Answer in GiB, within 1 %.*"
    assert (prompt.entry, prompt.params) == ("line", draw.params)
    assert numeric(generator="kv-cache").prompt(12).params != prompt.params


def test_a_draw_is_judged_under_its_own_seed() -> None:
    card = numeric(generator="kv-cache")
    answers = [str(drawn("kv-cache", seed).answer[0]) for seed in (11, 13)]
    assert card.judge(answers[0], 11).right
    assert not card.judge(answers[0], 13).right


def test_the_working_of_the_draw_is_always_shown() -> None:
    revealed = numeric(generator="kv-cache").reveal(11)
    assert revealed == f"{drawn('kv-cache', 11).working}\n\nBecause."


def test_several_values_go_into_one_line() -> None:
    card = numeric(generator="nucleus")
    kept, first = drawn("nucleus", 4).answer
    assert card.judge(f"{kept.value}; {first.value:.3f}", 4).right  # type: ignore[union-attr]
    assert not card.judge(f"{kept.value}; 0.999", 4).right  # type: ignore[union-attr]


def test_a_fixed_value_shows_the_arithmetic() -> None:
    assert numeric(**FIXED).reveal(0).startswith("`2 * 80 * 8 * 128 * 2 / 1024` = **320 KiB**")
    assert numeric(**FIXED).prompt(0).params is None


def test_other_units_of_the_same_kind_are_right() -> None:
    for line in ("320", "320 KiB", "327,680 B", "0.3125 MiB", "2*80*8*128*2 bytes"):
        assert numeric(**FIXED).judge(line, 0).right


def test_a_typing_slip_is_not_judged() -> None:
    for line in ("32o", "320 GB/s", "about that", "320;320"):
        with pytest.raises(Misused):
            numeric(**FIXED).judge(line, 0)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "value"),
        ({**FIXED, "generator": "kv-cache"}, "value"),
        ({"generator": "kv-cahce"}, "generator"),
        ({"generator": "mha-shapes"}, "generator"),
        ({"generator": "kv-cache", "unit": "GB"}, "generator"),
        ({**FIXED, "formula": ""}, "formula"),
        ({**FIXED, "formula": "2 * layers"}, "formula"),
        ({**FIXED, "value": 2560.0}, "value"),
        ({**FIXED, "tolerance": "a bit"}, "tolerance"),
        ({**FIXED, "tolerance": "exact", "value": 320.1}, "value"),
    ],
)
def test_an_entry_without_evidence_is_found(fields: dict[str, Any], field: str) -> None:
    assert [problem.field for problem in numeric(**fields).problems()] == [field]


def test_good_entries_pass_and_a_rounded_value_may_be_a_quarter_of_the_tolerance_off() -> None:
    assert not list(numeric(generator="kv-cache").problems())
    assert not list(numeric(**FIXED).problems())
    assert not list(numeric(value=129.0, unit="tokens/s", formula="3350 / 26").problems())
    assert list(numeric(value=130.0, unit="tokens/s", formula="3350 / 26").problems())
