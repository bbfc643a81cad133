import numpy as np

from tests.bank.generators.draws import close, sample, two_hundred


def test_each_parameter_costs_its_arrays() -> None:
    for p, (gb,) in two_hundred("adam-memory"):
        held = [p["weights"], p["gradients"], p["moments"], p["moments"], *([p["master"]] if p["master"] else [])]
        assert close(gb * 1e9, p["parameters"] * sum(np.dtype(f"V{size}").itemsize for size in held))


def test_gpt2_needs_the_24_gb_that_the_zero_paper_says() -> None:
    usual = {"weights": 2, "gradients": 2, "master": 4, "moments": 4}
    assert sample("adam-memory", parameters=1_500_000_000, **usual) == [24]
    assert sample("adam-memory", parameters=7_500_000_000, **usual) == [120]


def test_the_sample_of_the_syllabus() -> None:
    assert sample("adam-memory", parameters=13_000_000_000, weights=2, gradients=2, master=4, moments=4) == [208]
