"""The rooms of the house, and what a start may touch."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Learner

ROOT = Path(__file__).parent.parent

HEAVY = {
    "numpy",
    "pydantic",
    "yaml",
    "rich",
    "zoneinfo",
    "importlib.metadata",
    "asyncio",
    "markdown_it",
}


def test_imports_go_only_the_ways_that_the_contracts_allow() -> None:
    command = "from importlinter.cli import lint_imports_command as lint; lint()"
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_package_files_stay_empty_since_the_linter_does_not_see_what_running_them_imports() -> None:
    full = [path for path in (ROOT / "quiz").rglob("__init__.py") if path.read_text().strip()]
    assert full == []


@pytest.mark.parametrize("args", [["next", "--json"], ["status", "--json"], ["--help"], ["bank", "--help"]])
def test_a_start_imports_nothing_heavy(learner: Learner, args: list[str]) -> None:
    learner.process("status")  # the very first start makes the index and may import what it needs
    program = (
        "import sys; from quiz.commands._app import run; code = run(sys.argv[1:]); "
        "print(*sys.modules, file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", program, *args], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert not HEAVY & set(done.stderr.split())


def test_the_code_is_as_the_linter_and_the_formatter_want_it() -> None:
    for command in (["check"], ["format", "--check"]):
        done = subprocess.run([sys.executable, "-m", "ruff", *command, "."], capture_output=True, text=True, cwd=ROOT)
        assert done.returncode == 0, done.stdout + done.stderr


def test_every_type_is_said_and_right() -> None:
    done = subprocess.run([sys.executable, "-m", "mypy"], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
