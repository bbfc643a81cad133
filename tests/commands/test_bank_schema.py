"""`quiz bank schema`."""

from pathlib import Path

from tests.conftest import Learner

KEPT = Path(__file__).parent.parent.parent / "data" / "questions.schema.json"


def test_what_is_printed_is_what_the_repository_keeps(learner: Learner) -> None:
    assert learner.quiz("bank", "schema").out == KEPT.read_text(encoding="utf-8")
