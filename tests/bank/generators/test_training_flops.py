from tests.bank.generators.draws import close, sample, two_hundred


def test_two_forwards_and_four_backwards_for_each_weight_and_token() -> None:
    for p, (flops,) in two_hundred("training-flops"):
        forward, to_inputs, to_weights = (2 * p["parameters"] * p["tokens"] for _ in range(3))
        assert close(flops, forward + to_inputs + to_weights)


def test_published_runs_come_out_within_a_few_per_cent() -> None:
    gpt3, chinchilla, llama3 = (175e9, 300e9, 3.14e23), (70e9, 1.4e12, 5.76e23), (405e9, 15.6e12, 3.8e25)
    for parameters, tokens, published in (gpt3, chinchilla, llama3):
        assert close(sample("training-flops", parameters=parameters, tokens=tokens)[0], published, 0.03)


def test_the_sample_of_the_syllabus() -> None:
    assert sample("training-flops", parameters=7_000_000_000, tokens=20_000_000_000) == [8.4e20]
