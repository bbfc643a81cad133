"""How well confidence fits what came true."""

from hypothesis import given
from hypothesis import strategies as st

from quiz.study.confidence import FEW, Said, calibration, said
from quiz.study.event import Event
from quiz.study.session import SURE


def answers(confidence: float, right: int, of: int, topic: str = "attention") -> list[Said]:
    return [Said(confidence, nth < right, topic) for nth in range(of)]


def review(rating: int = 3, **data: object) -> Event:
    return Event("review", 0, 0, 0, card="one", rating=rating, data=data)


def test_the_report_says_how_often_one_was_right_when_one_said_so() -> None:
    report = calibration(answers(0.9, 6, 10) + answers(0.5, 2, 4))
    assert [(level.name, level.right, level.times) for level in report.levels] == [("50 %", 2, 4), ("90 %", 6, 10)]


def test_over_confidence_is_told_by_topic_the_worst_first() -> None:
    report = calibration(answers(0.9, 9, 10, "masks") + answers(0.9, 4, 10, "heads") + answers(0.3, 9, 10, "moe"))
    assert [(topic.name, topic.fit) for topic in report.topics] == [
        ("heads", "over"),
        ("masks", "fits"),
        ("moe", "under"),
    ]


def test_nothing_is_claimed_from_a_few_answers() -> None:
    whole = calibration(answers(0.9, 0, FEW - 1)).whole
    assert whole is not None and whole.fit == "few"
    assert calibration([]).whole is None


def test_what_a_judge_said_counts_and_else_whether_it_was_recalled() -> None:
    assert said(review(3, confidence=0.9, right=False), "moe") == Said(0.9, False, "moe")
    assert said(review(2, confidence=0.5), "moe") == Said(0.5, True, "moe")
    assert said(review(1, confidence=0.5), "moe") == Said(0.5, False, "moe")


def test_a_review_without_confidence_says_nothing_about_it() -> None:
    assert said(review(), "moe") is None
    assert said(review(confidence="sure"), "moe") is None
    assert said(review(confidence=7), "moe") is None


@given(st.lists(st.builds(Said, st.sampled_from(SURE), st.booleans(), st.sampled_from(["a", "b", "c"]))))
def test_every_answer_is_counted_once_by_level_and_once_by_topic(given_: list[Said]) -> None:
    report = calibration(given_)
    for groups in (report.levels, report.topics):
        assert sum(group.times for group in groups) == len(given_)
        assert sum(group.right for group in groups) == sum(one.right for one in given_)
