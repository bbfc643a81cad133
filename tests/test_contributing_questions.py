"""The examples that show how to write a question are questions that check, each of a kind of its own."""

import os
import re
from typing import Any

import pytest
import yaml

from quiz.bank.kind import kind_names
from quiz.bank.kinds.bug import Bug
from quiz.bank.kinds.predict import Predict
from quiz.bank.load import Loaded, load_bytes
from quiz.bank.question import Question
from quiz.proofs._run import run

ROOT = os.path.dirname(os.path.dirname(__file__))
with open(os.path.join(ROOT, "docs", "contributing-questions.md"), encoding="utf-8") as file:
    PAGE = file.read()


def examples() -> list[dict[str, Any]]:
    """The good examples; the fields that the later ones leave out are those of the first."""
    whole, *parts = (yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL))
    first = whole["questions"][0]
    return [first, *({**first, **part} for part in parts)]


def loaded(fields: dict[str, Any]) -> Question:
    text = yaml.safe_dump({"schema": 1, "questions": [fields]}, sort_keys=False)
    items = list(load_bytes(text.encode(), "page"))
    assert [item for item in items if not isinstance(item, Loaded)] == []
    return next(item.question for item in items if isinstance(item, Loaded))


@pytest.mark.parametrize("fields", examples(), ids=lambda fields: fields["id"])
def test_every_good_example_checks_without_a_finding(fields: dict[str, Any]) -> None:
    assert loaded(fields).id == fields["id"]


def test_each_kind_has_a_good_and_a_bad_example_under_its_name() -> None:
    parts = {part.partition("\n")[0]: part for part in PAGE.split("\n### ")[1:]}
    assert set(parts) == set(kind_names())
    for kind, part in parts.items():
        assert re.search(rf"^ *kind: {kind}$", part, re.MULTILINE) and "\nBad:\n\n```text\n" in part


def test_the_buggy_example_fails_its_test_and_the_mended_one_passes() -> None:
    bug = next(question for question in map(loaded, examples()) if isinstance(question, Bug))
    with pytest.raises(AssertionError):
        exec(bug.code + bug.test, {})  # noqa: S102 the page is ours
    exec(bug.mended() + bug.test, {})  # noqa: S102


def test_the_predicted_example_is_what_its_demo_measures() -> None:
    guess = next(question for question in map(loaded, examples()) if isinstance(question, Predict))
    found = {figure.name: figure.value for figure in run(guess.demo, broken=guess.mutant).measurements}
    assert abs(found[guess.measurement] / guess.value - 1) < float(guess.tolerance.removesuffix(" %")) / 100
