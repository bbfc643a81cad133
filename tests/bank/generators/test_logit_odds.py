import numpy as np

from quiz.proofs.numerics import softmax
from tests.bank.generators.draws import close, shown, two_hundred


def test_the_odds_of_two_tokens_among_ten() -> None:
    for p, (odds,) in two_hundred("logit-odds"):
        logits = np.linspace(-3, 3, 10)
        logits[1] = logits[0] - p["gap"]
        probabilities = softmax(logits / p["temperature"])
        assert close(odds, probabilities[0] / probabilities[1])
        assert p["temperature"] != 1


def test_the_sample_of_the_syllabus() -> None:
    assert shown("logit-odds", gap=2.0, temperature=0.5) == ["54.6"]
