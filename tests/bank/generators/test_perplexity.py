from fractions import Fraction
from math import prod

from tests.bank.generators.draws import close, sample, two_hundred


def test_the_nth_power_is_one_over_the_probability_of_the_text() -> None:
    for p, (perplexity,) in two_hundred("perplexity"):
        whole = prod(Fraction(str(q)) for q in p["probabilities"])
        assert close(perplexity ** len(p["probabilities"]), float(1 / whole))


def test_equal_probabilities_are_a_choice_among_as_many() -> None:
    assert close(sample("perplexity", probabilities=[0.1] * 5)[0], 10)


def test_the_sample_of_the_syllabus() -> None:
    assert round(sample("perplexity", probabilities=[0.125, 0.25, 0.1, 0.5])[0], 2) == 5.03
