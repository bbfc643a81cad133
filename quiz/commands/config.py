"""Show and change the settings: those of the schedule, and this machine's looks, editor and folders."""

from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from quiz.commands import _context

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quiz.commands._desk import Desk


class Setting(NamedTuple):
    """A setting as it is shown."""

    name: str
    value: Any
    default: Any
    where: str
    """`log` or the path of config.toml."""
    allowed: str
    explains: str


def _names() -> list[str]:
    from quiz.commands._config import KEYS
    from quiz.study.limits import LIMITS

    return [*LIMITS, *KEYS]


def command(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="A setting; all if none.", autocompletion=_names)
    ] = None,
    value: Annotated[str | None, typer.Argument(metavar="[VALUE]", help="What it is to be from now on.")] = None,
    default: Annotated[bool, typer.Option("--default", help="Back to what it is without being set.")] = False,
) -> None:
    """Show all settings, explain one, or change it. What moves the schedule is kept in the log and travels with it."""
    from quiz.commands._desk import open_desk
    from quiz.errors import Misused
    from quiz.study.limits import LIMITS

    if name is not None and name not in _names():
        raise Misused(f"There is no setting {name!r}: they are {', '.join(_names())}.")
    if value is not None and default:
        raise Misused("A value and --default say two things: leave one away.")
    desk = open_desk()
    if name is not None and (value is not None or default):
        (_schedule if name in LIMITS else _machine)(desk, name, None if default else value)
    _show([setting for setting in _settings(desk) if name in (None, setting.name)], one=name is not None)


def _schedule(desk: "Desk", name: str, text: str | None) -> None:
    """Record a `set` event; the cards are made anew where they depend on it."""
    from quiz.errors import Misused
    from quiz.study.event import Event
    from quiz.study.limits import LIMITS
    from quiz.study.settings import Settings

    limit = LIMITS[name]
    try:
        number = float(Settings._field_defaults[name] if text is None else text)
    except ValueError:
        number = float("nan")
    if not limit.allows(number):
        raise Misused(f"{name} cannot be {text}: it is {limit.allowed()}.")
    desk.mark(Event("set", *desk.now(), data={name: int(number) if limit.whole else number}))


def _machine(desk: "Desk", name: str, text: str | None) -> None:
    from quiz.commands._config import meant, write

    write(_context.places().config, name, None if text is None else meant(name, text))
    _context.forget_config()


def _settings(desk: "Desk") -> "list[Setting]":
    from quiz.commands._config import KEYS
    from quiz.study.limits import LIMITS
    from quiz.study.settings import Settings

    path, ours = _context.places().config, _context.config()
    return [
        Setting(name, getattr(desk.settings, name), Settings._field_defaults[name], "log", its.allowed(), its.explains)
        for name, its in LIMITS.items()
    ] + [
        Setting(name, ours.get(name, its.default), its.default, path, its.allowed(), its.explains)
        for name, its in KEYS.items()
    ]


def _show(settings: "Sequence[Setting]", one: bool) -> None:
    if _context.options().json:
        for setting in settings:
            _context.print_json(setting._asdict())
        return
    where = ""
    for its in settings:
        if its.where != where and not one:
            where = its.where
            print(("\n" if where != "log" else "") + ("In the log" if where == "log" else f"In {where}"))
        changed = "" if its.value == its.default else f"   (without it: {_shown(its.default)})"
        print(f"{its.name:12} {_shown(its.value)}{changed}\n    {its.explains} ({its.allowed}).")
    if not one:
        print("\nquiz config NAME VALUE changes one, --default sets it back")


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, (int, float)) else value or "none"
