"""A question with lettered options, one of them right, each wrong one with the reason why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from quiz.bank.kinds._options import Option, judged, problems, shuffled
from quiz.bank.question import Problem, Prompt, Question, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Question):
    """Options are shuffled by the seed, so that a place is never what is learnt."""

    judged: ClassVar[bool] = True
    help: ClassVar[str] = "Press the letter of the line that is right. Space: don't know."

    options: tuple[Option, ...]

    @classmethod
    def build(cls, fields: Mapping[str, Any]) -> Self:
        """As for every question, with the options made from their own fields."""
        return super(Choice, cls).build({**fields, "options": [Option(**option) for option in fields["options"]]})

    def prompt(self, seed: int) -> Prompt:
        """The question and its options, one letter each."""
        return Prompt(self.question, tuple(option.text for option in shuffled(self.options, seed)), "letter")

    def judge(self, response: str, seed: int) -> Verdict:
        """`response` is a letter as shown under `seed`, an option's text, or empty for "don't know"."""
        return judged(response, shuffled(self.options, seed), self.id)

    def problems(self) -> Iterator[Problem]:
        """Two to six options, exactly one right, a reason for every other."""
        return problems(self.options)
