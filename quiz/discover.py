"""The folder is the registry: kinds, generators and commands are found by looking; listing imports nothing."""

import os
from importlib import import_module
from types import ModuleType


def names(folder: str) -> list[str]:
    """The entries of a folder of modules, sorted: files and sub-folders, without those that begin with `_`."""
    found = []
    for entry in os.scandir(folder):
        stem, ending = os.path.splitext(entry.name)
        if not stem.startswith(("_", ".")) and (ending == ".py" or (not ending and entry.is_dir())):
            found.append(stem.replace("_", "-"))
    return sorted(found)


def module(package: str, name: str) -> ModuleType:
    """The module behind an entry: `module("quiz.commands", "next")`."""
    return import_module(f"{package}.{name.replace('-', '_')}")


def summary(path: str) -> str:
    """The first line of a file's docstring, read from its beginning alone: parsing whole files is slow."""
    with open(path, encoding="utf-8") as file:
        return file.readline().strip().lstrip('r"').rstrip('"').strip()
