from math import prod

from tests.bank.generators.draws import sample, two_hundred


def weights(d: int, layers: int, head_size: int, kv_heads: int, ffn: int, vocabulary: int) -> int:
    """The tensors of a LLaMA checkpoint, one by one."""
    kv = (kv_heads * head_size, d)
    layer = [(d, d), kv, kv, (d, d), (ffn, d), (d, ffn), (ffn, d), (d,), (d,)]
    return sum(map(prod, [(vocabulary, d), *(layers * layer), (d,), (vocabulary, d)]))


def test_the_count_is_the_sum_over_all_tensors() -> None:
    for params, (count,) in two_hundred("llama-params"):
        assert count == weights(**params)


def test_the_released_models_have_as_many() -> None:
    known = {
        (4096, 32, 32, 11008, 32000): 6_738_415_616,  # LLaMA-7B
        (4096, 32, 8, 14336, 128256): 8_030_261_248,  # Llama-3-8B
        (4096, 32, 8, 14336, 32000): 7_241_732_096,  # Mistral-7B
        (8192, 80, 8, 28672, 32000): 68_976_648_192,  # Llama-2-70B
    }
    for (d, layers, kv_heads, ffn, vocabulary), published in known.items():
        shape = {"d": d, "layers": layers, "head_size": 128, "kv_heads": kv_heads, "ffn": ffn}
        assert sample("llama-params", **shape, vocabulary=vocabulary) == [published]
