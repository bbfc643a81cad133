"""Finding questions by words: every word has to occur, and where it occurs says how well a question fits."""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

WEIGHTS = {"id": 4, "question": 4, "tags": 3, "key_points": 2, "options": 2, "answer": 1}
"""How much a word counts in a field; twice that where it is a whole word."""


class Hit(NamedTuple):
    """A question that was found."""

    id: str
    score: int
    question: str


def search(words: Sequence[str], bodies: Iterable[tuple[str, str]]) -> list[Hit]:
    """The questions, given as id and JSON, in which every word occurs; the best first, equals in the order given."""
    parts = [word.casefold() for phrase in words for word in phrase.split()]
    patterns = [(part, re.compile(rf"(?<!\w){re.escape(part)}(?!\w)")) for part in parts]
    hits = []
    for question, body in bodies:
        folded = body.casefold()
        if all(json.dumps(part, ensure_ascii=False)[1:-1] in folded for part in parts):
            fields = json.loads(body)
            texts = {field: _text(fields.get(field, "")).casefold() for field in WEIGHTS}
            scores = [_score(part, whole, texts) for part, whole in patterns]
            if all(scores):
                hits.append(Hit(question, sum(scores), fields["question"]))
    return sorted(hits, key=lambda hit: -hit.score)


def _score(part: str, whole: re.Pattern[str], texts: dict[str, str]) -> int:
    return sum(WEIGHTS[field] * (2 if whole.search(text) else 1) for field, text in texts.items() if part in text)


def _text(value: Any) -> str:
    """All text of a field, through lists and mappings (options)."""
    if isinstance(value, dict):
        value = list(value.values())
    return " ".join(map(_text, value)) if isinstance(value, list) else str(value)
