import numpy as np

from tests.bank.generators.draws import sample, two_hundred


def test_numpy_finds_the_same_shapes() -> None:
    for p, (w_q, w_k, cached) in two_hundred("gqa-shapes"):
        x = np.broadcast_to(np.int8(0), (p["batch"], p["tokens"], p["d"]))
        queries = np.broadcast_shapes((p["batch"], p["tokens"], 1), (w_q[1],))
        assert (w_q[0], w_k[0]) == (x.shape[-1], x.shape[-1])
        head_size = queries[-1] // p["heads"]
        keys = np.broadcast_to(np.int8(0), (p["batch"], p["tokens"], w_k[1]))
        assert cached == keys.reshape(p["batch"], p["tokens"], p["kv_heads"], head_size).swapaxes(1, 2).shape
        assert np.repeat(np.zeros(p["kv_heads"]), p["heads"] // p["kv_heads"]).size == p["heads"]


def test_the_sample_of_the_syllabus() -> None:
    shapes = sample("gqa-shapes", d=4096, heads=32, kv_heads=8, batch=1, tokens=10)
    assert shapes == [(4096, 4096), (4096, 1024), (1, 8, 10, 128)]
