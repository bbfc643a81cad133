"""`quiz bank coverage`, and what `quiz bank check` says of the shipped bank alone."""

import csv
from pathlib import Path

import pytest

from quiz.bank import coverage
from tests.bank.banks import GOOD
from tests.conftest import Learner


def test_each_cell_is_counted_beside_the_syllabus(learner: Learner) -> None:
    cells = learner.quiz("bank", "coverage", "--json").lines
    assert sum(cell["syllabus"] for cell in cells if not cell["kind"]) == 364
    listed = learner.quiz("bank", "list", "--json").lines
    for cell in cells:
        fields = [name for name in ("area", "topic", "level", "kind") if cell[name]]
        assert cell["questions"] == sum(all(line[name] == cell[name] for name in fields) for line in listed)


def test_the_table_has_a_line_for_each_topic_and_kind(learner: Learner) -> None:
    out = learner.quiz("bank", "coverage").out
    for name in ("residuals-norms", "output-and-prompting", "predict", "read for truth"):
        assert name in out
    assert max(map(len, out.splitlines())) <= 80


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that stands in for the files beside the shipped bank; what a test does not write is not there."""
    monkeypatch.setattr(coverage, "beside", lambda name: str(tmp_path / name))
    (tmp_path / "syllabus.csv").write_text("area,topic,level,kind,questions\nllm-core,gpt,basic,,4\n", encoding="utf-8")
    return tmp_path


def test_a_bank_that_is_off_its_syllabus_is_told(learner: Learner, beside: Path) -> None:
    problems = [line["problem"] for line in learner.quiz("bank", "check", "--json").lines]
    wanted = sum(
        line["topic"] == "gpt" and line["level"] == "basic" for line in learner.quiz("bank", "list", "--json").lines
    )
    (beside / "syllabus.csv").write_text(f"area,topic,level,kind,questions\nllm-core,gpt,basic,,{wanted + 3}\n")
    told = [line["problem"] for line in learner.quiz("bank", "check", "--json").lines]
    assert f"gpt basic: {wanted} questions, the syllabus has {wanted + 3}" in told
    assert f"gpt basic: {wanted} questions, the syllabus has {wanted + 3}" not in problems


def test_a_reading_that_is_missing_or_of_another_version_is_told(learner: Learner, beside: Path) -> None:
    shown = learner.quiz("bank", "show", "attention-scaling", "attention-formula", "--json").lines
    with (beside / "readings.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(("id", "version", "checked", "changed"))
        rows.writerow((shown[0]["id"], shown[0]["version"], "§3.2.1", ""))
        rows.writerow((shown[1]["id"], "000000000000", "§3.2.1", ""))
    told = {
        line["id"]: line["problem"]
        for line in learner.quiz("bank", "check", "--json").lines
        if "read" in line["problem"]
    }
    assert "attention-scaling" not in told
    assert told["attention-formula"] == f"it was read for truth as 000000000000 and is {shown[1]['version']} now"
    assert told["query-key-value"] == "no reading for truth is noted"


def test_banks_of_ones_own_are_not_held_against_the_syllabus(learner: Learner) -> None:
    learner.bank(GOOD)
    done = learner.quiz("bank", "check")
    assert "syllabus" not in done.out and "reading" not in done.out
