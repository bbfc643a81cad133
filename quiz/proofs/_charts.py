"""Which charts to draw of what was run, still as data: mutants beside the claim, and the curve of a sweep."""

from collections.abc import Iterable, Sequence
from math import inf
from typing import Any

from quiz.proofs._demo import Chart, Lines
from quiz.proofs._run import Outcome

Series = dict[str, tuple[Sequence[float], Sequence[float]]]


def of_run(outcome: Outcome) -> list[Chart]:
    """The demo's own charts; a lone curve that asks for it gets the same curve of every mutant beside it."""
    charts: list[Chart] = []
    for i, chart in enumerate(outcome.charts):
        if isinstance(chart, Lines) and chart.with_mutants and not outcome.broken:
            wrong = {m.name: curve for m in outcome.mutants for curve in _curves(m.charts[i])}
            chart = chart._replace(series={**chart.series, **wrong})
        charts.append(chart)
    return charts


def of_sweep(outcomes: Sequence[Outcome], key: str) -> list[Chart]:
    """One chart per measurement, its value and that of every mutant against the parameter `key`."""
    xs: Any = [outcome.parameters[key] for outcome in outcomes]  # numbers: only those are swept
    charts: list[Chart] = []
    for i, first in enumerate(outcomes[0].measurements):
        series: Series = {outcomes[0].broken or "the claim": (xs, [o.measurements[i].value for o in outcomes])}
        if not outcomes[0].broken:
            for j, mutant in enumerate(outcomes[0].mutants):
                series[mutant.name] = (xs, [o.mutants[j].measurements[i].value for o in outcomes])
        ys = [y for _, curve in series.values() for y in curve]
        must = f"{first.unit} must be {requirement(first.relation, first.bound)}".strip()
        charts.append(Lines(first.name, series, key, must, log_x=_wide(xs, 8), log_y=_wide(ys, 100)))
    return charts


def requirement(relation: str, bound: float | tuple[float, float]) -> str:
    """What a measurement must be, in words: `< 0.1`, `between 0.8 and 0.97`, `16`."""
    if isinstance(bound, tuple):
        return f"between {figure(bound[0])} and {figure(bound[1])}"
    return figure(bound) if relation == "=" else f"{relation} {figure(bound)}"


def figure(value: float) -> str:
    """A figure as it is printed: whole numbers in full, others in three digits."""
    if isinstance(value, int) or (value == value // 1 and abs(value) < 1e5):
        return f"{int(value):,}"
    return f"{value:.3g}"


def _curves(chart: Chart) -> Iterable[tuple[Sequence[float], Sequence[float]]]:
    return chart.series.values() if isinstance(chart, Lines) else ()


def _wide(values: Sequence[float], ratio: float) -> bool:
    """Whether a logarithmic axis shows more: none negative, and those above zero far apart."""
    positive = [value for value in values if 0 < value < inf]
    return bool(positive) and min(values) >= 0 and max(positive) >= ratio * min(positive)
