"""What holds for every kind, for the page that describes them, and for the evidence behind the shipped bank."""

import dataclasses
import json
import re
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz import discover
from quiz.bank import kinds
from quiz.bank.generators._draw import names
from quiz.bank.kind import kind_names, kind_of
from quiz.bank.load import Loaded, load
from quiz.bank.question import Question
from quiz.bank.validate import made as validated
from quiz.errors import Misused
from quiz.memory.values import Rating
from quiz.proofs._catalogue import names as demo_names
from quiz.terminal.markdown import render
from tests.bank.kinds.evidence import loaded, unproven, unproven_of

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "kinds.md").read_text(encoding="utf-8")
BLOCKS = [textwrap.indent(block, "  ") for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)]
EXAMPLES = list(loaded("schema: 1\nquestions:\n" + "".join(BLOCKS)))
JUDGED = [example for example in EXAMPLES if example.judged]
RIGHT = {
    "example-choice": "The memory that the cache takes for each token",
    "example-cloze": "√dₖ; the Keys",
    "example-numeric": "327,680 bytes",
    "example-shape": "(2,8,7,12) (2,1,1,12)",
    "example-bug": "line 7",
    "example-predict": "Hardly any, about 0.04",
}
WRONG = {
    "example-choice": "The size of the query projection",
    "example-cloze": "d_k; keys",
    "example-numeric": "2.6 MB",
    "example-numeric-drawn": "1 TiB",
    "example-shape": "(2,8,12,7); (2,1,1,12)",
    "example-bug": "5",
    "example-predict": "About a half",
}


def test_the_page_has_a_section_and_an_example_for_every_kind_and_for_no_other() -> None:
    sections = [name for name in re.findall(r"^## (\w+)$", PAGE, re.MULTILINE) if name != "Generators"]
    assert sorted(sections) == sorted({example.kind for example in EXAMPLES}) == kind_names()


def test_the_page_names_every_field_of_a_kind_and_every_generator() -> None:
    for name in kind_names():
        section = PAGE.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
        own = set(kind_of(name).__dataclass_fields__) - set(Question.__dataclass_fields__)
        assert {field for field in own if f"`{field}`" not in section} == set()
    assert re.findall(r"^\| `([\w-]+)` \|", PAGE.partition("\n## Generators\n")[2], re.MULTILINE) == list(names())


def test_every_kind_has_a_test_of_the_same_name() -> None:
    for name in discover.names(kinds.__path__[0]):
        assert (Path(__file__).parent / f"test_{name}.py").exists()


@pytest.mark.parametrize("name", kind_names())
def test_a_session_of_this_kind_imports_nothing_heavy(name: str) -> None:
    program = f"import sys, quiz.bank.kinds.{name}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not {"numpy", "pydantic", "yaml", "rich", "fractions", "difflib"} & set(done.stdout.split())


@pytest.mark.parametrize("name", kind_names())
def test_a_kind_says_how_it_is_answered(name: str) -> None:
    assert kind_of(name).help.endswith(".")
    assert name == "recall" or kind_of(name).help != Question.help


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_the_examples_have_evidence(example: Question, tmp_path: Path) -> None:
    assert list(example.problems()) == []
    assert unproven(example, tmp_path) == ""


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_a_question_comes_back_from_the_index_as_it_went_in(example: Question) -> None:
    assert type(example).build(json.loads(validated(example).body)) == example


@pytest.mark.parametrize("example", JUDGED, ids=lambda example: example.id)
def test_right_suggests_good_wrong_suggests_again_and_nothing_is_not_known(example: Question) -> None:
    for seed in range(5):
        if example.id in RIGHT:
            right = example.judge(RIGHT[example.id], seed)
            assert (right.right, right.rating) == (True, Rating.GOOD)
            assert right.response == RIGHT[example.id]
        wrong = example.judge(WRONG[example.id], seed)
        assert (wrong.right, wrong.rating) == (False, Rating.AGAIN)
        for nothing in ("", "  \n"):
            unknown = example.judge(nothing, seed)
            assert (unknown.right, unknown.rating, unknown.response) == (False, Rating.AGAIN, None)
            assert unknown.feedback


@pytest.mark.parametrize("example", JUDGED, ids=lambda example: example.id)
def test_whatever_is_typed_is_judged_or_refused(example: Question) -> None:
    @given(st.text(max_size=80) | st.text("0123456789.,;:()[]xeE+-*/^%$ GBKiMs_abcdhn√ₖ", max_size=60))
    def typed(text: str) -> None:
        try:
            verdict = example.judge(text, 3)
        except Misused:
            return
        assert verdict.right is not None
        render(verdict.feedback, width=40)

    typed()
    for long in ("(" * 100_000, "9" * 100_000, "a;" * 50_000, "x " * 50_000, "√" * 100_000, "1," * 50_000):
        try:
            example.judge(long, 3)
        except Misused as refused:
            assert len(str(refused)) < 300


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_what_is_shown_fits_a_narrow_terminal_and_names_the_answer_only_afterwards(example: Question) -> None:
    prompt, revealed = example.prompt(7), example.reveal(7)
    assert example.answer.strip() in revealed
    for text in (prompt.text, *prompt.options, revealed):
        lines = [line.plain for line in render(text, width=40)]
        assert max(map(len, lines)) <= 40
        assert not any("\\" in line or "**" in line for line in lines)


def test_evidence_that_does_not_hold_is_found(tmp_path: Path) -> None:
    drawn: dict[str, Any] = {example.id: example for example in EXAMPLES}
    broken = [
        dataclasses.replace(drawn["example-bug"], test="assert True"),
        dataclasses.replace(drawn["example-bug"], id="unmended", fix="weights /= weights.sum(axis=0) + 0"),
        dataclasses.replace(drawn["example-numeric"], value=2560.0),
        dataclasses.replace(drawn["example-predict"], value=0.88),
    ]
    assert all(unproven(question, tmp_path) for question in broken)


def test_the_evidence_for_the_shipped_bank_holds(tmp_path: Path) -> None:
    shipped = [item.question for item in load(str(ROOT / "data" / "questions.yaml")) if isinstance(item, Loaded)]
    assert shipped
    assert unproven_of(shipped, tmp_path) == {}
    assert {demo for question in shipped for demo in question.demos} <= set(demo_names())
