from itertools import combinations
from math import prod

from tests.bank.generators.draws import close, sample, two_hundred


def test_the_product_form_of_the_paper() -> None:
    for p, (estimate,) in two_hundred("pass-at-k"):
        n, c, k = p["samples"], p["passed"], p["k"]
        assert close(estimate, 1 - prod(1 - k / i for i in range(n - c + 1, n + 1)))


def test_the_share_of_all_choices_of_k_that_hold_a_right_one() -> None:
    for n, c, k in ((10, 3, 2), (10, 1, 5), (12, 4, 3)):
        drawn = list(combinations([1] * c + [0] * (n - c), k))
        assert close(sample("pass-at-k", samples=n, passed=c, k=k)[0], sum(map(any, drawn)) / len(drawn))


def test_the_sample_of_the_syllabus() -> None:
    assert close(sample("pass-at-k", samples=20, passed=3, k=1)[0], 0.15)
