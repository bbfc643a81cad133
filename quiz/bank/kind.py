"""The kinds of questions: a file in `kinds/` each, imported when a question of that kind is met."""

from functools import cache

from quiz import discover
from quiz.bank import kinds
from quiz.bank.question import Question


@cache
def kind_names() -> list[str]:
    """The names of all kinds; none of them is imported."""
    return discover.names(kinds.__path__[0])


@cache
def kind_of(name: str) -> type[Question]:
    """The class of questions of that kind."""
    module = discover.module(kinds.__name__, name)
    for value in vars(module).values():
        if isinstance(value, type) and issubclass(value, Question) and value.__module__ == module.__name__:
            return value
    raise TypeError(f"{module.__name__} has no class of questions")
