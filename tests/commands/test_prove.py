"""`quiz prove` as a learner or a script uses it."""

import csv
import json
import re

import pytest

from quiz.proofs import _catalogue, _run
from quiz.proofs._demo import mutant

KEYS = [
    "schema",
    "demo",
    "claim",
    "verdict",
    "expected",
    "seed",
    "parameters",
    "measurements",
    "controls",
    "mutants",
    "ms",
]


def test_alone_it_lists_every_demo_under_its_topic(learner):
    outcome = learner.quiz("prove")
    assert outcome.code == 0
    blocks = [block.splitlines() for block in outcome.out.split("\n\n")]
    listed = {line.split()[0]: block[0] for block in blocks for line in block[1:]}
    assert listed == {entry.name: entry.topic for entry in _catalogue.entries()}
    assert _catalogue.read("equivariance").claim in outcome.out


def test_the_list_as_json_has_the_keys_of_a_run_with_null_where_only_a_run_can_tell(learner):
    lines = learner.quiz("prove", "--json").lines
    assert [list(line) for line in lines] == [KEYS] * len(_catalogue.names())
    assert lines[0]["verdict"] is None and lines[0]["measurements"] == []


def test_listing_loads_neither_numpy_nor_rich_nor_a_demo(learner):
    code = "import sys; from quiz.commands._app import run; run(['prove']); print(*sys.modules, file=sys.stderr)"
    import subprocess
    import sys

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stderr.split())
    assert not {m for m in loaded if m.split(".")[0] in ("numpy", "rich", "yaml", "pydantic")}
    assert {m for m in loaded if m.startswith("quiz.proofs.")} == {"quiz.proofs._catalogue"}


def test_a_name_runs_the_demo_with_its_figures_bounds_and_mutants(learner):
    outcome = learner.quiz("prove", "softmax-saturation")
    assert outcome.code == 0
    words = " ".join(outcome.out.split())
    assert "softmax-saturation: confirmed" in words
    assert "median gradient |diag(p) - p p^T|: 0.183, must be > 0.1" in words
    assert "refuted no-scale: Q K^T goes into softmax as it is" in words
    assert "Learnt:" in words and "Not shown:" in words


def test_a_run_as_json_has_the_keys_of_the_contract(learner):
    (line,) = learner.quiz("prove", "score-variance", "--json", "--seed", "3").lines
    assert list(line) == KEYS
    assert (line["schema"], line["verdict"], line["expected"], line["seed"]) == (1, "confirmed", "confirmed", 3)
    assert line["parameters"] == {"d_k": [4, 16, 64, 256, 512], "pairs": 2000}
    assert [list(m) for m in line["measurements"]] == [["name", "value", "unit", "relation", "bound", "holds"]] * 2
    assert line["controls"] == [{"name": "uniform", "holds": True}]
    assert {"name": "no-scale", "killed": True} in line["mutants"]
    assert line["ms"] > 0


def test_settings_and_seed_reach_the_demo(learner):
    lines = learner.quiz("prove", "softmax-saturation", "--set", "d_k=64,512", "--seed", "3", "--json").lines
    assert [line["parameters"]["d_k"] for line in lines] == [64, 512]
    assert {line["seed"] for line in lines} == {3}


def test_a_sweep_gives_a_verdict_for_each_value_and_the_curve_of_each_figure(learner):
    outcome = learner.quiz("prove", "softmax-saturation", "--set", "d_k=4,16,64,256,1024", "--plain")
    assert outcome.code == 0
    for value in ("4", "16", "64", "256", "1,024"):
        assert re.search(rf"d_k = {value} +confirmed", outcome.out)
    assert re.search(r"the claim +0\.894 +0\.893 +0\.886 +0\.888 +0\.885", outcome.out)
    assert re.search(r"no-scale +0\.68", outcome.out)


def test_where_the_check_has_no_power_the_verdict_says_so_and_the_exit_code_is_1(learner):
    outcome = learner.quiz("prove", "softmax-saturation", "--set", "d_k=1")
    assert outcome.code == 1
    assert "not testable here (expected: confirmed)" in outcome.out
    assert "mutant no-scale survives" in outcome.out


def test_a_mutant_is_seen_to_fail_as_expected(learner):
    outcome = learner.quiz("prove", "equivariance", "--mutant", "causal-mask")
    assert outcome.code == 0
    assert "equivariance: refuted" in outcome.out
    assert "FAILS" in outcome.out and "Learnt" not in outcome.out
    (line,) = learner.quiz("prove", "equivariance", "--mutant", "causal-mask", "--json").lines
    assert (line["verdict"], line["expected"], line["mutants"]) == (
        "refuted",
        "refuted",
        [{"name": "causal-mask", "killed": True}],
    )


def test_figures_that_are_not_finite_are_null_in_json(learner, monkeypatch):
    demo = _run.load("score-variance")
    broken = demo._replace(mutants=[mutant("undefined", "scaled by nothing", scale=lambda d_k: float("nan"))])
    monkeypatch.setattr(_run, "load", lambda name: broken)
    (line,) = learner.quiz("prove", "score-variance", "--mutant", "undefined", "--json").lines
    assert [m["value"] for m in line["measurements"]] == [None, None]


def test_a_broken_demo_is_refuted_with_exit_code_1(learner, monkeypatch):
    demo = _run.load("two-places")

    def broken(rng, **parameters):
        found = demo.measure(rng, **{key: value for key, value in parameters.items() if key != "heads"})
        return found._replace(measurements=[m._replace(value=m.value + 0.5) for m in found.measurements])

    monkeypatch.setattr(_run, "load", lambda name: demo._replace(measure=broken, mutants=[]))
    broken.__signature__ = __import__("inspect").signature(demo.measure)
    outcome = learner.quiz("prove", "two-places")
    assert outcome.code == 1
    assert "two-places: refuted (expected: confirmed)" in outcome.out
    assert "The claim fails here: error of two heads." in outcome.out


def test_several_names_and_topics_are_summed_up(learner):
    outcome = learner.process("prove", "head-sum", "positions", "head-sum")
    assert outcome.code == 0
    in_positions = [entry.name for entry in _catalogue.entries() if entry.topic == "positions"]
    shown = re.findall(r"^confirmed +(\S+) +\d of \d", outcome.out, re.MULTILINE)
    assert shown == ["head-sum", *in_positions]
    assert "all as expected" in outcome.out
    assert outcome.err == ""


def test_several_as_json_are_a_demo_a_line(learner):
    outcome = learner.process("prove", "head-sum", "two-places", "--json")
    assert [line["demo"] for line in outcome.lines] == ["head-sum", "two-places"]


@pytest.mark.parametrize(
    ("args", "complaint"),
    [
        (["softmax-saturatin"], "did you mean softmax-saturation?"),
        (["nothing-like-it"], "quiz prove lists them all"),
        (["head-sum", "--all"], "leave the names away"),
        (["head-sum", "two-places", "--set", "d=8"], "one demo"),
        (["heads", "--mutant", "averaged"], "one demo"),
        (["--set", "d=8"], "one demo"),
        (["--source"], "needs a demo"),
        (["head-sum", "--source", "--json"], "no JSON"),
        (["--save", "x.svg"], "needs a demo"),
        (["head-sum", "--set", "q=8"], "no parameter 'q'"),
        (["head-sum", "--set", "d=eight"], "whole number"),
        (["head-sum", "--set", "d=100000"], "between 8 and 512"),
        (["head-sum", "--set", "d=9"], "a multiple of h"),
        (["head-sum", "--mutant", "nobody"], "interleaved, averaged"),
        (["score-variance", "--set", "pairs=20000", "--set", "d_k=4,4096"], "the limit is 2 GB and a minute"),
        (["head-sum", "--save", "x.png"], ".svg"),
        (["head-sum", "--seed", "-1"], "-1"),
    ],
)
def test_what_is_wrongly_asked_is_one_sentence_and_exit_code_2(learner, args, complaint):
    outcome = learner.quiz("prove", *args)
    assert outcome.code == 2
    assert outcome.out == ""
    assert complaint in " ".join(outcome.err.split())


def test_the_source_is_the_file(learner):
    outcome = learner.quiz("prove", "head-sum", "--source")
    with open(_catalogue.path("head-sum"), encoding="utf-8") as file:
        assert outcome.out == file.read()


def test_the_picture_is_an_svg_that_loads_nothing(learner, tmp_path):
    path = tmp_path / "picture.svg"
    assert learner.quiz("prove", "two-places", "--save", str(path)).code == 0
    text = path.read_text(encoding="utf-8")
    assert text.startswith("<svg") and "two-places" in text
    assert set(re.findall(r"https?://[^\s\"')]+", text)) <= {"http://www.w3.org/2000/svg", "https://www.textualize.io"}


def test_the_data_is_kept_as_json_with_the_charts(learner, tmp_path):
    path = tmp_path / "data.json"
    learner.quiz("prove", "two-places", "--save", str(path))
    (run,) = json.loads(path.read_text(encoding="utf-8"))["runs"]
    assert run["demo"] == "two-places"
    assert run["charts"][0]["kind"] == "lines"
    assert len(run["charts"][0]["series"]["one head"][0]) == 21


def test_the_data_is_kept_as_csv_a_figure_a_row(learner, tmp_path):
    path = tmp_path / "data.csv"
    learner.quiz("prove", "softmax-saturation", "--set", "d_k=4,64", "--save", str(path))
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    claims = [row for row in rows if row["run"] == "claim" and row["what"] == "mean entropy / ln n"]
    assert [row["parameters"].split()[0] for row in claims] == ["d_k=4", "d_k=64"]
    assert float(claims[1]["value"]) == pytest.approx(0.886, abs=0.01)
    assert [row["bound"] for row in claims] == ["0.8,0.97"] * 2
    assert {"no-scale", "chart"} <= {row["run"] for row in rows}


def test_a_file_that_cannot_be_written_is_told_after_the_run(learner, tmp_path):
    outcome = learner.quiz("prove", "head-sum", "--save", str(tmp_path / "missing" / "x.json"))
    assert outcome.code == 1
    assert "could not be written" in outcome.err
