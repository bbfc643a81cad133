from tests.bank.generators.draws import close, sample, two_hundred


def test_the_expectation_over_where_the_first_refusal_falls() -> None:
    for p, (tokens,) in two_hundred("speculative"):
        a, drafted = p["percent"] / 100, p["drafted"]
        refused = sum((accepted + 1) * a**accepted * (1 - a) for accepted in range(drafted))
        assert close(tokens, refused + (drafted + 1) * a**drafted)


def test_the_samples_of_the_syllabus_and_of_the_demo() -> None:
    assert close(sample("speculative", percent=80, drafted=3)[0], 2.952)
    assert close(sample("speculative", percent=80, drafted=4)[0], 3.3616)
