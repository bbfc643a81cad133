from math import sqrt

from tests.bank.generators.draws import close, sample, two_hundred


def test_a_straight_line_to_the_peak_and_a_root_after_it() -> None:
    for p, (rate,) in two_hundred("warmup-rate"):
        peak, along = 1 / sqrt(p["d"] * p["warmup"]), p["step"] / p["warmup"]
        assert close(rate, peak * along if along <= 1 else peak / sqrt(along))


def test_the_sample_of_the_syllabus() -> None:
    assert round(sample("warmup-rate", d=512, warmup=4000, step=4000)[0] * 1e4, 2) == 6.99
