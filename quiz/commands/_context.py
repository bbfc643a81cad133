"""What a command needs of the world outside: the options given everywhere, the places on disk, the clock."""

import os
import sys
import time
from collections.abc import Mapping
from typing import Any, NamedTuple

from quiz.bank.index import Index, open_index
from quiz.bank.places import BankFile, shipped
from quiz.errors import Misused
from quiz.study.day import Moment, moment


class Options(NamedTuple):
    """The options that every command takes."""

    json: bool = False
    plain: bool = False
    banks: tuple[str, ...] = ()


class Places(NamedTuple):
    """Where this learner's files are."""

    home: str
    """The learner's folder."""
    learner: str
    """The learner's file: the log and the cards."""
    cache: str
    """What can be made anew."""
    own: str
    """The folder of the learner's own bank files."""
    config: str
    """This machine's settings; most learners have none."""


_options = Options()
_config: dict[str, Any] | None = None


def reset() -> None:
    """Forget the options of an earlier command line in this process."""
    global _options, _config
    _options, _config = Options(), None


def config() -> dict[str, Any]:
    """This machine's settings as config.toml has them; empty without the file. Raises Failed where it is wrong."""
    global _config
    if _config is None:
        path, _config = _folders()[2], {}
        if os.path.lexists(path):
            from quiz.commands._config import read

            _config = read(path)
    return _config


def forget_config() -> None:
    """Read config.toml anew when it is asked for next."""
    global _config
    _config = None


def environ() -> Mapping[str, str]:
    """The environment as far as looks depend on it: without colours where config.toml wants none."""
    return {**os.environ, "NO_COLOR": "1"} if config().get("colour") == "never" else os.environ


def note(ctx: Any, param: Any, value: Any) -> None:
    """Callback of the options that every command takes: given once, before or after the command's name, they hold."""
    global _options
    if value:
        kept = {"banks": (*_options.banks, *value)} if param.name == "bank" else {param.name: True}
        _options = _options._replace(**kept)


def options() -> Options:
    """The options that were given, with QUIZ_BANK standing in for `--bank`."""
    given = _options._replace(plain=True) if config().get("plain") else _options
    if not given.banks and (named := os.environ.get("QUIZ_BANK")):
        return given._replace(banks=tuple(part for part in named.split(os.pathsep) if part))
    return given


def on_screen() -> bool:
    """Whether to draw a screen and read keys; else everything runs line by line."""
    dumb = options().plain or os.environ.get("TERM") == "dumb"
    return not dumb and sys.stdin.isatty() and sys.stdout.isatty()


def places() -> Places:
    """The learner's folders: under QUIZ_HOME where it is set, else where this system keeps such files."""
    home, cache, settings = _folders()
    own = os.path.expanduser(config().get("bank") or "bank")
    return Places(home, os.path.join(home, "learner.db"), cache, os.path.join(home, own), settings)


def _folders() -> tuple[str, str, str]:
    """Home, cache and the path of config.toml."""
    if home := os.environ.get("QUIZ_HOME"):
        home = os.path.abspath(os.path.expanduser(home))
        return home, os.path.join(home, "cache"), os.path.join(home, "config.toml")
    from platformdirs import user_cache_dir, user_config_dir, user_data_dir

    home, cache, settings = (f("quiz", appauthor=False) for f in (user_data_dir, user_cache_dir, user_config_dir))
    return home, cache, os.path.join(settings, "config.toml")


def banks(where: Places) -> list[BankFile]:
    """The bank files that were asked for: the shipped one and the learner's own, or those named instead."""
    if named := options().banks:
        return [BankFile(shipped(), shipped=True) if bank == "shipped" else BankFile(bank) for bank in named]
    return [BankFile(shipped(), shipped=True), BankFile(where.own, required=False)]


def bank(where: Places, *, empty: bool = False) -> Index:
    """The index of the bank, made anew where a file has changed; `empty`: also where it has no question left."""
    return open_index(banks(where), where.cache, empty=empty)


def now(rollover: int) -> Moment:
    """This moment, or the one at which QUIZ_NOW lets the clock stand."""
    if stands := os.environ.get("QUIZ_NOW"):
        return _standing(stands, rollover)
    at = time.time()
    return moment(int(at * 1000), _offset(at), rollover)


def _standing(text: str, rollover: int) -> Moment:
    from datetime import datetime

    try:
        clock = datetime.fromisoformat(text)
        zoned = clock if clock.tzinfo else clock.astimezone()
        offset = zoned.utcoffset()
        at = round(zoned.timestamp() * 1000)
    except (ValueError, OverflowError, OSError):
        raise Misused(f"QUIZ_NOW is {text!r}, which is no time: write it like 2026-11-24T08:30.") from None
    return moment(at, round(offset.total_seconds() / 60) if offset else 0, rollover)


def _offset(at: float) -> int:
    try:
        return time.localtime(at).tm_gmtoff // 60
    except (OverflowError, OSError, ValueError):
        return 0


def print_json(fields: Mapping[str, Any]) -> None:
    """One JSON object on a line of stdout, with the number of its schema."""
    import json

    print(json.dumps({"schema": 1, **fields}, ensure_ascii=False, allow_nan=False))
