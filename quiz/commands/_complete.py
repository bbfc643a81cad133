"""What the shell completes: the ids of questions, and ratings."""

from quiz.commands import _context


def card_ids(incomplete: str) -> list[str]:
    """The ids that begin like this; none where the bank cannot be opened, since a completion must never complain."""
    from quiz.errors import QuizError

    try:
        return _context.bank(_context.places()).ids(incomplete)
    except QuizError:
        return []


def ratings(incomplete: str) -> list[str]:
    """The four ratings."""
    return [name for name in ("again", "hard", "good", "easy") if name.startswith(incomplete)]
