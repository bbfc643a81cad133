from decimal import Decimal

from tests.bank.generators.draws import close, sample, two_hundred


def test_probabilities_with_many_digits_and_no_shift() -> None:
    for p, probabilities in two_hundred("softmax"):
        powers = [Decimal(z).exp() for z in p["logits"]]
        assert all(close(q, float(e / sum(powers))) for q, e in zip(probabilities, powers, strict=True))
        assert len(set(p["logits"])) == 3
        assert max(p["logits"]) - min(p["logits"]) <= 3


def test_the_sample_of_the_syllabus() -> None:
    assert [round(q, 3) for q in sample("softmax", logits=[2, 1, 3])] == [0.245, 0.09, 0.665]
