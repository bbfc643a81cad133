import numpy as np

from tests.bank.generators.draws import close, sample, two_hundred


def test_the_loss_from_four_log_probabilities() -> None:
    for p, (loss,) in two_hundred("dpo-loss"):
        reference = np.array([-40.0, -55.0])
        policy = reference + np.array([p["chosen"], p["rejected"]])
        ratios = p["beta"] * (policy - reference)
        assert close(loss, float(-np.log(np.exp(ratios[0]) / np.exp(ratios).sum())))


def test_lowering_both_changes_nothing_and_no_change_costs_ln_2() -> None:
    assert round(sample("dpo-loss", beta=0.1, chosen=0, rejected=0)[0], 3) == 0.693
    assert sample("dpo-loss", beta=0.1, chosen=3, rejected=1) == sample("dpo-loss", beta=0.1, chosen=-2, rejected=-4)
