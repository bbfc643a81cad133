"""`quiz bank edit`."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from quiz.commands import _editor
from tests.bank.banks import GOOD, NEXT, put
from tests.commands.editors import editor
from tests.conftest import Learner, Outcome

BANK = "# mine\n" + GOOD + "\n  # the second\n" + NEXT

Run = Callable[..., Outcome]


@pytest.fixture
def edit(learner: Learner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Edits a question with an editor that makes these changes."""

    def run(question: str, *changes: str) -> Outcome:
        monkeypatch.setenv("EDITOR", editor(tmp_path, *changes))
        return learner.quiz("bank", "edit", question)

    return run


def test_an_edit_changes_that_question_and_no_other_byte(learner: Learner, edit: Run) -> None:
    path = learner.bank(BANK)
    learner.answer("second")
    done = edit("second", "t = t.replace('Why divide?', 'Why by the root?')")
    assert done.code == 0
    assert done.out == f"Saved second in {path}. `quiz bank show second` shows it.\n"
    assert path.read_text() == BANK[:-400] + BANK[-400:].replace("Why divide?", "Why by the root?")
    assert "Why by the root?" in learner.quiz("bank", "show", "second").out
    assert [line["state"] for line in learner.quiz("bank", "list", "--json").lines] == ["new", "learning"]


def test_an_editor_that_changes_nothing_leaves_all_as_it_was(learner: Learner, edit: Run) -> None:
    path = learner.bank(BANK)
    done = edit("second")
    assert done.out == "second is as it was.\n"
    assert path.read_text() == BANK
    assert not list((learner.home / "drafts").iterdir())


def test_what_does_not_check_is_refused_and_kept(learner: Learner, edit: Run) -> None:
    path = learner.bank(BANK)
    done = edit("second", "t = t.replace('level: basic', 'level: easy') + '    # precious\\n'")
    draft = learner.home / "drafts" / "second.yaml"
    assert (done.code, done.out) == (1, "")
    assert f"{draft}:" in done.err and "there is no level 'easy'" in done.err
    assert f"What you typed is kept at {draft}." in done.err
    assert path.read_text() == BANK
    done = edit("second", "t = t.replace('level: easy', 'level: advanced')")
    assert done.code == 0 and "Going on with what you typed before" in done.err
    assert path.read_text() == BANK.removesuffix(NEXT) + NEXT.replace("basic", "advanced") + "    # precious\n"
    assert not draft.exists()


def test_at_a_terminal_it_opens_again(learner: Learner, edit: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    path = learner.bank(BANK)
    monkeypatch.setattr(_editor, "_again", lambda: True)
    done = edit("second", "t = t.replace('basic', 'easy', 1)", "t = t.replace('easy', 'advanced', 1)")
    assert done.code == 0
    assert "level: advanced" in path.read_text()


def test_a_shipped_question_is_copied_and_replaced(learner: Learner, edit: Run) -> None:
    done = edit("attention-scaling", "t = t.replace('question: |', 'question: |\\n      In one sentence:')")
    mine = learner.home / "bank" / "mine.yaml"
    assert done.out.startswith(f"Saved attention-scaling in {mine}; it replaces the shipped one.")
    assert "replaces: " in mine.read_text()
    assert learner.quiz("bank", "show", "attention-scaling").out.count("In one sentence:") == 1
    assert learner.quiz("bank", "check", str(mine)).code == 0
    assert "attention-scaling" not in learner.quiz("bank", "check", str(mine)).out
    done = edit("attention-scaling", "t = t.replace('one sentence', 'two sentences')")
    assert done.code == 0 and mine.read_text().count("- id: attention-scaling\n") == 1


def test_a_shipped_question_that_changed_since_is_told(learner: Learner, edit: Run) -> None:
    edit("attention-scaling", "t = t.replace('question: |', 'question: |\\n      Briefly:')")
    mine = learner.home / "bank" / "mine.yaml"
    text = mine.read_text()
    mine.write_text(text[: text.index("replaces: ")] + "replaces: 000000000000\n")
    assert "the shipped question that it replaces has changed since" in learner.quiz("bank", "check").out


def test_a_new_id_keeps_its_history_by_an_alias_only(learner: Learner, edit: Run) -> None:
    path = learner.bank(BANK)
    done = edit("second", "t = t.replace('id: second', 'id: other')")
    assert done.code == 1 and "it was 'second' before" in done.err
    done = edit("second", "t = t.rstrip() + '\\n    aliases:\\n      - second\\n'")
    assert done.code == 0, done.err
    assert "id: other" in path.read_text()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            "t = t.replace('id: second', 'id: scaling') + '    aliases:\\n      - second\\n'",
            "the id is taken already, at",
        ),
        ("t = t + '    aliases:\\n      - scaling\\n'", "the alias 'scaling' is the id of a question"),
        ("t = t + t.partition('questions:\\n')[2].replace('second', 'third')", "there are 2 questions in it"),
        ("t = ''", "there are 0 questions in it"),
        ("t = t.replace('Why', 'W\\0y')", "the character U+0000 is not allowed"),
    ],
)
def test_what_would_harm_the_bank_is_refused(learner: Learner, edit: Run, change: str, said: str) -> None:
    path = learner.bank(BANK)
    done = edit("second", change)
    assert done.code == 1 and said in done.err
    assert path.read_text() == BANK


def test_a_question_that_does_not_check_can_be_edited_until_it_does(learner: Learner, edit: Run) -> None:
    path = learner.bank(put("recall", "recal", NEXT))
    done = edit("scaling", "t = t.replace('recal', 'recall')")
    assert done.code == 0, done.err
    assert path.read_text() == GOOD + NEXT


def test_another_programs_change_meanwhile_is_not_overwritten(learner: Learner, edit: Run, tmp_path: Path) -> None:
    path = learner.bank(BANK)
    meddle = f"open({str(path)!r}, 'w').write({BANK.replace('three', 'four')!r})"
    done = edit("second", f"t = t.replace('basic', 'advanced', 1); {meddle}")
    assert done.code == 1 and "Another program has changed second meanwhile. What you typed is kept at" in done.err
    assert path.read_text() == BANK.replace("three", "four")
    assert (learner.home / "drafts" / "second.yaml").exists()


def test_a_change_of_another_question_meanwhile_is_kept(learner: Learner, edit: Run) -> None:
    path = learner.bank(BANK)
    other = BANK.replace("one", "uno", 1)
    done = edit("second", f"t = t.replace('basic', 'advanced', 1); open({str(path)!r}, 'w').write({other!r})")
    assert done.code == 0
    assert path.read_text() == other.removesuffix(NEXT) + NEXT.replace("basic", "advanced")


def test_an_editor_that_fails_or_is_missing_is_named(
    learner: Learner, edit: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    learner.bank(BANK)
    monkeypatch.setenv("EDITOR_CODE", "3")
    assert "ended with code 3, so nothing was saved" in edit("second").err
    assert "What you typed is kept at" in edit("second", "t = t + '    # x\\n'").err
    monkeypatch.setenv("VISUAL", "no-such-editor --wait")
    done = learner.quiz("bank", "edit", "scaling")
    assert done.code == 1 and "'no-such-editor --wait' could not be started" in done.err
    monkeypatch.setenv("VISUAL", "'unbalanced")
    assert "could not be started" in learner.quiz("bank", "edit", "scaling").err


def test_an_unknown_question_is_asked_wrongly(learner: Learner, edit: Run) -> None:
    learner.bank(BANK)
    done = edit("nothing-such")
    assert done.code == 2 and "The bank has no question 'nothing-such'" in done.err


@pytest.mark.skipif(sys.platform == "win32", reason="links and modes are others there")
def test_a_link_and_the_rights_of_a_file_outlive_an_edit(learner: Learner, edit: Run, tmp_path: Path) -> None:
    path = learner.bank(BANK)
    real = tmp_path / "real.yaml"
    path.rename(real)
    path.symlink_to(real)
    real.chmod(0o640)
    assert edit("second", "t = t.replace('basic', 'advanced', 1)").code == 0
    assert path.is_symlink() and real.stat().st_mode & 0o777 == 0o640
    assert "level: advanced" in real.read_text()
