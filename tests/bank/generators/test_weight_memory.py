from fractions import Fraction

from tests.bank.generators.draws import close, sample, two_hundred


def test_weights_and_scales_are_counted_one_by_one() -> None:
    for p, (gb,) in two_hundred("weight-memory"):
        scales = Fraction(p["parameters"], p["group"]) if p["group"] else 0
        assert close(gb, float((p["parameters"] * p["bits"] + scales * 16) / 8 / 10**9))
        assert not (p["group"] and p["bits"] > 8)


def test_the_samples_of_the_syllabus_and_of_a_quantised_70b() -> None:
    assert sample("weight-memory", parameters=13_000_000_000, bits=16, group=0) == [26]
    assert sample("weight-memory", parameters=70_000_000_000, bits=4, group=64) == [37.1875]
