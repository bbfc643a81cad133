from quiz.bank.kinds.recall import Recall
from tests.bank.kinds.evidence import made


def test_what_is_typed_is_kept_and_never_judged() -> None:
    verdict = made(Recall).judge("it saturates softmax", 0)
    assert (verdict.right, verdict.rating, verdict.response) == (None, None, "it saturates softmax")


def test_three_to_six_points_are_there_to_be_ticked() -> None:
    for count, faults in ((2, 1), (3, 0), (6, 0), (7, 1)):
        points = tuple(f"point {nth}" for nth in range(count))
        assert len(list(made(Recall, key_points=points).problems())) == faults
