"""One learner for every test: a home folder, a clock that stands where the test says, and the commands."""

import gc
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import settings

from quiz.commands._app import run

# How long an example takes is the machine's affair; no test times anything.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# A test run in the background has Ctrl-C ignored, and so would the programs that the tests run on terminals.
for name in ("SIGINT", "SIGHUP", "SIGQUIT"):
    number = getattr(signal, name, None)
    if number is not None and signal.getsignal(number) == signal.SIG_IGN:
        signal.signal(number, signal.default_int_handler if name == "SIGINT" else signal.SIG_DFL)


class Outcome(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON object on stdout."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """The JSON objects on stdout, one a line."""
        return [json.loads(line) for line in self.out.splitlines()]


class Learner:
    """Somebody who uses `quiz` in a home of their own, at a time of their own."""

    runs = 0

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
        self.home = home
        self._capsys = capsys
        self._patch = patch
        self.at("2026-11-23T09:00:00+01:00")

    def at(self, time: str) -> "Learner":
        """Set the clock: it stands at `time` until it is set again."""
        self._patch.setenv("QUIZ_NOW", time)
        return self

    def quiz(self, *args: str, stdin: str = "") -> Outcome:
        """Run a command in this process; `stdin` is a pipe."""
        self._patch.setattr(sys, "stdin", io.StringIO(stdin))
        self._capsys.readouterr()
        code = run(list(args))
        self._tidied()
        return Outcome(code, *self._capsys.readouterr())

    def _tidied(self) -> None:
        """A run ends with its process and so closes nothing; here its files would stay open until they are too many."""
        gc.unfreeze()
        Learner.runs += 1
        if Learner.runs % 50 == 0:
            gc.collect()

    def process(self, *args: str, stdin: str = "", **environment: str) -> Outcome:
        """Run a command as a process of its own, as a shell would."""
        done = subprocess.run(
            [sys.executable, "-m", "quiz", *args],
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, **environment},
            timeout=60,
        )
        return Outcome(done.returncode, done.stdout, done.stderr)

    def answer(self, card: str, rating: str = "good") -> Any:
        """Rate a card through the command, as a script would."""
        return self.quiz("answer", card, rating, "--json").json

    def bank(self, text: str, name: str = "bank.yaml") -> Path:
        """A bank file of the test's own, which stands in for the shipped bank from now on."""
        path = self.home.parent / name
        path.write_text(text, encoding="utf-8")
        self._patch.setenv("QUIZ_BANK", str(path))
        return path


def let_go_of_files() -> None:
    """Close what commands in this process left open: a connection to SQLite only goes with the garbage, which every
    command freezes, and `select` knows no more than 1024 files."""
    if os.path.isdir("/dev/fd") and len(os.listdir("/dev/fd")) > 300:
        gc.unfreeze()
        gc.collect()


@pytest.fixture
def learner(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Learner:
    """A new learner: nothing answered, the shipped bank, Monday 23 November 2026, nine in the morning, UTC+1."""
    let_go_of_files()
    home = tmp_path / "home"
    for name in ("QUIZ_BANK", "QUIZ_NOW", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("QUIZ_HOME", str(home))
    return Learner(home, capsys, monkeypatch)


def question(id: str, **fields: Any) -> dict[str, Any]:
    """A recall question that checks, with whatever fields the test cares about."""
    return {
        "id": id,
        "area": "transformer-internals",
        "topic": "attention",
        "level": "basic",
        "kind": "recall",
        "question": f"What is {id}?",
        "answer": f"That is {id}.",
        "key_points": ["one point", "another point", "a third point", "the last point"],
        "pitfalls": ["mixing it up"],
        "sources": ["Vaswani et al. 2017, §3.2"],
        "verified_by": "cited",
        **fields,
    }


def bank_text(questions: Sequence[dict[str, Any]]) -> str:
    """The YAML of a bank."""
    import yaml

    return yaml.safe_dump({"schema": 1, "questions": list(questions)}, allow_unicode=True, sort_keys=False)


@pytest.fixture
def small(learner: Learner) -> Learner:
    """A learner with a bank of four questions: two to recall, one to choose, and a follow-up of the first."""
    options = [{"text": "yes", "right": True}, {"text": "no", "why": "because it is not"}]
    learner.bank(
        bank_text(
            [
                question("first", follow_ups=["deeper"]),
                question("second", topic="masks"),
                question("picked", topic="heads", kind="choice", options=options),
                question("deeper", area="llm-core", topic="moe", level="advanced"),
            ]
        )
    )
    return learner


def ratings(learner: Learner) -> list[tuple[str, int]]:
    """The reviews in the log: card and rating."""
    return [
        (event["card"], event["rating"]) for event in learner.quiz("log", "--json").lines if event["type"] == "review"
    ]
