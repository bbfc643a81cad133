"""What stands behind a question: its code run as it stands and mended, its number computed again, its demo run."""

import contextlib
import io
import runpy
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from quiz.bank.amount import Amount, near
from quiz.bank.kinds._formula import computed
from quiz.bank.kinds.bug import Bug
from quiz.bank.kinds.numeric import Numeric
from quiz.bank.kinds.predict import Predict
from quiz.bank.load import Loaded, load_bytes
from quiz.bank.question import Question

COMMON = {"id": "x", "area": "llm-core", "topic": "gpt", "concept": "x", "level": "basic", "answer": "Because."}
"""Fields that every question needs."""


def made(kind: type[Question], **fields: Any) -> Any:
    """A question of that class with the fields that the test cares about."""
    return kind(**{"question": "What?", "kind": kind.__name__.lower(), **COMMON, **fields})


def loaded(yaml: str) -> Iterator[Question]:
    """The questions of a bank; whatever is said about one of them fails the test."""
    for item in load_bytes(yaml.encode(), "bank.yaml"):
        assert isinstance(item, Loaded), item
        yield item.question


def failure(program: str, folder: Path) -> str:
    """How a program fails, empty if it does not; its output is thrown away."""
    path = folder / "program.py"
    path.write_text(program, encoding="utf-8")
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            runpy.run_path(str(path))
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


def unproven(question: Question, folder: Path) -> str:
    """What is wrong with the evidence for a judged question; empty where it holds or there is nothing to run."""
    match question:
        case Bug():
            if not failure(f"{question.code}\n{question.test}", folder):
                return "the test passes on the code as it stands"
            if wrong := failure(f"{question.mended()}\n{question.test}", folder):
                return f"the test fails on the mended code: {wrong}"
        case Numeric(value=float() as value):
            if not near(computed(question.formula), Amount(value, question.unit, question.tolerance)):
                return f"{question.formula} is {computed(question.formula)}, not {value}"
        case Predict():
            if not near(found := measured(question), Amount(question.value, question.unit, question.tolerance)):
                return f"{question.demo} measures {found}, not {question.value}"
    return ""


def measured(question: Predict) -> float:
    """The figure that the demo of a prediction measures, with its parameters or its mutant."""
    from quiz.proofs._run import read_settings, run

    _, (parameters,) = read_settings(question.demo, question.parameters)
    outcome = run(question.demo, parameters, broken=question.mutant or None)
    found = {measurement.name: measurement for measurement in outcome.measurements}
    assert question.measurement in found, f"{question.demo} measures {', '.join(found)}"
    assert found[question.measurement].unit == question.unit
    return found[question.measurement].value


def unproven_of(questions: Iterable[Question], folder: Path) -> dict[str, str]:
    """Question id -> what is wrong with its evidence."""
    return {question.id: wrong for question in questions if (wrong := unproven(question, folder))}
