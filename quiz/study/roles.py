"""What an interview for each role asks: shares of topics and of kinds, and how long an answer may take. One table.

docs/interview.md shows the same table with its reasons; a test holds the two together.
"""

from collections.abc import Mapping

ROLES = ("ml-engineer", "research", "llm-engineer")

TOPICS: Mapping[str, tuple[int, int, int]] = {
    "tokens": (2, 2, 4),
    "embeddings": (2, 2, 1),
    "word-vectors": (2, 1, 1),
    "similarity": (3, 1, 3),
    "language-models": (3, 3, 2),
    "attention": (5, 5, 4),
    "masks": (3, 3, 2),
    "positions": (2, 4, 3),
    "heads": (3, 3, 3),
    "ffn": (2, 2, 1),
    "residuals-norms": (3, 4, 1),
    "attention-cost": (3, 4, 4),
    "gpt": (3, 3, 3),
    "bert": (3, 2, 1),
    "t5": (1, 2, 1),
    "llama-mistral": (2, 2, 3),
    "moe": (2, 3, 2),
    "pretraining": (3, 5, 1),
    "scaling": (3, 5, 2),
    "post-training": (3, 4, 4),
    "inference": (4, 2, 5),
    "sampling": (3, 2, 4),
    "decoding": (2, 2, 3),
    "output-control": (2, 1, 4),
    "prompting": (2, 1, 5),
    "reasoning": (1, 2, 4),
    "failures": (3, 2, 5),
}
"""Topic -> its parts in the openers of an interview for each of ROLES; a topic of the learner's own counts 1."""

KINDS: Mapping[str, tuple[int, int, int]] = {
    "recall": (50, 50, 50),
    "numeric": (20, 20, 20),
    "shape": (10, 15, 5),
    "bug": (10, 5, 10),
    "predict": (10, 10, 15),
    "cloze": (0, 0, 0),
    "choice": (0, 0, 0),
}
"""Kind -> its per cent of an interview. 0: no interviewer asks so; only where the bank has nothing else to ask."""

SECONDS: Mapping[str, tuple[int, int, int]] = {
    "recall": (120, 150, 180),
    "numeric": (150, 180, 210),
    "shape": (90, 120, 150),
    "bug": (120, 150, 180),
    "predict": (90, 120, 150),
    "cloze": (60, 60, 60),
    "choice": (60, 75, 90),
}
"""Kind -> seconds for an answer at each level (basic, intermediate, advanced); other kinds: as recall."""


def topic_share(role: str, topic: str) -> int:
    """The parts of a topic in an interview for a role."""
    return TOPICS[topic][ROLES.index(role)] if topic in TOPICS else 1


def kind_share(role: str, kind: str) -> float:
    """The share of a kind in an interview for a role, 0..1."""
    return KINDS[kind][ROLES.index(role)] / 100 if kind in KINDS else 0.0
