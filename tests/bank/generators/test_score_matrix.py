import numpy as np

from tests.bank.generators.draws import sample, two_hundred


def test_the_size_is_that_of_the_array() -> None:
    for p, (gib,) in two_hundred("score-matrix"):
        scores = np.broadcast_to(np.zeros((), f"f{p['bytes']}"), (p["heads"], p["tokens"], p["tokens"]))
        assert gib * 2**30 == scores.size * scores.itemsize


def test_the_sample_of_the_syllabus() -> None:
    assert sample("score-matrix", tokens=32768, heads=12, bytes=2) == [24]
