from itertools import product
from math import prod

from tests.bank.generators.draws import close, sample, two_hundred


def test_all_ways_in_which_the_votes_can_fall() -> None:
    for params, (chance,) in two_hundred("majority"):
        p, n = params["percent"] / 100, params["votes"]
        ways = (votes for votes in product((0, 1), repeat=n) if sum(votes) > n / 2)
        assert close(chance, sum(prod(p if vote else 1 - p for vote in votes) for votes in ways))
        assert n % 2 == 1


def test_forty_one_votes_as_in_the_demo() -> None:
    assert round(sample("majority", percent=60, votes=41)[0], 3) == 0.903


def test_the_sample_of_the_syllabus() -> None:
    assert round(sample("majority", percent=60, votes=3)[0], 3) == 0.648
