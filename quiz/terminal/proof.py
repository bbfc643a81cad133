"""Draws what a demo found: verdict, figures with their bounds, charts with their numbers, mutants and controls."""

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from quiz.proofs import _catalogue
from quiz.proofs._charts import figure, of_run, of_sweep, requirement
from quiz.proofs._demo import Bars, Chart, Heatmap, Histogram, Lines, Measurement
from quiz.proofs._run import Outcome, run
from quiz.terminal.chart import bars, heatmap, histogram, line_chart
from quiz.terminal.text import wrap

STYLE = {"confirmed": "right", "refuted": "wrong", "not testable here": "note"}


def proof_view(name: str, *, width: int, plain: bool) -> RenderableType:
    """Runs the demo `name` with its defaults and draws it; what `p` shows after an answer."""
    return outcome_view(run(name), width=width, plain=plain)


def outcome_view(outcome: Outcome, *, width: int, plain: bool) -> RenderableType:
    """One run in full. `plain` leaves the pictures out; their numbers stay."""
    return Group(
        *_head(outcome, outcome.verdict, outcome.expected),
        _settings(outcome, width),
        Text(),
        _measurements(outcome.measurements),
        *_charts(of_run(outcome), width, plain),
        *_trials(outcome),
        *_words(outcome),
    )


def sweep_view(outcomes: Sequence[Outcome], key: str, *, width: int, plain: bool) -> RenderableType:
    """The same demo at several values of `key`: a verdict for each, and every measurement as a curve."""
    verdicts = Table.grid(padding=(0, 2))
    for outcome in outcomes:
        value = f"{key} = {figure(outcome.parameters[key])}"  # type: ignore[arg-type]  # only numbers are swept
        verdicts.add_row(value, Text(outcome.verdict, STYLE[outcome.verdict]))
    worst = next((o for o in outcomes if o.verdict != o.expected), outcomes[0])
    return Group(
        *_head(worst, worst.verdict, worst.expected),
        _settings(outcomes[0], width, but=key),
        Text(),
        _indented(verdicts),
        *_charts(of_sweep(outcomes, key), width, plain),
        *_words(worst),
    )


def summary_view(runs: Sequence[tuple[Outcome, float]], seconds: float) -> RenderableType:
    """A line for each of several runs (outcome, milliseconds), what went wrong, and the sums."""
    table = Table.grid(padding=(0, 2))
    table.add_row("", "", Text("mutants refuted", "quiet"), Text("controls hold", "quiet"), "")
    for outcome, ms in runs:
        killed, held = sum(m.killed for m in outcome.mutants), sum(c.holds for c in outcome.controls)
        verdict = Text(outcome.verdict, STYLE[outcome.verdict])
        mutants, controls = f"{killed} of {len(outcome.mutants)}", f"{held} of {len(outcome.controls)}"
        table.add_row(verdict, outcome.name, mutants, controls if outcome.controls else "", f"{ms:.0f} ms")
    wrong = sum(outcome.verdict != outcome.expected for outcome, _ in runs)
    tried = sum(len(outcome.mutants) for outcome, _ in runs)
    total = f"{len(runs)} demos and {tried} mutants in {seconds:.1f} s: "
    total += f"{wrong} not as expected" if wrong else "all as expected"
    reasons = [Text(f"{o.name}: {_why_not(o)}") for o, _ in runs if o.verdict != o.expected]
    return Group(table, Text(), *reasons, Text(total, "wrong" if wrong else "right"))


def _head(outcome: Outcome, verdict: str, expected: str) -> Iterator[RenderableType]:
    entry = _catalogue.read(outcome.name)
    title = Text(outcome.name, "title").append(": ").append(verdict, STYLE[verdict])
    if verdict != expected:
        title.append(f" (expected: {expected})", "wrong")
    yield title
    yield Text(entry.claim)
    if outcome.broken:
        mutant = outcome.mutants[0]
        yield Text(f"Run with the mistake {mutant.name}: {mutant.what}.", "title")
    else:
        yield Text(f"Source: {entry.source}", "quiet")
    yield Text()


def _settings(outcome: Outcome, width: int, but: str = "") -> RenderableType:
    """The parameters but `but`, and the seed; a line ends between two of them."""
    parts = []
    for key, value in outcome.parameters.items():
        if key != but:
            shown = ", ".join(map(figure, value)) if isinstance(value, tuple) else figure(value)
            parts.append(f"{key} = {shown} {outcome.units[key]}".rstrip())
    whole = [part.replace(" ", "\xa0") for part in (*parts, f"seed {outcome.seed}")]
    return _indented(Text("\n".join(wrap(" · ".join(whole), width - 2)).replace("\xa0", " "), "quiet"))


def _measurements(measurements: Sequence[Measurement]) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    for m in measurements:
        body = Text(f"{m.name}: ").append(_amount(m), "title")
        body.append(f", must be {requirement(m.relation, m.bound)}")
        body.append(f"\n{m.because}", "quiet")
        table.add_row(Text("holds", "right") if m.holds else Text("FAILS", "wrong"), body)
    return table


def _amount(m: Measurement) -> str:
    return f"{figure(m.value)} {m.unit}".rstrip()


def _trials(outcome: Outcome) -> Iterator[RenderableType]:
    """What must hold beside the claim, and what must not hold in its place."""
    if outcome.broken:
        return
    if outcome.controls:
        yield Text("\nControls: the conditions of the claim", "title")
        table = Table.grid(padding=(0, 2))
        for c in outcome.controls:
            told = next((m for m in c.measurements if not m.holds), c.measurements[0])
            body = Text(f"{c.name}: {c.what}").append(f"\n{told.name}: {_amount(told)}", "quiet")
            table.add_row(Text("holds", "right") if c.holds else Text("FAILS", "wrong"), body)
        yield table
    yield Text("\nMutants: mistakes that the same check refutes", "title")
    table = Table.grid(padding=(0, 2))
    for mutant in outcome.mutants:
        body = Text(f"{mutant.name}: {mutant.what}")
        for m in [m for m in mutant.measurements if not m.holds][:1]:
            body.append(f"\n{m.name}: {_amount(m)}, not {requirement(m.relation, m.bound)}", "quiet")
        table.add_row(Text("refuted", "right") if mutant.killed else Text("SURVIVES", "wrong"), body)
    yield table


def _words(outcome: Outcome) -> Iterator[RenderableType]:
    yield Text()
    if outcome.verdict != "confirmed":
        yield Text(_why_not(outcome))
        return
    refutes = _catalogue.read(outcome.name).refutes
    for label, sentence in (("Refutes", refutes), ("Learnt", outcome.learnt), ("Not shown", outcome.not_shown)):
        if sentence:
            yield Text.assemble((f"{label}: ", "title"), sentence)


def _why_not(outcome: Outcome) -> str:
    if outcome.verdict == "refuted":
        failed = ", ".join(m.name for m in outcome.measurements if not m.holds)
        return f"{'The check catches the mistake' if outcome.broken else 'The claim fails here'}: {failed}."
    powerless = [f"control {c.name} fails" for c in outcome.controls if not c.holds]
    powerless += [f"mutant {m.name} survives" for m in outcome.mutants if not m.killed]
    return f"The check cannot tell the claim from a mistake here: {', '.join(powerless)}."


def _charts(charts: Sequence[Chart], width: int, plain: bool) -> Iterator[RenderableType]:
    for chart in charts:
        yield Text()
        if plain:
            yield Text(chart.title, "title")
            if isinstance(chart, Lines) and chart.y_label:
                yield Text(f"  {chart.y_label}", "quiet")
        else:
            yield _picture(chart, width)
        if plain or isinstance(chart, Lines | Histogram):
            yield _numbers(chart, width)


def _picture(chart: Chart, width: int) -> RenderableType:
    match chart:
        case Lines(title, series, x_label, y_label, log_x, log_y, _):
            return line_chart(
                series, width=width, log_x=log_x, log_y=log_y, title=title, x_label=x_label, y_label=y_label
            )
        case Heatmap(title, matrix, rows, columns):
            return heatmap(matrix, width=width, row_labels=rows, column_labels=columns, title=title)
        case Bars(title, items, unit):
            return bars(items, width=width, unit=unit, title=title)
        case Histogram(title, values, x_label):
            return histogram(values, width=width, title=title)


def _numbers(chart: Chart, width: int) -> RenderableType:
    """The numbers of a chart, a row per series: all of them, or as many along x as fit."""
    rows: list[tuple[str, list[str]]]
    match chart:
        case Lines(_, series, x_label):
            xs = _spread(
                sorted({x for xs, _ in series.values() for x in xs}), (width - max(map(len, series)) - 2) // 10
            )
            rows = [(x_label, [figure(x) for x in xs])]
            for name, curve in series.items():
                at = dict(zip(*curve, strict=True))
                rows.append((name, [figure(at[x]) if x in at else "" for x in xs]))
        case Heatmap(_, matrix, labels, columns):
            rows = [("", list(columns))] if columns else []
            names = labels or [str(i) for i in range(len(matrix))]
            rows += [(name, [_short(value) for value in row]) for name, row in zip(names, matrix, strict=True)]
        case Bars(_, items, unit):
            rows = [(label, [f"{figure(value)} {unit}".rstrip()]) for label, value in items]
        case Histogram(_, values, x_label):
            ordered = sorted(values)
            names = ["least", "quarter", "half", "three quarters", "most"]
            rows = [(x_label, names), ("", [figure(ordered[i * (len(ordered) - 1) // 4]) for i in range(5)])]
    label = max(len(name) for name, _ in rows)
    cell = max(len(text) for _, cells in rows for text in cells)
    lines = (name.ljust(label + 1) + "".join(" " + text.rjust(cell) for text in cells) for name, cells in rows)
    return _indented(Text("\n".join(lines), "quiet"))


def _short(value: float) -> str:
    """A figure of a matrix in two decimals, `.12`, so that a row of twelve fits 60 columns."""
    return f"{value:.2f}".replace("0.", ".", 1) if abs(value) < 1 else figure(value)


def _spread(values: Sequence[float], most: int) -> Sequence[float]:
    """At most `most` of the values, evenly chosen, the first and the last among them."""
    most = max(2, most)
    if len(values) <= most:
        return values
    return [values[round(i * (len(values) - 1) / (most - 1))] for i in range(most)]


def _indented(what: RenderableType) -> RenderableType:
    return Padding(what, (0, 0, 0, 2), expand=False)
