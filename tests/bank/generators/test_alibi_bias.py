from itertools import accumulate, repeat
from operator import mul

from tests.bank.generators.draws import close, sample, two_hundred


def test_slopes_are_a_geometric_series_whose_ratio_is_its_start() -> None:
    for p, (bias,) in two_hundred("alibi-bias"):
        start = 256 ** (-1 / p["heads"])
        slopes = list(accumulate(repeat(start, p["heads"]), mul))
        assert close(slopes[-1], 1 / 256)
        assert close(bias, -slopes[p["head"] - 1] * p["distance"])


def test_eight_heads_have_the_slopes_of_the_paper() -> None:
    slopes = [-sample("alibi-bias", heads=8, head=head, distance=1)[0] for head in range(1, 9)]
    assert slopes == [1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 32, 1 / 64, 1 / 128, 1 / 256]


def test_the_sample_of_the_syllabus() -> None:
    assert round(sample("alibi-bias", heads=16, head=1, distance=10)[0], 2) == -7.07
