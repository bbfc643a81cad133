"""The examples of the README do what they say."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Learner

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")

CONSOLE = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
SHELL = [line for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL) for line in block.splitlines()]


def run(line: str, folder: Path) -> str:
    """What a line prints in a shell where `quiz` is the program of this checkout."""
    script = folder / "bin" / "quiz"
    script.parent.mkdir(exist_ok=True)
    script.write_text(f"#!/bin/sh\nexec '{sys.executable}' -m quiz \"$@\"\n")
    script.chmod(0o755)
    path = f"{script.parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["sh", "-c", line], capture_output=True, text=True, env=environment, stdin=subprocess.DEVNULL, timeout=60
    )
    assert done.returncode == 0, line + "\n" + done.stderr
    return done.stdout


def promised(expected: str) -> re.Pattern[str]:
    """What the README shows, with `...` for anything."""
    return re.compile(re.escape(expected.strip()).replace(r"\.\.\.", ".*"), re.DOTALL)


@pytest.mark.skipif(os.name == "nt", reason="the examples are for a POSIX shell")
@pytest.mark.parametrize("block", CONSOLE, ids=lambda block: block.split("\n")[0][2:])
def test_the_examples_print_what_the_readme_shows(learner: Learner, tmp_path: Path, block: str) -> None:
    for line, expected in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
        assert promised(expected).search(run(line, tmp_path)), line


@pytest.mark.skipif(os.name == "nt", reason="the examples are for a POSIX shell")
@pytest.mark.parametrize("line", [line for line in SHELL if line.startswith("quiz ")])
def test_the_other_commands_of_the_readme_run(learner: Learner, tmp_path: Path, line: str) -> None:
    run(line, tmp_path)


def test_continuous_integration_runs_the_commands_of_the_readme() -> None:
    ci = (ROOT / ".ci" / "run").read_text().replace(" --quiet", "")
    set_up, test = (line.replace(" --quiet", "") for line in SHELL if line.startswith("python3"))
    assert set_up.split(" && ")[0] in ci
    assert all(part in ci for part in test.split(" && "))


def test_every_link_of_the_readme_leads_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target
