"""`quiz bank check`."""

import os
import sys
from pathlib import Path

import pytest

from tests.bank.banks import BROKEN, GOOD, NEXT, put
from tests.conftest import Learner


def test_the_shipped_bank_has_no_error(learner: Learner) -> None:
    done = learner.quiz("bank", "check")
    assert done.code == 0, done.out
    assert "questions." in done.out


def test_problems_are_told_by_file_and_line_and_make_it_fail(learner: Learner) -> None:
    path = learner.bank(put("topic: attention", "topic: atention", NEXT))
    done = learner.quiz("bank", "check")
    assert done.code == 1
    assert f"{path}:5: scaling: topic: there is no topic 'atention'. Did you mean `attention`?" in done.out
    assert "1 error. The bank has 1 question." in done.out


def test_warnings_do_not_make_it_fail(learner: Learner) -> None:
    learner.bank(put("", "", "    demos:\n      - softmax-saturatio\n"))
    done = learner.quiz("bank", "check")
    assert done.code == 0
    assert (
        "warning: scaling: demos: there is no demo 'softmax-saturatio'. Did you mean `softmax-saturation`?" in done.out
    )


def test_for_programs_a_problem_is_a_line_of_json(learner: Learner) -> None:
    path = learner.bank(put("recall", "recal"))
    done = learner.quiz("bank", "check", "--json")
    assert done.code == 1
    assert done.lines == [
        {
            "schema": 1,
            "file": str(path),
            "line": 7,
            "id": "scaling",
            "field": "kind",
            "severity": "error",
            "problem": "there is no kind 'recal'",
            "fix": "did you mean `recall`?",
        }
    ]


def test_ten_differently_broken_files_are_each_told_and_the_others_go_on(learner: Learner) -> None:
    own = learner.home / "bank"
    own.mkdir(parents=True)
    names = list(BROKEN)[::5]
    for number, name in enumerate(names):
        text = BROKEN[name].text
        (own / f"broken-{number:02}.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    done = learner.quiz("bank", "check", "--json")
    assert {os.path.basename(line["file"]) for line in done.lines} >= {
        f"broken-{number:02}.yaml" for number, _ in enumerate(names)
    }
    assert learner.quiz("bank", "list").code == 0
    assert "left out" in learner.quiz("next").err


def test_a_file_can_be_named_that_is_not_in_the_bank(learner: Learner, tmp_path: Path) -> None:
    (tmp_path / "new.yaml").write_text(
        put("", "", "    follow_ups:\n      - attention-scaling\n      - nothing-such\n")
    )
    done = learner.quiz("bank", "check", str(tmp_path / "new.yaml"))
    assert done.code == 0
    assert "there is no question 'nothing-such'" in done.out, "known neither in the file nor in the bank"
    assert "'attention-scaling'" not in done.out, "the bank has it"


def test_a_file_of_the_bank_is_checked_as_part_of_the_bank(learner: Learner) -> None:
    own = learner.home / "bank"
    own.mkdir(parents=True)
    (own / "a.yaml").write_text(GOOD)
    (own / "b.yaml").write_text(GOOD + NEXT.replace("basic", "easy"))
    done = learner.quiz("bank", "check", "--json", str(own / "b.yaml"))
    assert [(line["line"], line["field"]) for line in done.lines] == [(3, "id"), (21, "level")]
    assert learner.quiz("bank", "check", str(own / "a.yaml")).code == 0


def test_a_file_that_is_not_there_is_asked_wrongly(learner: Learner) -> None:
    done = learner.quiz("bank", "check", "none.yaml")
    assert (done.code, done.out) == (2, "")
    assert "There is no bank file or folder none.yaml" in done.err


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes in folders there")
def test_a_pipe_and_an_empty_bank_are_told(learner: Learner, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    learner.bank("")
    done = learner.quiz("bank", "check", str(tmp_path / "pipe.yaml"))
    assert done.code == 1 and "it is a pipe or a device, not a file" in done.out
    assert "the file is empty" in learner.quiz("bank", "check").out


def test_what_a_file_holds_cannot_steer_the_terminal(learner: Learner) -> None:
    learner.bank(put("id: scaling", "id: 'a\u202eb'"))
    assert "\u202e" not in learner.quiz("bank", "check").out
