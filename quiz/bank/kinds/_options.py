"""Lettered options, for the kinds that have them: shuffled by the seed, judged by letter or text, each explained."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from quiz.bank.finding import shown
from quiz.bank.question import Problem, Verdict
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


def shuffled(options: Sequence[Option], seed: int) -> list[Option]:
    """The options in the order in which `seed` shows them, so that a place is never what is learnt."""
    order = list(options)
    random.Random(seed).shuffle(order)
    return order


def judged(response: str, order: Sequence[Option], id: str) -> Verdict:
    """`response` is a letter as shown, an option's text, or empty for "don't know"; otherwise raises Misused."""
    picked = _picked(response.strip(), order, id) if response.strip() else None
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


def problems(options: Sequence[Option]) -> Iterator[Problem]:
    """Two to six options, exactly one right, a reason for every other."""
    if not 2 <= len(options) <= len(LETTERS):
        yield Problem("options", f"there are {len(options)} options", "give 2 to 6, four are usual")
    if (right := sum(option.right for option in options)) != 1:
        yield Problem("options", f"{right} options are marked right", "mark exactly one with `right: true`")
    if len({option.text for option in options}) < len(options):
        yield Problem("options", "two options have the same text", "make each option say something else")
    for option in options:
        if not option.right and not option.why:
            yield Problem("options", f"{option.text!r} does not say why it is wrong", "add a line `why:` below it")


def _picked(response: str, order: Sequence[Option], id: str) -> Option:
    for letter, option in zip(LETTERS, order, strict=False):
        if response.lower() == letter or response == option.text:
            return option
    last = LETTERS[len(order) - 1]
    raise Misused(f"{id} has no option {shown(response)}: answer with a letter from a to {last}, or an option's text.")
