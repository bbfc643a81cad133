"""The two ways in which a command can end badly. Each carries one sentence: what, where, what to do next."""


class QuizError(Exception):
    """Something the learner has to be told; `code` is the exit code."""

    code = 1


class Failed(QuizError):
    """Rightly asked, but it could not be done: exit code 1."""


class Misused(QuizError):
    """Wrongly asked (unknown card, rating, option, value): exit code 2."""

    code = 2
