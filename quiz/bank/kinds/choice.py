"""A question with lettered options, one of them right, each wrong one with the reason why."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from quiz.bank.question import Problem, Prompt, Question, Verdict
from quiz.errors import Misused
from quiz.memory.values import Rating

LETTERS = "abcdef"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One line to choose: the right one, or a wrong one and why it is wrong."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}

    text: str
    right: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Question):
    """Options are shuffled by the seed, so that a place is never what is learnt."""

    judged: ClassVar[bool] = True

    options: tuple[Option, ...]

    @classmethod
    def build(cls, fields: Mapping[str, Any]) -> Self:
        """As for every question, with the options made from their own fields."""
        return super(Choice, cls).build({**fields, "options": [Option(**option) for option in fields["options"]]})

    def shuffled(self, seed: int) -> list[Option]:
        """The options in the order in which `seed` shows them."""
        order = list(self.options)
        random.Random(seed).shuffle(order)
        return order

    def prompt(self, seed: int) -> Prompt:
        """The question and its options, one letter each."""
        return Prompt(self.question, tuple(option.text for option in self.shuffled(seed)), "letter")

    def judge(self, response: str, seed: int) -> Verdict:
        """`response` is a letter as shown under `seed`, an option's text, or empty for "don't know"."""
        order = self.shuffled(seed)
        picked = self._picked(response.strip(), order) if response.strip() else None
        right = next(option for option in order if option.right)
        lines = []
        for letter, option in zip(LETTERS, order, strict=False):
            mark = "Right" if option is right else option.why
            lines.append(f"- **{letter}** {'(your choice) ' if option is picked else ''}{mark}")
        return Verdict(
            right=picked is right,
            rating=Rating.GOOD if picked is right else Rating.AGAIN,
            feedback="\n".join(lines),
            response=picked.text if picked else None,
        )

    def _picked(self, response: str, order: list[Option]) -> Option:
        for letter, option in zip(LETTERS, order, strict=False):
            if response.lower() == letter or response == option.text:
                return option
        last = LETTERS[len(order) - 1]
        raise Misused(f"{self.id} has no option {response!r}: answer with a letter from a to {last}, or an option's text.")

    def problems(self) -> Iterator[Problem]:
        """Two to six options, exactly one right, a reason for every other."""
        if not 2 <= len(self.options) <= len(LETTERS):
            yield Problem("options", f"there are {len(self.options)} options", "give 2 to 6, four are usual")
        if (right := sum(option.right for option in self.options)) != 1:
            yield Problem("options", f"{right} options are marked right", "mark exactly one with `right: true`")
        if len({option.text for option in self.options}) < len(self.options):
            yield Problem("options", "two options have the same text", "make each option say something else")
        for option in self.options:
            if not option.right and not option.why:
                yield Problem("options", f"{option.text!r} does not say why it is wrong", "add a line `why:` below it")
