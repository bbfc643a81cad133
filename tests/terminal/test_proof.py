"""What a demo found, on the screen: at any width, with and without pictures, and when it went wrong."""

import io

import pytest
from rich.console import Console

from quiz.proofs._demo import Bars, Heatmap, Histogram, Lines, Measurement
from quiz.proofs._run import ControlRun, MutantRun, Outcome
from quiz.terminal.proof import outcome_view, proof_view, summary_view, sweep_view

GOOD = Measurement("gap", 1.2345e-15, "<", 1e-12, "rounding", "nats")
BAD = Measurement("gap", 0.5, "<", 1e-12, "rounding", "nats")
CURVE = Lines("Gap against n", {"right": ([1, 10, 100], [0.1, 0.2, 0.3])}, "n", log_x=True, with_mutants=True)
SQUARE = Heatmap("Weights", [[0.125, 0.875], [1.0, 0.0]], ["q1", "q2"], ["k1", "k2"])
CHARTS = [
    CURVE,
    SQUARE,
    Bars("Sizes", [("one", 1.0), ("two", 2.0)], "GB"),
    Histogram("Draws", [1.0, 2.0, 2.0, 7.0], "x"),
]


def outcome(**changes) -> Outcome:
    wrong = Lines("Gap against n", {"right": ([1, 10, 100], [1.0, 2.0, 4.0])}, "n")
    return Outcome(
        name="head-sum",
        seed=0,
        parameters={"n": 1024, "d_k": (4, 16)},
        units={"n": "tokens", "d_k": ""},
        measurements=[GOOD],
        charts=CHARTS,
        controls=[ControlRun("even", "an even case", [GOOD])],
        mutants=[MutantRun("halved", "a half is lost", [BAD], [wrong, *CHARTS[1:]])],
        learnt="Heads add up.",
        not_shown="Anything else.",
        broken=None,
    )._replace(**changes)


def shown(view, width: int = 80) -> str:
    console = Console(file=io.StringIO(), width=width, color_system=None)
    with console.capture() as captured:
        console.print(view)
    return captured.get()


def words(view) -> str:
    return " ".join(shown(view).split())


def test_a_run_shows_verdict_settings_figures_bounds_and_reasons():
    text = words(outcome_view(outcome(), width=80, plain=True))
    assert "head-sum: confirmed" in text and "expected" not in text
    assert "n = 1,024 tokens · d_k = 4, 16 · seed 0" in text
    assert "holds gap: 1.23e-15 nats, must be < 1e-12 rounding" in text
    assert "holds even: an even case gap: 1.23e-15 nats" in text
    assert "refuted halved: a half is lost gap: 0.5 nats, not < 1e-12" in text
    assert "Learnt: Heads add up." in text and "Not shown: Anything else." in text


def test_plain_keeps_the_numbers_of_every_chart_and_draws_nothing():
    text = words(outcome_view(outcome(), width=80, plain=True))
    assert max(text) < "\u2500"  # neither boxes nor blocks nor dots
    assert "right 0.1 0.2 0.3" in text
    assert "q1 .12 .88" in text
    assert "two 2 GB" in text
    assert "1 1 2 2 7" in text  # least, quarters, most


def test_the_curve_of_every_mutant_stands_beside_the_claims():
    text = words(outcome_view(outcome(), width=80, plain=True))
    assert "halved 1 2 4" in text


def test_a_claim_that_fails_says_which_figure_and_teaches_nothing():
    text = words(outcome_view(outcome(measurements=[BAD]), width=80, plain=True))
    assert "head-sum: refuted (expected: confirmed)" in text
    assert "FAILS gap: 0.5 nats" in text
    assert "The claim fails here: gap." in text
    assert "Learnt" not in text


def test_a_mutant_that_survives_and_a_control_that_fails_are_named():
    view = outcome_view(
        outcome(
            controls=[ControlRun("even", "an even case", [BAD])], mutants=[MutantRun("halved", "lost", [GOOD], CHARTS)]
        ),
        width=80,
        plain=True,
    )
    text = words(view)
    assert "head-sum: not testable here (expected: confirmed)" in text
    assert "SURVIVES halved" in text and "FAILS even" in text
    assert "control even fails, mutant halved survives" in text


def test_a_sweep_shows_a_verdict_for_each_value_and_its_curves():
    runs = [outcome(parameters={"n": n, "d_k": 4}, measurements=[GOOD._replace(value=n * 1e-15)]) for n in (1, 10)]
    text = words(sweep_view(runs, "n", width=80, plain=True))
    assert "n = 1 confirmed n = 10 confirmed" in text
    assert "the claim 1e-15 1e-14" in text and "halved 0.5 0.5" in text


def test_a_summary_counts_and_says_what_went_wrong():
    text = words(summary_view([(outcome(), 12.3), (outcome(measurements=[BAD]), 4.0)], 1.5))
    assert "mutants refuted controls hold confirmed head-sum 1 of 1 1 of 1 12 ms" in text
    assert "The claim fails here: gap." in text
    assert "head-sum: The claim fails here: gap. 2 demos and 2 mutants in 1.5 s: 1 not as expected" in text


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("plain", [False, True])
def test_no_line_is_wider_than_the_screen(width, plain):
    views = [
        outcome_view(outcome(), width=width, plain=plain),
        proof_view("equivariance", width=width, plain=plain),
        proof_view("softmax-saturation", width=width, plain=plain),
    ]
    for view in views:
        console = Console(file=io.StringIO(), width=200, color_system=None)
        with console.capture() as captured:
            console.print(view, width=width)
        assert max(map(len, captured.get().splitlines())) <= width
