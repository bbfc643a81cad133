"""`quiz bank add`."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bank.banks import GOOD, NEXT
from tests.commands.editors import editor
from tests.conftest import Learner, Outcome

FILL = """\
for field, value in {'- id': 'mine', 'area': 'llm-core', 'topic': 'gpt'}.items():
    t = t.replace(f'  {field}:\\n', f'  {field}: {value}\\n')
for field in ('question', 'answer'):
    t = t.replace(f'{field}: |\\n', f'{field}: |\\n      Why mine?\\n')
for point in ('one', 'two', 'three', 'a trap', 'A paper, section 1'):
    t = t.replace('      -\\n', f'      - {point}\\n', 1)
"""
OPTIONS = """\
for field, value in (('- text', 'yes'), ('right', 'true'), ('- text', 'no'), ('why', 'it is not')):
    at = t.rindex(f' {field}:\\n') if field == 'why' else t.index(f' {field}:\\n')
    t = t[:at] + f' {field}: {value}' + t[at + len(field) + 2 :]
"""
Run = Callable[..., Outcome]


@pytest.fixture
def add(learner: Learner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Adds a question with an editor that makes these changes."""

    def run(*changes: str, options: tuple[str, ...] = ()) -> Outcome:
        monkeypatch.setenv("VISUAL", editor(tmp_path, *changes))
        return learner.quiz("bank", "add", *options)

    return run


def test_the_empty_question_becomes_one_of_ones_own(learner: Learner, add: Run) -> None:
    done = add(FILL)
    mine = learner.home / "bank" / "mine.yaml"
    assert done.code == 0, done.err
    assert done.out == f"Added mine to {mine}. `quiz bank show mine` shows it.\n"
    assert mine.read_text().startswith("schema: 1\nquestions:\n  - id: mine\n")
    assert learner.quiz("bank", "check", str(mine)).code == 0
    assert "Why mine?" in learner.quiz("bank", "show", "mine").out


def test_a_second_one_goes_behind_the_first(learner: Learner, add: Run) -> None:
    add(FILL)
    before = (learner.home / "bank" / "mine.yaml").read_text()
    assert add(FILL.replace("'mine'", "'mine-too'")).code == 0
    after = (learner.home / "bank" / "mine.yaml").read_text()
    assert after.startswith(before) and "id: mine-too" in after


def test_nothing_written_adds_nothing(learner: Learner, add: Run) -> None:
    done = add()
    assert (done.code, done.out) == (0, "Nothing was added.\n")
    assert not (learner.home / "bank").exists()


def test_half_a_question_is_refused_and_kept_for_the_next_time(learner: Learner, add: Run) -> None:
    done = add("t = t.replace('  - id:', '  - id: mine')")
    assert done.code == 1
    assert "area: it is missing" in done.err and "new-question.yaml" in done.err
    assert add(FILL).code == 0


def test_an_id_that_is_taken_is_refused(learner: Learner, add: Run) -> None:
    learner.bank(GOOD + NEXT)
    done = add(FILL.replace("'mine'", "'second'"))
    assert done.code == 1 and "the id is taken already" in done.err


def test_with_a_bank_named_it_is_added_there(learner: Learner, add: Run) -> None:
    path = learner.bank(GOOD)
    assert add(FILL).out.startswith(f"Added mine to {path}.")
    assert path.read_text().startswith(GOOD)


def test_there_is_an_empty_question_for_each_kind(learner: Learner, add: Run) -> None:
    done = add(OPTIONS + FILL, options=("--kind", "choice"))
    assert done.code == 0, done.err
    assert "it is not" in learner.quiz("bank", "show", "mine").out
    done = add(options=("--kind", "chioce"))
    assert done.code == 2 and "There is no kind 'chioce'" in done.err
