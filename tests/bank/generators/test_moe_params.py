from math import prod
from typing import Any

from tests.bank.generators.draws import close, sample, two_hundred


def weights(p: dict[str, Any], experts: int) -> int:
    """The tensors of a Mixtral checkpoint with so many experts in each layer, the router whole."""
    d, kv = p["d"], (p["kv_heads"] * p["head_size"], p["d"])
    expert = [(p["ffn"], d), (d, p["ffn"]), (p["ffn"], d)]
    layer = [(d, d), kv, kv, (d, d), (p["experts"], d), (d,), (d,), *(experts * expert)]
    return sum(map(prod, [(p["vocabulary"], d), *(p["layers"] * layer), (d,), (p["vocabulary"], d)]))


def mixtral(experts: int, active: int, d: int = 4096, layers: int = 32, ffn: int = 14336) -> list[int]:
    shape = {"d": d, "layers": layers, "head_size": 128, "kv_heads": 8, "ffn": ffn, "vocabulary": 32000}
    return sample("moe-params", **shape, experts=experts, active=active)


def test_both_counts_are_sums_over_tensors() -> None:
    for p, counts in two_hundred("moe-params"):
        assert counts == [weights(p, p["experts"]), weights(p, p["active"])]
        assert p["active"] < p["experts"]


def test_the_released_models_have_as_many() -> None:
    assert mixtral(8, 2) == [46_702_792_704, 12_879_925_248]
    total, active = mixtral(8, 2, d=6144, layers=56, ffn=16384)
    assert close(total, 141e9, 0.01)
    assert close(active, 39e9, 0.01)


def test_the_sample_of_the_syllabus() -> None:
    assert mixtral(16, 1) == [91_800_997_888, 7_243_829_248]
