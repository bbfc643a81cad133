import numpy as np

from tests.bank.generators.draws import sample, two_hundred


def test_walking_back_a_window_at_a_time() -> None:
    for p, (bound, exact) in two_hundred("window-reach"):
        first = last = 10**6
        for _ in range(p["layers"]):
            first -= p["window"] - 1
        assert exact == last - first + 1
        assert bound - exact == p["layers"] - 1


def test_a_small_stack_of_masks_reaches_as_far() -> None:
    for window, layers in ((3, 4), (2, 5), (5, 2)):
        mask = np.tril(np.triu(np.ones((40, 40), int), 1 - window))
        reach = np.linalg.matrix_power(mask, layers)[-1]
        assert sample("window-reach", window=window, layers=layers)[1] == np.count_nonzero(reach)


def test_the_sample_of_the_syllabus() -> None:
    assert sample("window-reach", window=1024, layers=24) == [24_576, 24_553]
