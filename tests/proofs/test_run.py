"""The runner: what it reads, what it refuses, and that its verdict follows from the evidence."""

from math import nan
from typing import Annotated

import numpy as np
import pytest

from quiz.proofs import _run
from quiz.proofs._demo import BadParameter, Cost, Demo, Found, Lines, Measurement, Parameter, control, mutant
from quiz.proofs._run import check_cost, read_settings, run


def measure(
    rng,
    *,
    n: Annotated[int, Parameter(1, 1000, "draws")] = 100,
    width: Annotated[float, Parameter(0.5, 2)] = 1.0,
    at: Annotated[tuple[int, ...], Parameter(2, 8, multiple=2)] = (2, 4, 6),
    centre: float = 0.0,
) -> Found:
    mean = (centre + width * rng.uniform(-1, 1, size=n)).mean()
    return Found(
        [Measurement("mean", mean, "between", (-0.5, 0.5), "far from any mistake")],
        [Lines("curve", {"mean": (np.array(at), mean * np.array(at))})],
    )


def demo(**changes) -> Demo:
    return Demo(
        measure,
        mutants=[mutant("shifted", "not centred", centre=3.0), mutant("undefined", "divided by zero", centre=nan)],
        learnt="learnt",
        not_shown="not shown",
        cost=lambda n, width, at: Cost(bytes=8 * n, seconds=1e-3 * n),
    )._replace(**changes)


@pytest.fixture
def stage(monkeypatch):
    """Puts a demo in place of the one that is loaded by name."""

    def put(demo):
        monkeypatch.setattr(_run, "load", lambda name: demo)

    put(demo())
    return put


def test_a_true_claim_whose_mutants_fail_is_confirmed(stage):
    outcome = run("staged")
    assert outcome.verdict == outcome.expected == "confirmed"
    assert [(m.name, m.killed) for m in outcome.mutants] == [("shifted", True), ("undefined", True)]


def test_a_claim_whose_code_is_broken_is_refuted(stage):
    def broken(rng, **parameters):
        return measure(rng, **(parameters | {"centre": 0.6}))

    stage(demo(measure=broken))
    outcome = run("staged", {"n": 100, "width": 1.0, "at": (2, 4)})
    assert outcome.verdict == "refuted" != outcome.expected


def test_a_check_that_lets_a_mistake_pass_has_no_power_and_says_so(stage):
    stage(demo(mutants=[mutant("shifted", "not centred", centre=3.0), mutant("hardly", "off by a hair", centre=0.01)]))
    outcome = run("staged")
    assert outcome.verdict == "not testable here" != outcome.expected
    assert [m.name for m in outcome.mutants if not m.killed] == ["hardly"]


def test_a_claim_whose_control_fails_is_not_confirmed(stage):
    stage(demo(controls=[control("wide", "twice as wide", width=2.0), control("off", "shifted", centre=3.0)]))
    outcome = run("staged")
    assert [(c.name, c.holds) for c in outcome.controls] == [("wide", True), ("off", False)]
    assert outcome.verdict == "not testable here"


def test_a_control_with_a_measure_of_its_own_is_handed_the_parameters_it_declares(stage):
    def own(rng, *, n):
        return Found([Measurement("draws", len(rng.normal(size=n)), "=", 7, "as many as were asked for")])

    stage(demo(controls=[control("own", "counts", own)]))
    assert run("staged", {"n": 7, "width": 1.0, "at": (2, 4)}).controls[0].holds


def test_a_mutant_run_in_place_of_the_claim_is_expected_to_be_refuted(stage):
    outcome = run("staged", broken="shifted")
    assert outcome.verdict == outcome.expected == "refuted"
    assert [m.name for m in outcome.mutants] == ["shifted"]


def test_a_mutant_that_passes_is_not_the_expected_verdict(stage):
    stage(demo(mutants=[mutant("hardly", "off by a hair", centre=0.01)]))
    outcome = run("staged", broken="hardly")
    assert outcome.verdict == "confirmed" != outcome.expected


def test_claim_and_mutant_see_the_same_draws(stage):
    stage(demo(mutants=[mutant("same", "nothing is broken", centre=0.0)]))
    outcome = run("staged", seed=5)
    assert outcome.mutants[0].measurements == outcome.measurements


def test_a_seed_gives_the_same_figures_again_and_another_gives_others(stage):
    assert run("staged", seed=1).measurements == run("staged", seed=1).measurements
    assert run("staged", seed=1).measurements != run("staged", seed=2).measurements


def test_an_outcome_holds_no_arrays(stage):
    outcome = run("staged")
    assert type(outcome.measurements[0].value) is float
    assert [type(values) for values in outcome.charts[0].series["mean"]] == [list, list]


def test_without_settings_a_demo_runs_once_with_its_defaults(stage):
    assert read_settings("staged", []) == (None, [{"n": 100, "width": 1.0, "at": (2, 4, 6)}])


def test_settings_replace_defaults(stage):
    settings = ["n=7", "width= 0.5", "at=4,8"]
    assert read_settings("staged", settings) == (None, [{"n": 7, "width": 0.5, "at": (4, 8)}])


def test_several_values_are_a_sweep(stage):
    key, parameters = read_settings("staged", ["n=1,10,100", "width=2"])
    assert key == "n"
    assert [(p["n"], p["width"]) for p in parameters] == [(1, 2.0), (10, 2.0), (100, 2.0)]


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        (["n"], "--set name=value"),
        (["m=3"], "no parameter 'm'"),
        (["n="], "a whole number"),
        (["n=1.5"], "a whole number"),
        (["n=1,,2"], "a whole number"),
        (["width=wide"], "a number"),
        (["width=nan"], "between 0.5 and 2"),
        (["width=inf"], "between 0.5 and 2"),
        (["n=0"], "between 1 and 1000 draws"),
        (["n=1001"], "between 1 and 1000 draws"),
        (["n=5,1001"], "between 1 and 1000 draws"),
        (["at=2,10"], "between 2 and 8"),
        (["at=2,3"], "multiple of 2, not 3"),
        (["at=2"], "two values or more"),
        (["n=1,2", "width=1,2"], "Only one parameter"),
        (["n=" + ",".join(["1"] * 65)], "at most 64"),
    ],
)
def test_a_bad_setting_is_told_in_one_sentence(stage, settings, complaint):
    with pytest.raises(BadParameter, match=complaint) as caught:
        read_settings("staged", settings)
    assert len(str(caught.value)) < 150 and "\n" not in str(caught.value)


def test_an_unknown_mutant_is_refused_and_the_known_ones_named(stage):
    with pytest.raises(BadParameter, match="shifted, undefined"):
        run("staged", broken="nobody")


def test_what_would_not_fit_into_memory_is_refused(stage):
    stage(demo(cost=lambda n, width, at: Cost(bytes=2.5e9, seconds=0)))
    with pytest.raises(BadParameter, match=r"2\.5 GB"):
        check_cost("staged", read_settings("staged", [])[1])


def test_what_would_take_over_a_minute_with_its_mutants_is_refused(stage):
    stage(demo(cost=lambda n, width, at: Cost(bytes=0, seconds=n)))
    check_cost("staged", read_settings("staged", ["n=20"])[1])
    with pytest.raises(BadParameter, match="63 s"):
        check_cost("staged", read_settings("staged", ["n=21"])[1])


def test_a_sweep_costs_the_sum_of_its_runs(stage):
    stage(demo(cost=lambda n, width, at: Cost(bytes=0, seconds=n)))
    with pytest.raises(BadParameter, match="90 s"):
        check_cost("staged", read_settings("staged", ["n=5,10,15"])[1])
