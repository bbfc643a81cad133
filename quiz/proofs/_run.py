"""Runs a demo: reads its parameters, refuses what is too large, and weighs measurements, controls and mutants."""

import inspect
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, NamedTuple

from quiz.proofs._demo import BadParameter, Chart, Cost, Demo, Found, Measurement, Parameter, Verdict

MOST_BYTES = 2e9
MOST_SECONDS = 60.0
MOST_VALUES = 64

Value = int | float | tuple[int, ...] | tuple[float, ...]


class Declared(NamedTuple):
    """A parameter of a demo: its default, the type of one value, whether it takes several, and its bounds."""

    default: Value
    type: type[int] | type[float]
    several: bool
    bounds: Parameter


class ControlRun(NamedTuple):
    """A control as it came out."""

    name: str
    what: str
    measurements: Sequence[Measurement]

    @property
    def holds(self) -> bool:
        return all(m.holds for m in self.measurements)


class MutantRun(NamedTuple):
    """A mutant as it came out: killed when at least one of the demo's own measurements fails."""

    name: str
    what: str
    measurements: Sequence[Measurement]
    charts: Sequence[Chart]

    @property
    def killed(self) -> bool:
        return not all(m.holds for m in self.measurements)


class Outcome(NamedTuple):
    """A demo as it came out, in plain values. `broken` names the mutant that was run in place of the demo, if any."""

    name: str
    seed: int
    parameters: Mapping[str, Value]
    units: Mapping[str, str]
    measurements: Sequence[Measurement]
    charts: Sequence[Chart]
    controls: Sequence[ControlRun]
    mutants: Sequence[MutantRun]
    learnt: str
    not_shown: str
    broken: str | None

    @property
    def verdict(self) -> Verdict:
        if not all(m.holds for m in self.measurements):
            return "refuted"
        powerful = all(c.holds for c in self.controls) and (self.broken or all(m.killed for m in self.mutants))
        return "confirmed" if powerful else "not testable here"

    @property
    def expected(self) -> Verdict:
        return "refuted" if self.broken else "confirmed"


def load(name: str) -> Demo:
    """The demo `name`; only its own module is imported."""
    demo: Demo = import_module(f"quiz.proofs.{name.replace('-', '_')}").DEMO
    return demo


def declared(demo: Demo) -> dict[str, Declared]:
    """The parameters of a demo by name: those keyword arguments of `measure` that are annotated with bounds."""
    found = {}
    for name, argument in inspect.signature(demo.measure).parameters.items():
        bounds = [m for m in getattr(argument.annotation, "__metadata__", ()) if isinstance(m, Parameter)]
        if bounds:
            several = isinstance(argument.default, tuple)
            one = argument.default[0] if several else argument.default
            found[name] = Declared(argument.default, type(one), several, bounds[0])
    return found


def read_settings(name: str, settings: Sequence[str]) -> tuple[str | None, list[dict[str, Value]]]:
    """What `k=v` and `k=v,v,...` ask for: the parameter that is swept, if any, and the parameters of each run.

    Raises BadParameter where a name is unknown, a value is no number or out of bounds, or two parameters are swept.
    """
    known = declared(load(name))
    given: dict[str, list[int] | list[float]] = {}
    for setting in settings:
        key, equals, text = setting.partition("=")
        key = key.strip()
        if not equals:
            raise BadParameter(
                f"{setting!r} sets nothing: write --set name=value, for example --set {_example(known)}."
            )
        if key not in known:
            raise BadParameter(f"{name} has no parameter {key!r}: it has {', '.join(known) or 'none'}.")
        given[key] = [_number(key, part, known[key]) for part in text.split(",")]
        if len(given[key]) > MOST_VALUES:
            raise BadParameter(f"{key} has {len(given[key])} values: at most {MOST_VALUES} are run.")

    base: dict[str, Value] = {key: parameter.default for key, parameter in known.items()}
    swept: list[tuple[str, list[Any]]] = []
    for key, values in given.items():
        if known[key].several and len(values) < 2:
            raise BadParameter(f"{key} takes two values or more, separated by commas: it is a curve over {key}.")
        if known[key].several:
            base[key] = tuple(values)
        elif len(values) == 1:
            base[key] = values[0]
        else:
            swept.append((key, values))
    if len(swept) > 1:
        raise BadParameter(
            f"Only one parameter at a time can take several values, not {swept[0][0]} and {swept[1][0]}."
        )
    if not swept:
        return None, [base]
    key, values = swept[0]
    return key, [base | {key: value} for value in values]


def _example(known: Mapping[str, Declared]) -> str:
    key, parameter = next(iter(known.items()), ("d_k", None))
    default = parameter.default if parameter else 64
    return f"{key}={','.join(map(str, default)) if isinstance(default, tuple) else default}"


def _number(key: str, text: str, parameter: Declared) -> int | float:
    try:
        value = parameter.type(text)
    except ValueError:
        kind = "a whole number" if parameter.type is int else "a number"
        raise BadParameter(f"{key} is {kind}, not {text.strip()!r}.") from None
    low, high, unit, multiple = parameter.bounds
    if not low <= value <= high:  # also where it is nan
        raise BadParameter(f"{key} lies between {low:g} and {high:g}{unit and ' ' + unit}, not at {text.strip()}.")
    if multiple > 1 and value % multiple:
        raise BadParameter(f"{key} is a multiple of {multiple}, not {text.strip()}.")
    return value


def check_cost(name: str, parameters: Sequence[Mapping[str, Value]]) -> None:
    """Raises BadParameter when one run would hold over 2 GB, or all of them (with mutants) last over a minute."""
    demo = load(name)
    costs: list[Cost] = [demo.cost(**p) for p in parameters]
    runs = 1 + len(demo.mutants) + len(demo.controls)
    size, seconds = max(c.bytes for c in costs), runs * sum(c.seconds for c in costs)
    if size > MOST_BYTES or seconds > MOST_SECONDS:
        raise BadParameter(
            f"{name} would take about {size / 1e9:.1f} GB and {seconds:.0f} s with these parameters; "
            f"the limit is 2 GB and a minute: choose smaller ones."
        )


def run(name: str, parameters: Mapping[str, Value] | None = None, seed: int = 0, broken: str | None = None) -> Outcome:
    """Runs the demo `name` with its controls and mutants, or, with `broken`, the one mutant in place of the demo.

    `parameters` are complete (`read_settings`), None the defaults. Each run draws from its own `default_rng(seed)`, so
    that a mutant sees the very data of the claim. Raises BadParameter for an unknown mutant.
    """
    demo = load(name)
    known = declared(demo)
    given = {key: p.default for key, p in known.items()} if parameters is None else dict(parameters)
    mutants = [m for m in demo.mutants if broken in (None, m.name)]
    if not mutants and broken:
        raise BadParameter(f"{name} has no mutant {broken!r}: it has {', '.join(m.name for m in demo.mutants)}.")

    tried = [MutantRun(m.name, m.what, *_found(demo.measure, given | dict(m.ingredients), seed)) for m in mutants]
    if broken:
        found, controls = Found(tried[0].measurements, tried[0].charts), []
    else:
        found = _found(demo.measure, given, seed)
        controls = [
            ControlRun(
                c.name, c.what, _found(c.measure or demo.measure, given | dict(c.ingredients), seed).measurements
            )
            for c in demo.controls
        ]
    units = {key: p.bounds.unit for key, p in known.items()}
    return Outcome(name, seed, given, units, *found, controls, tried, demo.learnt, demo.not_shown, broken)


def _found(measure: Any, arguments: Mapping[str, object], seed: int) -> Found:
    """One run in plain values, on its own stream of chance. A mutant may overflow: what is not finite never holds."""
    import numpy as np

    taken = inspect.signature(measure).parameters
    with np.errstate(all="ignore"):
        found = measure(np.random.default_rng(seed), **{k: v for k, v in arguments.items() if k in taken})
    plain: Found = _plain(found)
    return plain


def _plain(value: Any) -> Any:
    """The same value without NumPy, so that it can be printed, sent to another process and compared."""
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, Mapping):
        return {_plain(k): _plain(v) for k, v in value.items()}
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*map(_plain, value))
    return (
        [_plain(v) for v in value]
        if isinstance(value, list)
        else (tuple(map(_plain, value)) if isinstance(value, tuple) else value)
    )
