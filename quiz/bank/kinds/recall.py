"""An open question: said aloud or typed, then held against its key points, which the learner ticks."""

from collections.abc import Iterator
from dataclasses import dataclass

from quiz.bank.question import Problem, Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall(Question):
    """Never judged by similarity: typed answers that say the opposite come out best at that."""

    def problems(self) -> Iterator[Problem]:
        """Key points are what a recall answer is scored by."""
        if not 3 <= len(self.key_points) <= 6:
            yield Problem(
                "key_points",
                f"a recall question has 3 to 6 key points, this one has {len(self.key_points)}",
                "write the points an interviewer would tick, one each",
            )
