import numpy as np

from tests.bank.generators.draws import close, sample, two_hundred


def test_the_cache_is_as_large_as_its_arrays() -> None:
    for p, (gib,) in two_hundred("kv-cache"):
        layer = np.broadcast_to(
            np.zeros((), f"i{p['bytes']}"), (2, p["batch"], p["kv_heads"], p["tokens"], p["head_size"])
        )
        assert gib * 1024**3 == p["layers"] * layer.size * layer.itemsize


def test_the_cache_of_a_token_is_what_is_published() -> None:
    for layers, kv_heads, published in ((32, 32, 524_288), (32, 8, 131_072), (80, 8, 327_680), (96, 96, 4_718_592)):
        (gib,) = sample("kv-cache", layers=layers, kv_heads=kv_heads, head_size=128, tokens=1, batch=1, bytes=2)
        assert close(gib * 2**30, published)


def test_the_sample_of_the_syllabus() -> None:
    assert sample("kv-cache", layers=80, kv_heads=8, head_size=128, tokens=4096, batch=4, bytes=1) == [2.5]
