"""What is being typed in an interview, in a file beside the learner's: safe from a kill, and no part of the log."""

import json
import os
from contextlib import suppress
from typing import Any, NamedTuple

from quiz.commands import _context

NAME = "interview-draft.json"
EVERY = 1.0
"""Seconds between two looks at what there is to keep; nothing typed is older than twice that."""


class Draft(NamedTuple):
    """The question on the screen, and how far its answer is."""

    session: str
    card: str
    seed: int
    move: str
    parent: str | None
    allotted: float
    shown: float
    """Seconds of the interview when the question appeared."""
    elapsed: float
    line: str
    noting: str
    notes: tuple[str, ...]


def path() -> str:
    """Where the draft is."""
    return os.path.join(_context.places().home, NAME)


def save(draft: Draft) -> None:
    """Keep the draft: whole, or as it was before. Raises OSError."""
    unnamed = f"{path()}.{os.getpid()}"
    with open(unnamed, "w", encoding="utf-8") as file:
        json.dump(draft._asdict(), file)
    os.replace(unnamed, path())


def load(session: str) -> Draft | None:
    """The draft of an interview, if there is one; ValueError for a file that is none."""
    try:
        with open(path(), encoding="utf-8") as file:
            fields = json.load(file)
    except FileNotFoundError:
        return None
    except (OSError, RecursionError) as error:
        raise ValueError(str(error)) from None
    if not isinstance(fields, dict) or set(fields) != set(Draft._fields):
        raise ValueError("it has other fields than a draft")
    draft = Draft(**{**fields, "notes": tuple(fields["notes"] or ())})
    texts: list[Any] = [draft.session, draft.card, draft.move, draft.line, draft.noting, *draft.notes]
    numbers: list[Any] = [draft.allotted, draft.shown, draft.elapsed]
    sound = all(isinstance(text, str) for text in texts) and type(draft.seed) is int
    if not sound or not all(type(number) in (int, float) and 0 <= number < 1e9 for number in numbers):
        raise ValueError("its fields are not what they should be")
    return draft if draft.session == session else None


def drop() -> None:
    """Forget the draft."""
    with suppress(OSError):
        os.remove(path())
