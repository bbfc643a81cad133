"""Where bank files are found."""

import os
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from quiz.errors import Misused


class BankFile(NamedTuple):
    """A bank file, or a folder of them."""

    path: str
    shipped: bool = False
    """Whether it came with the program; its questions can be replaced and are never written."""
    required: bool = True
    """Whether it is a mistake if nothing is there."""


def shipped() -> str:
    """The bank that comes with the program: inside the installed package, or beside it in a checkout."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    inside = os.path.join(package, "data", "questions.yaml")
    return inside if os.path.exists(inside) else os.path.join(os.path.dirname(package), "data", "questions.yaml")


def files(banks: Iterable[BankFile | str]) -> list[BankFile]:
    """The bank files of some files and folders, each once, in the order named and then by name; raises Misused."""
    found: dict[str, BankFile] = {}
    for bank in banks:
        bank = BankFile(bank) if isinstance(bank, str) else bank
        for path in _files(bank):
            found.setdefault(os.path.realpath(path), bank._replace(path=path))
    return list(found.values())


def _files(bank: BankFile) -> Iterator[str]:
    path = os.path.abspath(bank.path)
    if os.path.isdir(path):
        with os.scandir(path) as entries:
            names = [entry.name for entry in entries]
        for name in sorted(names):
            if name.endswith((".yaml", ".yml")) and not name.startswith("."):
                yield os.path.join(path, name)
    elif os.path.lexists(path):
        yield path
    elif bank.required:
        raise Misused(f"There is no bank file or folder {bank.path}: check the name.")
