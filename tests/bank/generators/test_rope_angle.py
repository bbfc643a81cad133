from itertools import pairwise

import numpy as np

from tests.bank.generators.draws import close, sample, two_hundred


def test_the_table_of_frequencies_that_implementations_build() -> None:
    for p, (angle,) in two_hundred("rope-angle"):
        frequencies = 1.0 / p["base"] ** (np.arange(0, p["d"], 2) / p["d"])
        assert close(angle, float(p["position"] * frequencies[p["pair"]]))


def test_frequencies_fall_by_the_same_factor_from_pair_to_pair() -> None:
    angles = [sample("rope-angle", d=128, pair=pair, position=10, base=10_000)[0] for pair in range(64)]
    factors = [after / before for before, after in pairwise(angles)]
    assert all(close(factor**64, 1 / 10_000) for factor in factors)


def test_the_sample_of_the_syllabus() -> None:
    assert sample("rope-angle", d=128, pair=0, position=10, base=10_000) == [10]
