"""A question, what is shown of it, and what a judged answer says. The kinds in `kinds/` fill this in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, NamedTuple, Self

from quiz.memory.values import Rating

TOPICS: Mapping[str, tuple[str, ...]] = {
    "nlp-fundamentals": ("tokens", "embeddings", "word-vectors", "similarity", "language-models"),
    "transformer-internals": (
        "attention",
        "masks",
        "positions",
        "heads",
        "ffn",
        "residuals-norms",
        "attention-cost",
    ),
    "llm-core": (
        "gpt",
        "bert",
        "t5",
        "llama-mistral",
        "moe",
        "pretraining",
        "scaling",
        "post-training",
        "inference",
    ),
    "output-and-prompting": ("sampling", "decoding", "output-control", "prompting", "reasoning", "failures"),
}
"""Area -> its topics, in the order of the syllabus."""

LEVELS = ("basic", "intermediate", "advanced")


class Prompt(NamedTuple):
    """What a learner is asked, before anything is revealed."""

    text: str
    """Markdown."""
    options: tuple[str, ...] = ()
    """The lettered lines in the order shown; empty for a kind without options."""
    entry: Literal["reveal", "letter", "line"] = "reveal"
    """How an answer is given: spoken and then revealed, a letter, or a line that is typed."""
    params: Mapping[str, Any] | None = None
    """What a generator drew, for the log."""


class Verdict(NamedTuple):
    """What judging a response says; nothing is decided where `right` is None."""

    right: bool | None = None
    rating: Rating | None = None
    """The rating a judged answer suggests."""
    feedback: str = ""
    """Markdown, shown above the answer."""
    response: str | None = None
    """The response as the log keeps it: an option by its text."""


class Problem(NamedTuple):
    """One thing `bank check` has to say about a question."""

    field: str
    problem: str
    fix: str
    severity: Literal["error", "warning"] = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """An entry of the bank. Text fields are Markdown with `$...$` formulas."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid", "allow_inf_nan": False}
    judged: ClassVar[bool] = False
    """Whether `judge` decides right or wrong, so that no rating has to be given."""
    help: ClassVar[str] = "Say the answer aloud, reveal it, and tick the points that you said."
    """How an answer is given, in a sentence or two."""

    id: str
    area: str
    topic: str
    concept: str
    level: str
    kind: str
    question: str
    answer: str
    key_points: tuple[str, ...] = ()
    pitfalls: tuple[str, ...] = ()
    follow_ups: tuple[str, ...] = ()
    demos: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    verified_by: Literal["demo", "generator", "cited"] | None = None
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    replaces: str | None = None
    """The version of the shipped question that this one was copied from."""

    @classmethod
    def build(cls, fields: Mapping[str, Any]) -> Self:
        """A question from fields that were validated before (the index), lists for tuples."""
        values: dict[str, Any] = {name: tuple(its) if isinstance(its, list) else its for name, its in fields.items()}
        return cls(**values)

    @property
    def drawn_by(self) -> str:
        """The generator that draws its numbers anew at each review; empty where there is none."""
        return ""

    def prompt(self, seed: int) -> Prompt:
        """What is asked; `seed` fixes the order of options or what a generator draws."""
        return Prompt(self.question)

    def judge(self, response: str, seed: int) -> Verdict:
        """What a response to `prompt(seed)` is worth; raises Misused when it is none."""
        return Verdict(response=response or None)

    def reveal(self, seed: int) -> str:
        """The answer to `prompt(seed)`, Markdown."""
        return self.answer

    def problems(self) -> Iterator[Problem]:
        """What this kind finds wrong with itself, beyond what holds for every question."""
        return iter(())

    def remarks(self) -> Iterator[Problem]:
        """What a reviewer of this kind says besides: what does a session no harm and is too dear for a load."""
        return iter(())
