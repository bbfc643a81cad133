from math import prod

from tests.bank.generators.draws import sample, two_hundred


def weights(d: int, layers: int, context: int, vocabulary: int) -> int:
    """The tensors of the released GPT-2, one by one."""
    norm = [(d,), (d,)]
    attention = [(d, 3 * d), (3 * d,), (d, d), (d,)]
    mlp = [(d, 4 * d), (4 * d,), (4 * d, d), (d,)]
    tensors = [(vocabulary, d), (context, d), *norm, *(layers * (norm + attention + norm + mlp))]
    return sum(map(prod, tensors))


def test_the_count_is_the_sum_over_all_tensors() -> None:
    for params, (count,) in two_hundred("gpt-params"):
        assert count == weights(**params)


def test_the_released_models_have_as_many() -> None:
    known = {(768, 12): 124_439_808, (1024, 24): 354_823_168, (1280, 36): 774_030_080, (1600, 48): 1_557_611_200}
    for (d, layers), published in known.items():
        assert sample("gpt-params", d=d, layers=layers, context=1024, vocabulary=50257) == [published]
