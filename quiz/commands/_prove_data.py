"""What `quiz prove` hands to programs: a run as JSON fields, and files with the picture or the data."""

import csv
import io
import json
import os
from collections.abc import Iterator, Sequence
from math import isfinite
from typing import TYPE_CHECKING, Any

from quiz.errors import Failed, Misused
from quiz.proofs import _catalogue
from quiz.proofs._demo import Bars, Chart, Heatmap, Histogram, Lines
from quiz.proofs._run import Outcome
from quiz.terminal.picture import svg

if TYPE_CHECKING:
    from rich.console import RenderableType

Timed = tuple[Outcome, float]
ENDINGS = (".svg", ".json", ".csv")
COLUMNS = ["demo", "seed", "parameters", "run", "what", "x", "value", "unit", "relation", "bound", "holds"]


def fields(outcome: Outcome, ms: float) -> dict[str, Any]:
    """A run as the line of `quiz prove --json`. What is not finite is null."""
    return {
        "demo": outcome.name,
        "claim": _catalogue.read(outcome.name).claim,
        "verdict": outcome.verdict,
        "expected": outcome.expected,
        "seed": outcome.seed,
        "parameters": dict(outcome.parameters),
        "measurements": [
            {
                "name": m.name,
                "value": _finite(m.value),
                "unit": m.unit or None,
                "relation": m.relation,
                "bound": m.bound,
                "holds": m.holds,
            }
            for m in outcome.measurements
        ],
        "controls": [{"name": c.name, "holds": c.holds} for c in outcome.controls],
        "mutants": [{"name": m.name, "killed": m.killed} for m in outcome.mutants],
        "ms": round(ms, 1),
    }


def listed(entry: _catalogue.Entry) -> dict[str, Any]:
    """A demo that has not been run as a line of the list: the same keys, null or empty where only a run can tell."""
    unknown = dict.fromkeys(("verdict", "expected", "seed"))
    empty: dict[str, Any] = {"parameters": {}, "measurements": [], "controls": [], "mutants": []}
    return {"demo": entry.name, "claim": entry.claim, **unknown, **empty, "ms": None}


def check_ending(path: str | None) -> None:
    """Raises Misused where `--save` names no kind of file that can be written."""
    if path is not None and os.path.splitext(path)[1].lower() not in ENDINGS:
        raise Misused(f"--save {path} does not say what to keep: end the name in .svg (picture), .json or .csv (data).")


def write(path: str, runs: Sequence[Timed], view: "RenderableType", width: int) -> None:
    """Writes the picture of `view`, or the data of the runs with their charts. Raises Failed where it cannot."""
    match os.path.splitext(path)[1].lower():
        case ".svg":
            text = svg(view, width, "quiz prove")
        case ".json":
            text = _json(runs)
        case _:
            text = _csv(runs)
    try:
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)
    except OSError as error:
        raise Failed(f"{path} could not be written: {error.strerror}.") from None


def _json(runs: Sequence[Timed]) -> str:
    """One document: every run with its charts."""
    whole = [{**fields(run, ms), "charts": [_chart(chart) for chart in run.charts]} for run, ms in runs]
    return json.dumps({"schema": 1, "runs": _finite(whole)}, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def _chart(chart: Chart) -> dict[str, Any]:
    return {"kind": type(chart).__name__.lower(), **chart._asdict()}


def _finite(value: Any) -> Any:
    """The same with null for what JSON cannot say."""
    if isinstance(value, dict):
        return {key: _finite(v) for key, v in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(v) for v in value]
    return None if isinstance(value, float) and not isfinite(value) else value


def _csv(runs: Sequence[Timed]) -> str:
    """A row per figure: every measurement of claim, controls and mutants, and every point of every chart."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for run, _ in runs:
        parameters = " ".join(f"{key}={_text(value)}" for key, value in run.parameters.items())
        writer.writerows([run.name, run.seed, parameters, *row] for row in _rows(run))
    return out.getvalue()


def _rows(run: Outcome) -> Iterator[list[Any]]:
    tried = [(run.broken or "claim", run.measurements)]
    if not run.broken:
        tried += [(c.name, c.measurements) for c in run.controls] + [(m.name, m.measurements) for m in run.mutants]
    for name, measurements in tried:
        for m in measurements:
            yield [name, m.name, "", m.value, m.unit, m.relation, _text(m.bound), m.holds]
    for chart in run.charts:
        for series, x, value in _points(chart):
            yield ["chart", f"{chart.title}: {series}" if series else chart.title, x, value, "", "", "", ""]


def _points(chart: Chart) -> Iterator[tuple[str, float | str, float]]:
    """(series or row, x or column or label, value) of every point."""
    match chart:
        case Lines(_, series):
            for name, (xs, ys) in series.items():
                yield from ((name, x, y) for x, y in zip(xs, ys, strict=True))
        case Heatmap(_, matrix, rows, columns):
            for i, row in enumerate(matrix):
                for j, value in enumerate(row):
                    yield rows[i] if rows else str(i), columns[j] if columns else j, value
        case Bars(_, items):
            yield from (("", label, value) for label, value in items)
        case Histogram(_, values):
            yield from (("", i, value) for i, value in enumerate(values))


def _text(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)
