"""This machine's own settings: looks, editor, folders. Read only where a config.toml exists, and then checked whole."""

import os
from collections.abc import Mapping
from typing import Any, NamedTuple

from quiz.errors import Failed, Misused


class Key(NamedTuple):
    """A setting of config.toml."""

    explains: str
    default: Any
    choices: tuple[str, ...] = ()

    def allowed(self) -> str:
        """In words."""
        if self.choices:
            return f"one of {', '.join(self.choices)}"
        return "true or false" if isinstance(self.default, bool) else "text, in quotes in the file"

    def allows(self, value: object) -> bool:
        """Whether this is a value for it."""
        if self.choices:
            return value in self.choices
        return isinstance(value, type(self.default))


KEYS: Mapping[str, Key] = {
    "colour": Key("Whether to use colours: where the terminal has them, or never", "auto", ("auto", "never")),
    "plain": Key("No boxes, colours or drawn formulas, as --plain", False),
    "two_grades": Key("Ask for recalled or not only, as --two-grades", False),
    "editor": Key("The command that edits questions; empty: VISUAL, EDITOR, or what is installed", ""),
    "bank": Key("The folder of your own bank files; empty: beside the log", ""),
}


def defaults() -> dict[str, Any]:
    """What holds without a file."""
    return {name: key.default for name, key in KEYS.items()}


def read(path: str) -> dict[str, Any]:
    """What the file says, and the defaults for the rest. Raises Failed: which key, which value, what is allowed."""
    try:
        with open(path, "rb") as file:
            data = file.read(1 << 20)
    except FileNotFoundError:
        return defaults()
    except OSError as error:
        raise Failed(f"{path} cannot be read: {(error.strerror or str(error)).lower()}. Mend or remove it.") from None
    import tomllib

    try:
        given = tomllib.loads(data.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Failed(f"{path} is no TOML: {error}. Mend or remove it.") from None
    for name, value in given.items():
        wrong = fault(name, value)
        if wrong:
            raise Failed(f"{path}: {wrong}")
    return {**defaults(), **given}


def fault(name: str, value: object) -> str:
    """What is wrong with a key and its value, in a sentence; empty where nothing is."""
    if name not in KEYS:
        return f"There is no setting {name!r}: this file has {', '.join(KEYS)}."
    if not KEYS[name].allows(value):
        return f"{name} cannot be {value!r}: it is {KEYS[name].allowed()}."
    return ""


def meant(name: str, text: str) -> Any:
    """A value as typed on the command line; raises Misused."""
    value = {"true": True, "false": False}.get(text.lower(), text) if isinstance(KEYS[name].default, bool) else text
    if wrong := fault(name, value):
        raise Misused(wrong)
    return value


def write(path: str, name: str, value: Any) -> None:
    """Put one setting into the file, whose other lines stay as they are; None takes it out."""
    import json
    import re

    from quiz.commands._editor import replace_file

    try:
        with open(path, encoding="utf-8") as file:
            lines = file.read().splitlines()
    except FileNotFoundError:
        lines = []
    kept = [line for line in lines if not re.match(rf"\s*{name}\s*=", line)]
    if value is not None:
        kept.append(f"{name} = {json.dumps(value, ensure_ascii=False)}")
    os.makedirs(os.path.dirname(path), exist_ok=True)
    replace_file(path, "\n".join(kept) + "\n" if kept else "")
