"""The filter options that several commands share."""

from typing import Annotated

import typer

from quiz import discover
from quiz.bank.question import LEVELS, TOPICS
from quiz.errors import Misused
from quiz.study.deck import Deck


def _areas() -> list[str]:
    return list(TOPICS)


def _topics() -> list[str]:
    return [topic for topics in TOPICS.values() for topic in topics]


def _levels() -> list[str]:
    return list(LEVELS)


def _kinds() -> list[str]:
    from quiz.bank import kinds

    return discover.names(kinds.__path__[0])


Area = Annotated[
    list[str] | None, typer.Option(help="Only this area. May be repeated.", metavar="AREA", autocompletion=_areas)
]
Topic = Annotated[list[str] | None, typer.Option(help="Only this topic.", metavar="TOPIC", autocompletion=_topics)]
Level = Annotated[
    list[str] | None, typer.Option(help="basic, intermediate or advanced.", metavar="LEVEL", autocompletion=_levels)
]
Kind = Annotated[
    list[str] | None, typer.Option(help="Only this kind of question.", metavar="KIND", autocompletion=_kinds)
]
Tag = Annotated[list[str] | None, typer.Option(help="Only questions with this tag.", metavar="TAG")]


def deck(
    area: list[str] | None,
    topic: list[str] | None,
    level: list[str] | None,
    kind: list[str] | None,
    tag: list[str] | None,
) -> Deck:
    """The deck that the options name; an area, topic, level or kind that does not exist is said so."""
    if not (area or topic or level or kind or tag):
        return Deck()
    for word, given, known in (
        ("area", area, _areas()),
        ("topic", topic, _topics()),
        ("level", level, _levels()),
        ("kind", kind, _kinds() if kind else []),
    ):
        for value in given or ():
            if value not in known:
                raise Misused(f"There is no {word} {value!r}{_near(value, known)}. Known: {', '.join(known)}.")
    return Deck(*(tuple(values or ()) for values in (area, topic, level, kind, tag)))


def _near(value: str, known: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(value, known, n=1)
    return f"; did you mean {near[0]}?" if near else ""
