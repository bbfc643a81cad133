"""What is wrong with a bank, where, and what to write instead."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]


class Finding(NamedTuple):
    """One thing to say about a bank file. A question with an error is left out, one with a warning is asked."""

    file: str
    line: int
    """From 1; 0 where the whole file is meant."""
    id: str
    """The question's id, empty where it has none or the file is meant."""
    field: str
    """`question`, `options.2.why` (lists count from 1), or empty."""
    severity: Severity
    problem: str
    fix: str


class Fault(NamedTuple):
    """A finding before it is known which file and question it belongs to."""

    line: int
    field: str
    problem: str
    fix: str
    severity: Severity = "error"

    def found(self, file: str, question: str = "") -> Finding:
        """The finding that this is in `file`, about the question of that id."""
        return Finding(file, self.line, question, self.field, self.severity, self.problem, self.fix)


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that a typo was meant for, or an empty string."""
    from difflib import get_close_matches  # costs milliseconds and is needed for typos only

    return next(iter(get_close_matches(word, list(known), n=1)), "")


def shown(text: object, limit: int = 40) -> str:
    """Something out of a file as it can stand in a sentence: on one line, short, its control characters visible."""
    plain = repr(text if isinstance(text, str) else str(text))
    return plain if len(plain) <= limit else plain[: limit - 4] + "..." + plain[0]


def sentence(finding: Finding, file: str) -> str:
    """The finding on one line for a human: `file:line: id: field: problem. Fix.`; `file` as it is to be shown."""
    place = f"{file}:{finding.line}" if finding.line else file
    about = "".join(f"{part}: " for part in (finding.id, finding.field) if part)
    kind = "warning: " if finding.severity == "warning" else ""
    fix = finding.fix[:1].upper() + finding.fix[1:] + ("" if finding.fix.endswith("?") else ".")
    return f"{place}: {kind}{about}{finding.problem}. {fix}"
