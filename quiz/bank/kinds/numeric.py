"""A question whose answer is a number: typed, read with its unit, and held against the right one with a tolerance.

The numbers are drawn anew at each review where a generator is named, so that the method is learnt and not the digits.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from quiz.bank.amount import Amount, answer, judged, request, slack, tolerance
from quiz.bank.generators._draw import SHAPES, Draw, drawn, names, suggestion
from quiz.bank.question import Problem, Prompt, Question, Verdict
from quiz.errors import Misused


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeric(Question):
    """Either `generator`, or `value` with the `formula` that gives it."""

    judged: ClassVar[bool] = True
    help: ClassVar[str] = (
        "Type a number, with or without its unit: 1.5e9, 1,000,000, 6.7B, 2.5 GiB, 3/4, 75 %, 2^20. "
        "Several values are parted by `;`. An empty line: don't know."
    )

    generator: str = ""
    value: float | None = None
    unit: str = ""
    tolerance: str = "1 %"
    """`1 %` of the value, `0.005` in its unit, or `exact`."""
    formula: str = ""
    """Arithmetic that gives `value`, in `unit`."""

    @property
    def drawn_by(self) -> str:
        """The generator's name."""
        return self.generator

    def drawn(self, seed: int) -> Draw | None:
        """What the generator draws under `seed`; None where the value is fixed."""
        return drawn(self.generator, seed) if self.generator else None

    def prompt(self, seed: int) -> Prompt:
        """The question, with the numbers that were drawn, and in which unit and how exactly it is to be answered."""
        draw = self.drawn(seed)
        asked = [self.question.rstrip(), draw.question if draw else "", request(self._amounts(seed))]
        return Prompt("\n\n".join(part for part in asked if part), entry="line", params=draw.params if draw else None)

    def judge(self, response: str, seed: int) -> Verdict:
        """`response` is a number with or without a unit, several parted by `;`, or empty for "don't know"."""
        return judged(response, self._amounts(seed))

    def reveal(self, seed: int) -> str:
        """The value, how it is worked out, and what there is to say about it."""
        draw = self.drawn(seed)
        fixed = f"`{self.formula}` = {answer(self._amounts(seed))}"
        return f"{draw.working if draw else fixed}\n\n{self.answer}"

    def problems(self) -> Iterator[Problem]:
        """A generator that draws numbers, or a value that its own formula gives."""
        if bool(self.generator) == (self.value is not None):
            yield Problem("value", "it needs either a generator or a value, and has both or none", "keep one of them")
        elif self.generator:
            yield from self._wrong_generator()
        else:
            yield from self._wrong_value()

    def _amounts(self, seed: int) -> tuple[Amount, ...]:
        draw = self.drawn(seed)
        if draw:
            return tuple(amount for amount in draw.answer if isinstance(amount, Amount))
        return (Amount(self.value or 0.0, self.unit, self.tolerance),)

    def _wrong_generator(self) -> Iterator[Problem]:
        if self.generator not in names():
            yield Problem("generator", f"there is no generator {self.generator!r}", suggestion(self.generator))
        elif self.generator.endswith(SHAPES):
            yield Problem("generator", f"{self.generator} draws shapes, not numbers", "make it `kind: shape`")
        if self.unit or self.formula or self.tolerance != "1 %":
            yield Problem("generator", "a generator has its own unit, tolerance and formula", "leave those lines out")

    def _wrong_value(self) -> Iterator[Problem]:
        from quiz.bank.kinds._formula import computed

        try:
            tolerance(self.tolerance)
        except Misused as error:
            yield Problem("tolerance", str(error), "write `tolerance: 1 %`")
            return
        if not self.formula:
            yield Problem("formula", "nothing says how the value comes about", "add `formula:` with the arithmetic")
            return
        try:
            found = computed(self.formula)
        except Misused as error:
            yield Problem("formula", str(error), "use numbers, + - * / // % **, sqrt, exp, log, log2, log10, max, min")
            return
        amount = Amount(self.value or 0.0, self.unit, self.tolerance)
        if abs(found - (self.value or 0.0)) > slack(amount) / 4 + 1e-12 * abs(found):
            said = f"the formula gives {found:.6g}, the value is {self.value:.6g}"
            yield Problem("value", said, "correct the one that is wrong; both are in `unit`")
