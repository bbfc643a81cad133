"""What holds for every generator, those that are added later too."""

import json
import re
from zlib import crc32

import pytest

from quiz import discover
from quiz.bank.amount import Amount, judged, slack
from quiz.bank.generators._draw import (
    PACKAGE,
    SHAPES,
    Tensor,
    again,
    billions,
    drawn,
    names,
    shares,
    suggestion,
    unlike,
)
from quiz.errors import Misused
from quiz.terminal.markdown import render
from tests.bank.generators.draws import SEEDS

FIRST_DRAWS = {
    "adam-memory": 282667088, "alibi-bias": 441169208, "api-cost": 4025122049, "attention-flops-share": 613158384,
    "bits-per-byte": 2762578057, "bpe-merge": 2267677826, "decode-bound": 2117232786, "dpo-loss": 2593927172,
    "gpt-params": 1558648283, "gqa-shapes": 1035225751, "greedy-beam": 20679961, "int8-scale": 3219243575,
    "kv-cache": 1305544258, "llama-params": 3293981502, "logit-odds": 428418668, "lora-params": 1050044356,
    "majority": 1505909634, "mha-shapes": 1486876985, "min-p": 599762921, "mlm-counts": 1534769281,
    "moe-params": 2740956284, "nucleus": 4177765758, "pass-at-k": 3830563770, "perplexity": 2284172056,
    "pipeline-bubble": 1891374656, "rope-angle": 3368145919, "score-matrix": 2747411866, "softmax": 1415798778,
    "speculative": 341051888, "training-days": 4064667310, "training-flops": 779800072, "warmup-rate": 3610257910,
    "weight-memory": 390976740, "window-reach": 3887154415, "zero-memory": 2824346586,
}  # fmt: skip
"""A checksum of each generator's first twenty draws: what a seed draws must not hang on the version of Python."""

NAMES = names()
SOME = range(25)


def test_there_are_the_35_of_the_syllabus_and_each_has_a_test() -> None:
    assert len(NAMES) >= 35
    folder = __file__.rpartition("test_draw.py")[0]
    assert {name.replace("_", "-") for name in discover.names(folder) if name.startswith("test-")} >= {
        f"test-{name}" for name in NAMES
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_draw_comes_back_from_its_seed_and_from_its_logged_parameters(name: str) -> None:
    for seed in SOME:
        draw = drawn(name, seed)
        assert drawn(name, seed) == draw
        assert again(name, json.loads(json.dumps(draw.params))) == draw


@pytest.mark.parametrize("name", NAMES)
def test_a_card_asked_again_mostly_has_other_numbers(name: str) -> None:
    assert len({json.dumps(drawn(name, seed).params) for seed in SEEDS}) >= 20


@pytest.mark.parametrize("name", NAMES)
def test_seeds_draw_the_same_on_every_python(name: str) -> None:
    draws = json.dumps([drawn(name, seed).params for seed in range(20)], sort_keys=True)
    assert crc32(draws.encode()) == FIRST_DRAWS[name]


@pytest.mark.parametrize("name", NAMES)
def test_the_printed_answer_is_right_and_others_are_not(name: str) -> None:
    for seed in SOME:
        amounts = [part for part in drawn(name, seed).answer if isinstance(part, Amount)]
        if amounts:
            assert judged("; ".join(map(str, amounts)), amounts).right
        for amount in amounts:
            if not isinstance(amount.value, str):
                for factor in (0.5, 2, 8, 1000, -1):
                    assert not judged(str(amount._replace(value=factor * amount.value)), [amount]).right


@pytest.mark.parametrize("name", NAMES)
def test_bytes_are_asked_for_in_gb_or_gib_and_the_two_are_told_apart(name: str) -> None:
    draw = drawn(name, 0)
    for amount in draw.answer:
        if isinstance(amount, Amount) and amount.unit in ("GB", "GiB"):
            other, said = ("GiB", "10^9$ bytes") if amount.unit == "GB" else ("GB", "2^{30}$ bytes")
            assert said in draw.question
            assert not judged(f"{amount.value} {other}", [amount]).right


@pytest.mark.parametrize("name", NAMES)
def test_an_answer_is_well_within_what_its_tolerance_takes_in(name: str) -> None:
    for seed in SEEDS:
        for part in drawn(name, seed).answer:
            if isinstance(part, Amount) and not isinstance(part.value, str):
                assert part.value != 0
                assert slack(part) < 0.4 * abs(part.value), "half of the answer must be wrong"
                assert part.tolerance != "exact" or part.value == int(part.value)


@pytest.mark.parametrize("name", NAMES)
def test_question_and_working_are_drawn_on_a_narrow_terminal(name: str) -> None:
    for seed in SOME:
        draw = drawn(name, seed)
        for text in (draw.question, draw.working):
            lines = [line.plain for line in render(text, width=38)]
            assert max(map(len, lines)) <= 38
            assert not any(re.search(r"\\[a-z]|\$(?![0-9])|\*\*|nan|inf\b", line) for line in lines), lines


@pytest.mark.parametrize("name", NAMES)
def test_the_working_ends_in_the_answer_and_names_no_bare_float(name: str) -> None:
    for seed in SOME:
        draw = drawn(name, seed)
        for part in draw.answer:
            if isinstance(part, Tensor):
                assert f"**{part}**" in draw.working
        assert "**" in draw.working
        assert not re.search(r"\d\.\d{9}", draw.question + draw.working), "a float that was not rounded"


@pytest.mark.parametrize("name", NAMES)
def test_a_generator_says_what_it_computes_and_where_the_formula_stands(name: str) -> None:
    module = discover.module(PACKAGE, name)
    first, empty, rest = (module.__doc__ or "").split("\n", 2)
    assert first.endswith((".", "."))
    assert not empty
    assert rest.startswith("Source: ")
    assert module.draw.__doc__
    assert module.worked.__doc__


@pytest.mark.parametrize("name", NAMES)
def test_the_name_says_whether_shapes_or_numbers_are_drawn(name: str) -> None:
    wanted = Tensor if name.endswith(SHAPES) else Amount
    assert all(isinstance(each, wanted) for each in drawn(name, 1).answer)


def test_a_generator_that_refuses_everything_gives_up() -> None:
    with pytest.raises(RuntimeError):
        unlike(dict, lambda params: True)


def test_shares_are_whole_and_add_up() -> None:
    import random

    for seed in SOME:
        found = shares(random.Random(seed), 6, 10)
        assert sum(found) == 1000
        assert found == sorted(found, reverse=True)
        assert all(share % 10 == 0 and share > 0 for share in found)


def test_large_counts_are_said_in_words() -> None:
    assert [billions(n) for n in (13 * 10**9, 1_400 * 10**9, 410 * 10**6, 1000)] == [
        "13 billion",
        "1.4 trillion",
        "410 million",
        "1,000",
    ]


def test_a_misspelt_generator_is_guessed() -> None:
    assert suggestion("kv-cahce") == "did you mean `kv-cache`?"
    assert "write one of adam-memory" in suggestion("zzz")
    with pytest.raises(Misused):
        judged("a sentence", [Amount(1.0)])
