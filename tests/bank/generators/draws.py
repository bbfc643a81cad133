"""Two hundred draws of a generator, each held against a computation that shares nothing with it."""

from collections.abc import Iterator
from math import isclose
from typing import Any

from quiz.bank.generators._draw import Draw, Tensor, again, drawn

SEEDS = range(200)


def values(draw: Draw) -> list[Any]:
    """The values of the answer, in order: numbers, texts, or tuples of sizes."""
    return [part.shape if isinstance(part, Tensor) else part.value for part in draw.answer]


def two_hundred(name: str) -> Iterator[tuple[dict[str, Any], list[Any]]]:
    """Parameters and answer of the draws under the first two hundred seeds."""
    for seed in SEEDS:
        draw = drawn(name, seed)
        yield draw.params, values(draw)


def sample(name: str, **params: Any) -> list[Any]:
    """The answer for these parameters."""
    return values(again(name, params))


def shown(name: str, **params: Any) -> list[str]:
    """The answer for these parameters, as it is printed."""
    return [str(part) for part in again(name, params).answer]


def close(value: float, other: float, share: float = 1e-9) -> bool:
    """Whether two numbers agree to `share` of their size."""
    return isclose(value, other, rel_tol=share, abs_tol=1e-15)
