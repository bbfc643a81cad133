import numpy as np

from tests.bank.generators.draws import close, sample, two_hundred


def test_quantising_a_fine_grid_is_off_by_half_a_step_at_most() -> None:
    for p, (scale, error) in two_hundred("int8-scale"):
        levels = {8: 127, 4: 7}[p["bits"]]
        weights = np.linspace(-p["absmax"], p["absmax"], 20_001)
        quantised = np.rint(weights / scale)
        assert abs(quantised).max() == levels
        worst = abs(weights - quantised * scale).max()
        assert 0.98 * error < worst <= error * (1 + 1e-9)


def test_the_sample_of_the_syllabus() -> None:
    scale, error = sample("int8-scale", absmax=2.0, bits=8)
    assert (round(scale, 5), round(error, 5)) == (0.01575, 0.00787)
    assert close(scale, 2 * error)
