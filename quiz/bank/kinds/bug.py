"""A piece of code with one wrong line, which has to be named; a test shows that it matters.

The code is never run where the question is asked. The tests of the shipped bank run it, as it stands and mended.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import dedent, indent
from typing import ClassVar

from quiz.bank.finding import shown
from quiz.bank.question import Problem, Prompt, Question, Verdict
from quiz.errors import Misused
from quiz.memory.values import Rating

WIDEST = 72
"""Characters of a line of code that are seen without folding on 80 columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bug(Question):
    """`fix` stands in for the first of `lines`; `test` fails on the code as it stands and passes on the mended code."""

    judged: ClassVar[bool] = True
    help: ClassVar[str] = "Type the number of the line that is wrong. An empty line: don't know."

    code: str
    """Python."""
    lines: tuple[int, ...]
    """The number of the wrong line, from 1; more than one where another line may be blamed with equal right."""
    fix: str
    """What that line should be; it is indented like the line it stands in for, unless it brings its own indentation."""
    test: str
    """Python that is run after the code, with `assert`."""

    def prompt(self, seed: int) -> Prompt:
        """The question and the numbered code."""
        rows = self.code.rstrip().splitlines()
        digits = len(str(len(rows)))
        numbered = "\n".join(f"{number:>{digits}}  {row}".rstrip() for number, row in enumerate(rows, 1))
        asked = "*Answer with the number of the wrong line.*"
        return Prompt(f"{self.question.rstrip()}\n\n```python\n{numbered}\n```\n\n{asked}", entry="line")

    def judge(self, response: str, seed: int) -> Verdict:
        """`response` is the number of a line (`4`, `line 4`), or empty for "don't know"; Misused for anything else."""
        line = response.strip()
        number = self._number(line) if line else None
        right = number in self.lines
        wrong = f"Line {number} is as it should be; look at line {self.lines[0]}."
        return Verdict(
            right=right,
            rating=Rating.GOOD if right else Rating.AGAIN,
            feedback=f"Line {number} it is." if right else wrong if number else f"It is line {self.lines[0]}.",
            response=line or None,
        )

    def reveal(self, seed: int) -> str:
        """The wrong line and the right one, and what there is to say about it."""
        first = self.lines[0]
        wrong = self.code.splitlines()[first - 1].strip()
        fix = dedent(self.fix).strip()
        return f"Line {first}:\n\n```python\n{wrong}\n```\n\nshould be\n\n```python\n{fix}\n```\n\n{self.answer}"

    def mended(self) -> str:
        """The code with the fix in place of the wrong line."""
        rows = self.code.splitlines()
        wrong = rows[self.lines[0] - 1]
        margin = wrong[: len(wrong) - len(wrong.lstrip())]
        fix = self.fix.rstrip() if self.fix[:1].isspace() else indent(self.fix.rstrip(), margin)
        return "\n".join([*rows[: self.lines[0] - 1], fix, *rows[self.lines[0] :]]) + "\n"

    def problems(self) -> Iterator[Problem]:
        """Lines that exist, a fix that changes something, a test."""
        rows = self.code.splitlines()
        if not self.lines or not all(1 <= number <= len(rows) and rows[number - 1].strip() for number in self.lines):
            said = f"`lines` is {list(self.lines)}, the code has {len(rows)} lines"
            yield Problem("lines", said, "give the number of the wrong line, counted from 1")
            return
        if self.mended().split() == self.code.split():
            yield Problem("fix", "the fix changes nothing", "write the line as it should be")
        if "```" in self.code:
            yield Problem("code", "the code holds ```", "write it without")
        if "assert" not in self.test:
            yield Problem("test", "the test asserts nothing", "assert what holds for the mended code only")

    def remarks(self) -> Iterator[Problem]:
        """Code that parses before and after, in lines that fit."""
        parsed = (("code", self.code), ("fix", self.mended()), ("test", self.test))
        yield from (problem for field, text in parsed for problem in _unparsed(field, text))
        if (widest := max(map(len, self.code.splitlines()))) > WIDEST:
            said = f"a line has {widest} characters and is folded on a narrow screen"
            yield Problem("code", said, f"keep to {WIDEST}", "warning")

    def _number(self, line: str) -> int:
        last = len(self.code.splitlines())
        found = re.fullmatch(r"(?:line|l|#)?\s*([0-9]{1,4})[.:]?", line, re.IGNORECASE)
        if not found or not 1 <= int(found[1]) <= last:
            raise Misused(f"{shown(line)} is no line of the code: answer with a number from 1 to {last}.")
        return int(found[1])


def _unparsed(field: str, text: str) -> Iterator[Problem]:
    import ast
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        said = f"it does not parse: {getattr(error, 'msg', error)}, line {getattr(error, 'lineno', '?')}"
        yield Problem(field, said if field != "fix" else f"with the fix {said}", "correct the Python")
