"""The calibration report as it is drawn."""

import pytest

from quiz.study.confidence import Said, calibration
from quiz.terminal.confidence import report

MANY = [Said(0.9, nth % 2 == 0, topic) for nth in range(10) for topic in ("attention", "residuals-norms")]


@pytest.mark.parametrize("width", [40, 80])
def test_it_says_what_was_said_and_what_came_true_in_any_width(width: int) -> None:
    lines = [line.plain for line in report(calibration(MANY), width)]
    assert max(map(len, lines)) <= width
    text = " ".join(lines)
    assert "10 of 20 right" in text and "over-confident" in text and "residuals-norms" in text


def test_topics_of_one_answer_are_not_shown_and_no_answers_say_how_to_get_some() -> None:
    lone = " ".join(line.plain for line in report(calibration(MANY[:1]), 80))
    assert "By topic" not in lone and "too few answers" in lone
    assert "--confidence asks" in report(calibration([]), 80)[0].plain
