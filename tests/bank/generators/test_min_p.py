from fractions import Fraction

from tests.bank.generators.draws import sample, two_hundred


def test_kept_are_those_near_enough_to_the_likeliest_and_none_is_at_the_threshold() -> None:
    for p, (kept,) in two_hundred("min-p"):
        ratios = [Fraction(token, max(p["per_mille"])) for token in p["per_mille"]]
        assert kept == sum(ratio > Fraction(p["min_percent"], 100) for ratio in ratios)
        assert Fraction(p["min_percent"], 100) not in ratios
        assert sum(p["per_mille"]) == 1000


def test_the_sample_of_the_syllabus() -> None:
    assert sample("min-p", per_mille=[420, 300, 200, 50, 20, 10], min_percent=10) == [4]
