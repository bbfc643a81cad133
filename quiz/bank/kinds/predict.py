"""A guess at how a demo comes out, made before it is run: one of several options, or a number."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from quiz.bank import amount
from quiz.bank.amount import Amount, request, tolerance
from quiz.bank.kinds import _options
from quiz.bank.kinds._options import Option, shuffled
from quiz.bank.question import Problem, Prompt, Question, Verdict
from quiz.errors import Misused


@dataclass(frozen=True, slots=True, kw_only=True)
class Predict(Question):
    """`value` is what the demo measures; with `options` one of them is chosen, without them the number is typed."""

    judged: ClassVar[bool] = True
    help: ClassVar[str] = (
        "Guess before you look: press the letter of an option, or type a number where there are none. "
        "Afterwards `p` runs the demo."
    )

    demo: str
    measurement: str
    """The name of the figure, as the demo prints it."""
    value: float
    unit: str = ""
    tolerance: str = "5 %"
    """`5 %` of the value, `0.01` in its unit, or `exact`: for a number that is typed, and for a run of the demo."""
    parameters: tuple[str, ...] = ()
    """Settings of the demo other than its own, as for `quiz prove --set`: `d_k=1024`."""
    mutant: str = ""
    """The mistake that is run in place of the demo, if any."""
    options: tuple[Option, ...] = ()

    @classmethod
    def build(cls, fields: Mapping[str, Any]) -> Self:
        """As for every question, with the options made from their own fields."""
        options = [Option(**option) for option in fields.get("options", ())]
        return super(Predict, cls).build({**fields, "options": options})

    def prompt(self, seed: int) -> Prompt:
        """The question with its options, one letter each, or with the unit in which a number is wanted."""
        if self.options:
            return Prompt(self.question, tuple(option.text for option in shuffled(self.options, seed)), "letter")
        return Prompt(f"{self.question.rstrip()}\n\n{request([self._amount()])}", entry="line")

    def judge(self, response: str, seed: int) -> Verdict:
        """`response` is a letter or an option's text, or a number; empty is "don't know"."""
        if self.options:
            return _options.judged(response, shuffled(self.options, seed), self.id)
        return amount.judged(response, [self._amount()])

    def reveal(self, seed: int) -> str:
        """What was measured, the command that measures it, and what there is to say about it."""
        settings = "".join(f" --set {setting}" for setting in self.parameters)
        mutant = f" --mutant {self.mutant}" if self.mutant else ""
        command = f"quiz prove {self.demo}{settings}{mutant}"
        return f"{self.measurement}: **{self._amount()}**, by `{command}`.\n\n{self.answer}"

    def problems(self) -> Iterator[Problem]:
        """A demo that is linked too, a tolerance, settings, and options as a choice has them."""
        if self.demo not in self.demos:
            yield Problem("demo", f"{self.demo!r} is not among `demos`", f"add `- {self.demo}` to `demos:`")
        if wrong := [setting for setting in self.parameters if "=" not in setting]:
            yield Problem("parameters", f"{wrong[0]!r} sets nothing", "write name=value")
        try:
            tolerance(self.tolerance)
        except Misused as error:
            yield Problem("tolerance", str(error), "write `tolerance: 5 %`")
        if self.options:
            yield from _options.problems(self.options)

    def _amount(self) -> Amount:
        return Amount(self.value, self.unit, self.tolerance)
