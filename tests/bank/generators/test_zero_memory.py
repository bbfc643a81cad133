from tests.bank.generators.draws import close, sample, two_hundred

STATES = {"master": (4, 1), "mean": (4, 1), "variance": (4, 1), "gradients": (2, 2), "weights": (2, 3)}
"""Bytes a parameter, and the first stage that shards it."""


def test_each_state_is_whole_or_shared_by_stage() -> None:
    for p, (gb,) in two_hundred("zero-memory"):
        each = sum(size / (p["gpus"] if p["stage"] >= stage else 1) for size, stage in STATES.values())
        assert close(gb, p["parameters"] * each / 1e9)


def test_the_figure_of_the_paper() -> None:
    for stage, published in ((1, 31.4), (2, 16.6), (3, 1.9)):
        assert round(sample("zero-memory", parameters=7_500_000_000, gpus=64, stage=stage)[0], 1) == published


def test_the_sample_of_the_syllabus() -> None:
    assert sample("zero-memory", parameters=13_000_000_000, gpus=8, stage=2) == [48.75]
