"""What a generator is made of: a question with drawn numbers, its answer, and the formula worked out with them.

A generator is one file in this folder; its name with dashes is the file's name with underscores. It has

- a docstring: what is computed, then `Source:`, where the formula stands;
- `draw(rng) -> Draw`, which picks parameters from configurations that exist (refusing, by drawing again, what would tie
  or round two ways) and calls
- `worked(params) -> Draw`, which has no chance in it: the same parameters give the same draw, so that a review of long
  ago can be shown again from the parameters in the log.
"""

import os
import random
from collections.abc import Callable, Mapping
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from quiz import discover
from quiz.bank.amount import Amount
from quiz.bank.finding import nearest

PACKAGE = "quiz.bank.generators"


class Tensor(NamedTuple):
    """The shape of one tensor that is asked for; a size is a number or, where it is left open, a symbol."""

    name: str
    shape: tuple[int | str, ...]

    def __str__(self) -> str:
        return f"({', '.join(map(str, self.shape))}{',' if len(self.shape) == 1 else ''})"


class Draw(NamedTuple):
    """One question as drawn. Texts are Markdown with `$...$` formulas."""

    params: dict[str, Any]
    """What was drawn, as JSON keeps it; `worked(params)` is this draw."""
    question: str
    """Complete in itself: every number, what is left out, and GB or GiB where bytes are asked for."""
    answer: tuple[Amount, ...] | tuple[Tensor, ...]
    working: str
    """The formula, then the same with the numbers that were drawn."""


SHAPES = "-shapes"
"""How the names of those generators end that draw shapes and not numbers."""


@cache
def names() -> tuple[str, ...]:
    """The generators there are; nothing is imported."""
    return tuple(discover.names(os.path.dirname(__file__)))


def suggestion(name: str) -> str:
    """What to write instead of a name that no generator has."""
    near = nearest(name, names())
    return f"did you mean `{near}`?" if near else f"write one of {', '.join(names())}"


def drawn(name: str, seed: int) -> Draw:
    """What the generator draws under that seed."""
    draw: Draw = discover.module(PACKAGE, name).draw(random.Random(seed))
    return draw


def again(name: str, params: Mapping[str, Any]) -> Draw:
    """The draw that once had these parameters, whatever the generator draws by now."""
    draw: Draw = discover.module(PACKAGE, name).worked(params)
    return draw


def unlike(pick: Callable[[], dict[str, Any]], refused: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """The first of at most 1000 picks that is not refused."""
    for _ in range(1000):
        params = pick()
        if not refused(params):
            return params
    raise RuntimeError("a thousand draws were refused: the generator refuses nearly everything")


def many(count: int, one: str, more: str = "") -> str:
    """`1 sequence`, `4 sequences`."""
    return f"{count:,} {one if count == 1 else more or one + 's'}"


def billions(count: int) -> str:
    """`13 billion`, `1.4 trillion`, `410 million`."""
    for size, word in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")):
        if count >= size:
            return f"{count / size:g} {word}"
    return f"{count:,}"


def shares(rng: random.Random, count: int, step: int) -> list[int]:
    """So many whole multiples of `step` per mille, largest first, that add up to 1000."""
    cuts = sorted(rng.sample(range(step, 1000, step), count - 1))
    return sorted((high - low for low, high in pairwise([0, *cuts, 1000])), reverse=True)
