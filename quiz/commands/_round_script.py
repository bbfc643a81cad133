"""A round driven by a program: a JSON object a line, in and out. After a line that will not do, the question waits."""

import json
import sys
from collections.abc import Mapping
from typing import Any

from quiz.commands._context import print_json
from quiz.commands._round import Round
from quiz.errors import Misused
from quiz.memory.values import Rating

LONGEST = 1_000_000
"""Characters of a line."""


def run(asked: Round) -> None:
    """Ask until the round is over or the input ends; then the score."""
    while asked.advance():
        _say(_question(asked))
        if not _respond(asked):
            break
    told = asked.close()
    topics = {topic: {"right": right, "of": of} for topic, (right, of) in told.by_topic.items()}
    missed = [answer.card for answer in told.missed]
    _say({"type": "score", "right": told.right, "of": told.of, "by_topic": topics, "missed": missed})


def _respond(asked: Round) -> bool:
    """One question: its response, and where nobody can judge that, what the learner says it is worth."""
    while (fields := _line()) is not None:
        try:
            verdict = asked.hand_in(_response(fields), _confidence(fields))
        except Misused as error:
            _error(str(error))
            continue
        if verdict.rating is not None:
            asked.rate(None, None)
        _say(_verdict(asked))
        return verdict.rating is not None or _rated(asked)
    return False


def _rated(asked: Round) -> bool:
    while (fields := _line()) is not None:
        try:
            asked.rate(*_worth(fields, len(asked.turn.question.key_points)))
            return True
        except Misused as error:
            _error(str(error))
    return False


def _question(asked: Round) -> dict[str, Any]:
    turn, place = asked.turn, asked.progress()
    drawn = bool(turn.prompt.options) or turn.prompt.params is not None
    return {
        "type": "question",
        "n": place.nth,
        "of": place.of,
        "card": asked.card.id,
        "kind": turn.question.kind,
        "question": turn.prompt.text,
        "options": list(turn.prompt.options) or None,
        "seed": turn.seed if drawn else None,
    }


def _verdict(asked: Round) -> dict[str, Any]:
    turn = asked.turn
    return {
        "type": "verdict",
        "card": asked.card.id,
        "right": turn.verdict.right,
        "rating": None if turn.verdict.rating is None else int(turn.verdict.rating),
        "answer": turn.question.reveal(turn.seed),
        "key_points": list(turn.question.key_points),
        "feedback": turn.verdict.feedback,
    }


def _line() -> Mapping[str, Any] | None:
    """The next line that is a JSON object; None at the end of the input."""
    while True:
        try:
            text = sys.stdin.readline(LONGEST)
            if not text:
                return None
            fields = json.loads(text)
        except UnicodeDecodeError:
            _error("That line is not UTF-8.")
        except (ValueError, RecursionError):
            _error('That line is no JSON: write an object such as {"response": "b"}.')
        else:
            if isinstance(fields, dict):
                return fields
            _error('That line is no JSON object: write one such as {"response": "b"}.')


def _response(fields: Mapping[str, Any]) -> str:
    if "response" not in fields:
        raise Misused('The question waits for {"response": ...}: a letter, a text, or null for "don\'t know".')
    given = fields["response"]
    if given is None:
        return ""
    if isinstance(given, bool) or not isinstance(given, str | int | float):
        raise Misused("`response` must be a text, a number, or null.")
    return str(given).encode("utf-8", "replace").decode().strip()


def _confidence(fields: Mapping[str, Any]) -> float | None:
    given = fields.get("confidence")
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 <= given <= 1:
        raise Misused("`confidence` must be a number from 0 to 1.")
    return float(given)


def _worth(fields: Mapping[str, Any], points: int) -> tuple[frozenset[int] | None, Rating | None]:
    """The ticks and the rating of a question that nobody judged; one of the two will do."""
    ticked, rating = fields.get("ticked"), fields.get("rating")
    if ticked is None and rating is None:
        raise Misused('Say what that was worth: {"ticked": [0, 2]}, the key points said, or {"rating": 3}.')
    if rating is not None and (isinstance(rating, bool) or rating not in (1, 2, 3, 4)):
        raise Misused("`rating` must be 1, 2, 3 or 4.")
    if ticked is not None:
        whole = isinstance(ticked, list) and all(type(nth) is int and 0 <= nth < points for nth in ticked)
        if not whole or not points:
            raise Misused(f"`ticked` must be a list of numbers from 0 to {points - 1}." if points else "No key points.")
    return None if ticked is None else frozenset(ticked), None if rating is None else Rating(rating)


def _error(message: str) -> None:
    _say({"type": "error", "message": message})


def _say(fields: Mapping[str, Any]) -> None:
    print_json(fields)
    sys.stdout.flush()
