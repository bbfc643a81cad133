"""Every demo of the folder: its claim holds with its defaults and with ten other seeds, and no mistake passes."""

import inspect
import os
import tracemalloc
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from quiz.proofs._catalogue import names
from quiz.proofs._demo import BadParameter, Heatmap, Lines
from quiz.proofs._run import MOST_BYTES, check_cost, declared, load, run

NAMES = names()
SEEDS = range(11)
ONE_THREAD = {f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "OMP", "MKL", "VECLIB", "BLIS")}


@pytest.fixture(scope="module")
def outcomes():
    """The outcomes of each demo, one per seed, computed in two processes while the tests wait for theirs."""
    before = dict(os.environ)
    os.environ.update(ONE_THREAD)
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        yield {name: [pool.submit(run, name, seed=seed) for seed in SEEDS] for name in NAMES}
        pool.shutdown(cancel_futures=True)
    os.environ.clear()
    os.environ.update(before)


@pytest.mark.parametrize("name", NAMES)
def test_every_seed_confirms_the_claim_and_its_controls_and_refutes_every_mutant(outcomes, name):
    for outcome in (future.result() for future in outcomes[name]):
        assert [m for m in outcome.measurements if not m.holds] == [], f"seed {outcome.seed}"
        assert [c.name for c in outcome.controls if not c.holds] == [], f"seed {outcome.seed}"
        assert [m.name for m in outcome.mutants if not m.killed] == [], f"seed {outcome.seed}"
        assert outcome.verdict == outcome.expected == "confirmed"


@pytest.mark.parametrize("name", NAMES)
def test_a_demo_says_what_it_measures_and_why_the_bound_stands_where_it_does(outcomes, name):
    outcome = outcomes[name][0].result()
    assert outcome.measurements and outcome.learnt.endswith(".") and outcome.not_shown.endswith(".")
    for m in outcome.measurements:
        assert m.name and m.because and len(m.name) <= 44
    assert len({m.name for m in outcome.measurements}) == len(outcome.measurements)
    assert len({m.name for m in outcome.mutants}) == len(outcome.mutants) >= 2
    assert outcome.charts


@pytest.mark.parametrize("name", NAMES)
def test_charts_are_of_one_shape(outcomes, name):
    for chart in outcomes[name][0].result().charts:
        assert len(chart.title) <= 60
        if isinstance(chart, Lines):
            assert all(len(xs) == len(ys) > 0 for xs, ys in chart.series.values())
        if isinstance(chart, Heatmap):
            assert len({len(row) for row in chart.matrix}) == 1
            assert chart.row_labels is None or len(chart.row_labels) == len(chart.matrix)
            assert chart.column_labels is None or len(chart.column_labels) == len(chart.matrix[0])


@pytest.mark.parametrize("name", NAMES)
def test_mutants_and_controls_replace_what_measure_declares(name):
    demo = load(name)
    for changed in (*demo.mutants, *demo.controls):
        assert set(changed.ingredients) <= set(
            inspect.signature(getattr(changed, "measure", None) or demo.measure).parameters
        )


@pytest.mark.parametrize("name", NAMES)
def test_defaults_lie_within_their_bounds_and_cost_little(name):
    demo = load(name)
    parameters = {key: p.default for key, p in declared(demo).items()}
    for p in declared(demo).values():
        assert all(p.bounds.low <= v <= p.bounds.high for v in (p.default if p.several else (p.default,)))
    cost = demo.cost(**parameters)
    assert cost.bytes <= 200e6
    assert cost.seconds * (1 + len(demo.mutants) + len(demo.controls)) <= 1.0
    check_cost(name, [parameters])


@pytest.mark.parametrize("name", NAMES)
def test_a_parameter_at_its_lower_bound_refutes_no_claim(name):
    parameters = declared(load(name))
    defaults = {key: p.default for key, p in parameters.items()}
    for key, p in parameters.items():
        low = p.type(p.bounds.low)
        at = {**defaults, key: (low, *(v for v in p.default if v != low)) if p.several else low}
        try:
            check_cost(name, [at])
        except BadParameter:
            continue  # does not fit the other defaults, and is told so
        assert run(name, at).verdict != "refuted", f"{key} = {low}"


@pytest.mark.parametrize("name", NAMES)
def test_a_demo_holds_no_more_memory_than_it_states(name):
    import numpy as np

    demo = load(name)
    parameters = {key: p.default for key, p in declared(demo).items()}
    demo.measure(np.random.default_rng(0), **parameters)
    tracemalloc.start()
    try:
        demo.measure(np.random.default_rng(0), **parameters)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak <= demo.cost(**parameters).bytes + 1e6  # what Python itself holds for lists and the chart
    assert peak < MOST_BYTES
