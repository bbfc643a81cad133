import numpy as np

from tests.bank.generators.draws import sample, two_hundred


def test_numpy_finds_the_same_shapes() -> None:
    for p, shapes in two_hundred("mha-shapes"):
        x = np.broadcast_to(np.int8(0), (p["batch"], p["tokens"], p["d"]))
        q = x.reshape(p["batch"], p["tokens"], p["heads"], -1).swapaxes(1, 2)
        scores = np.broadcast_shapes(q[..., :, None, 0].shape, q[..., None, :, 0].shape)
        assert shapes == [q.shape, scores, q.swapaxes(1, 2).reshape(x.shape).shape]


def test_no_size_can_be_mistaken_for_another() -> None:
    for p, _ in two_hundred("mha-shapes"):
        assert p["tokens"] not in (p["batch"], p["heads"], p["d"], p["d"] // p["heads"])


def test_the_sample_of_the_syllabus() -> None:
    assert sample("mha-shapes", batch=4, tokens=10, d=768, heads=8) == [(4, 8, 10, 96), (4, 8, 10, 10), (4, 10, 768)]
