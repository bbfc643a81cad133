import numpy as np

from tests.bank.generators.draws import sample, two_hundred


def test_the_count_is_that_of_all_pairs_of_thin_matrices() -> None:
    for p, (count,) in two_hundred("lora-params"):
        a, b = np.empty((p["rank"], p["d"]), "i1"), np.empty((p["d"], p["rank"]), "i1")
        assert (b.shape[0], a.shape[1]) == (p["d"], p["d"])
        assert count == sum(a.size + b.size for _ in range(p["layers"] * p["matrices"]))


def test_gpt3_trains_the_18_9_million_of_the_paper() -> None:
    assert sample("lora-params", layers=96, matrices=2, d=12288, rank=4) == [18_874_368]


def test_the_sample_of_the_syllabus() -> None:
    assert sample("lora-params", layers=32, matrices=4, d=4096, rank=4) == [4_194_304]
