"""What a demo is made of: plain values, and the one comparison that decides whether a claim holds.

A demo is one file in this folder; its name with dashes is the file's name with underscores. The file reads like
the explanation it proves and has three parts:

1. The module docstring. Its first line is the claim in one sentence, then an empty line, `Topic:`, `Source:` and,
   where the experiment contradicts a common wording, `Refutes:`, each on one line; then, in words, the experiment.
   The list of demos is read from these lines alone, so nothing may stand before them.

2. One function `measure(rng, *, ...) -> Found`. Keyword arguments annotated with `Annotated[int, Parameter(...)]`
   (or `float`, or `tuple[int, ...]` for a curve) are the *parameters* that a reader may set. All other keyword
   arguments are *ingredients*: the right one is the default, a mutant or a control replaces it. All chance comes from
   `rng`. Whatever it returns may hold NumPy values; the runner makes plain ones of them.

3. `DEMO = Demo(measure, ...)` with the mutants, the controls, the sentences and the cost.

The verdict follows from the evidence, never from the demo: `confirmed` when every measurement holds, every control
holds and every mutant is refuted by the same measurements; `refuted` when a measurement fails; `not testable here` when
the measurements hold but a mutant passes too or a control fails, so that the check has no power at these parameters.
"""

import operator
from collections.abc import Callable, Mapping, Sequence
from math import isfinite
from typing import Any, Literal, NamedTuple

Relation = Literal["<", "<=", ">", ">=", "=", "between"]
Verdict = Literal["confirmed", "refuted", "not testable here"]

_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
}


def holds(value: float, relation: Relation, bound: float | tuple[float, float]) -> bool:
    """Whether `value relation bound` is true; `between` excludes both ends. What is not finite never holds."""
    if not isfinite(value):
        return False
    if isinstance(bound, tuple):
        if relation != "between":
            raise ValueError(f"{relation!r} takes one number as its bound, not {bound}")
        low, high = bound
        return low < value < high
    return _COMPARE[relation](value, bound)


class Parameter(NamedTuple):
    """Bounds (both allowed) and unit of a parameter, and of what it is a multiple.

    All hold for each value where the parameter is a tuple, which takes 2 to 64 values.
    """

    low: float
    high: float
    unit: str = ""
    multiple: int = 1


class Measurement(NamedTuple):
    """One figure, what it must be, and why the bound stands where it stands. `unit` is empty for a pure number."""

    name: str
    value: float
    relation: Relation
    bound: float | tuple[float, float]
    because: str
    unit: str = ""

    @property
    def holds(self) -> bool:
        return holds(self.value, self.relation, self.bound)


class Lines(NamedTuple):
    """Curves by name, each (xs, ys). `with_mutants` draws the same curve of every mutant beside a single one."""

    title: str
    series: Mapping[str, tuple[Sequence[float], Sequence[float]]]
    x_label: str = ""
    y_label: str = ""
    log_x: bool = False
    log_y: bool = False
    with_mutants: bool = False


class Heatmap(NamedTuple):
    """A matrix, row 0 on top; both sides at most 16 so that it fits 60 columns."""

    title: str
    matrix: Sequence[Sequence[float]]
    row_labels: Sequence[str] | None = None
    column_labels: Sequence[str] | None = None


class Bars(NamedTuple):
    """Labelled amounts, none negative."""

    title: str
    items: Sequence[tuple[str, float]]
    unit: str = ""


class Histogram(NamedTuple):
    """Values to be counted in equal bins."""

    title: str
    values: Sequence[float]
    x_label: str = ""


Chart = Lines | Heatmap | Bars | Histogram


class Found(NamedTuple):
    """What one run of `measure` found."""

    measurements: Sequence[Measurement]
    charts: Sequence[Chart] = ()


class Cost(NamedTuple):
    """Upper estimate of one run of `measure`: most bytes held at once, seconds on one core."""

    bytes: float
    seconds: float


class Mutant(NamedTuple):
    """A deliberate mistake: ingredients that replace the right ones. The measurements must refute it."""

    name: str
    what: str
    ingredients: Mapping[str, object]


class Control(NamedTuple):
    """A case beside the claim in which all measurements must hold too: other ingredients, or a measure of its own."""

    name: str
    what: str
    measure: Callable[..., Found] | None
    ingredients: Mapping[str, object]


class Demo(NamedTuple):
    """A demo: the experiment, its mistakes, its conditions, what it teaches and what it leaves open.

    `cost` is called with the parameters by name; it may raise `BadParameter` where values do not fit one another.
    """

    measure: Callable[..., Found]
    mutants: Sequence[Mutant]
    learnt: str
    not_shown: str
    cost: Callable[..., Cost]
    controls: Sequence[Control] = ()


class BadParameter(ValueError):
    """One sentence: which parameter, what is wrong, what is allowed."""


def mutant(name: str, what: str, /, **ingredients: object) -> Mutant:
    """The mistake `name`: `what` says in words what is broken, the keywords are the broken ingredients."""
    return Mutant(name, what, ingredients)


def control(name: str, what: str, measure: Callable[..., Found] | None = None, /, **ingredients: object) -> Control:
    """The control `name`; a `measure` of its own is handed `rng` and those parameters that it declares."""
    return Control(name, what, measure, ingredients)
