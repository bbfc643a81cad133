"""A sentence, formula or piece of code with blanks to fill in; each blank takes any of the answers listed for it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from quiz.bank.amount import quoted
from quiz.bank.matching import LONGEST, normalised
from quiz.bank.question import Problem, Prompt, Question, Verdict
from quiz.errors import Misused
from quiz.memory.values import Rating

BLANK = r"___+"
_FORMULA = r"\$\$(?:[^$\\]|\\.)+\$\$|\$(?:[^$\\\n]|\\.)+\$"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cloze(Question):
    """`question` holds a `___` for each blank; `blanks` has a line for each, its answers parted by ` | `."""

    judged: ClassVar[bool] = True
    help: ClassVar[str] = (
        "Type what belongs into the blanks, parted by `;` where there are several. Capitals, spaces and the way a "
        "formula is written do not matter: sqrt(d_k), √dₖ. An empty line: don't know."
    )

    blanks: tuple[str, ...]
    """The first answer of each is the one that is shown."""

    def prompt(self, seed: int) -> Prompt:
        """The text with its blanks, numbered if there are several."""
        numbers = iter(range(1, len(self.blanks) + 1))
        one = len(self.blanks) == 1
        text = re.sub(BLANK, lambda _: "[ ___ ]" if one else f"[{next(numbers, '?')} ___ ]", self.question)
        return Prompt(text, entry="line")

    def judge(self, response: str, seed: int) -> Verdict:
        """`response` fills the blanks, parted by `;`; an empty part is "don't know". Misused where the count is off."""
        line = response.strip()
        given = self._given(line) if line else [""] * len(self.blanks)
        told = [_held(text, answers) for text, answers in zip(given, self._answers(), strict=True)]
        right = all(one for one, _ in told)
        lines = [f"- {number}: {said}" for number, (_, said) in enumerate(told, 1)]
        return Verdict(
            right=right,
            rating=Rating.GOOD if right else Rating.AGAIN,
            feedback="\n".join(lines) if len(lines) > 1 else told[0][1],
            response=line or None,
        )

    def reveal(self, seed: int) -> str:
        """The text with its blanks filled in, and what there is to say about it."""
        answers = iter(self._answers())
        filled = re.sub(BLANK, lambda _: f"[ {next(answers, ['?'])[0]} ]", self.question)
        return f"{filled.rstrip()}\n\n{self.answer}"

    def problems(self) -> Iterator[Problem]:
        """As many blanks as lines of answers; none within a formula; answers that can be told apart and typed."""
        found = len(re.findall(BLANK, self.question))
        if found != len(self.blanks) or not found:
            said = f"the question has {found} blanks and `blanks` has {len(self.blanks)} lines"
            yield Problem("blanks", said, "write ___ in the question for each line of `blanks`")
        if any(re.search(BLANK, formula) for formula in re.findall(_FORMULA, self.question)):
            yield Problem("question", "a blank stands within $...$", "end the formula before it, or write it as code")
        if re.search(r"___\(", self.question):
            yield Problem("question", "a blank is followed by ( at once, which makes it a link", "put a space between")
        for answers in self._answers():
            empty = any(not re.search(r"\w", answer) and not normalised(answer) for answer in answers)
            if empty or max(map(len, answers)) > LONGEST:
                yield Problem("blanks", f"{answers[0]!r} has an answer that is empty or too long", "a few words each")
            if any(";" in answer for answer in answers):
                yield Problem("blanks", f"{answers[0]!r} holds a `;`, which parts answers", "write it in another way")

    def remarks(self) -> Iterator[Problem]:
        """Answers that need not be listed."""
        for answers in self._answers():
            forms = [normalised(answer) for answer in answers]
            for nth, answer in enumerate(answers):
                if forms[nth] in forms[:nth]:
                    said = f"{answer!r} is no other answer: only spelling, spaces or signs differ"
                    yield Problem("blanks", said, "leave it out, it is accepted anyway", "warning")

    def _answers(self) -> list[list[str]]:
        return [[answer.strip() for answer in line.split(" | ")] for line in self.blanks]

    def _given(self, line: str) -> list[str]:
        given = [part.strip() for part in line.split(";")] if len(self.blanks) > 1 else [line]
        if len(given) != len(self.blanks):
            raise Misused(f"There are {len(self.blanks)} blanks: fill them in one line, with ; between the answers.")
        if max(map(len, given)) > LONGEST:
            raise Misused(f"An answer has more than {LONGEST} characters: a few words each are enough.")
        return given


def _held(text: str, answers: list[str]) -> tuple[bool, str]:
    if not text:
        return False, f"it is **{answers[0]}**"
    right = normalised(text) in map(normalised, answers)
    if right:
        return True, f"{quoted(text)} is right"
    return False, f"{quoted(text)} is not right: it is **{answers[0]}**"
