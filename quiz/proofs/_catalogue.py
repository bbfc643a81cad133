"""Which demos there are, told from the beginning of each file: nothing is imported, nothing parsed.

The first lines of a demo are its claim, an empty line, and `Topic:`, `Source:` and perhaps `Refutes:`.
"""

import os
from typing import NamedTuple

HEAD = 1024  # bytes: reading 75 whole files would cost a start more than it may take
FOLDER = os.path.dirname(__file__)


class Entry(NamedTuple):
    """A demo as its docstring announces it; `refutes` is the wording it contradicts, or empty."""

    name: str
    claim: str
    topic: str
    source: str
    refutes: str


def path(name: str) -> str:
    """The file of the demo `name`."""
    return os.path.join(FOLDER, name.replace("-", "_") + ".py")


def read(name: str) -> Entry:
    """The entry of the demo `name`; FileNotFoundError where there is none."""
    with open(path(name), "rb", buffering=0) as file:  # a buffer costs five times the read
        head = file.read(HEAD).decode("utf-8", "ignore")
    claim, _, rest = head.removeprefix('"""').partition("\n")
    fields = dict(line.split(": ", 1) for line in rest.partition("\n\n")[0].splitlines() if ": " in line)
    return Entry(name, claim, fields.get("Topic", ""), fields.get("Source", ""), fields.get("Refutes", ""))


def names() -> list[str]:
    """All demos by name, in the order of the alphabet."""
    files = (entry for entry in os.listdir(FOLDER) if entry.endswith(".py"))
    return sorted(f[:-3].replace("_", "-") for f in files if not f.startswith("_") and f != "numerics.py")


def entries() -> list[Entry]:
    """All demos, by topic and then by name."""
    return sorted(map(read, names()), key=lambda entry: (entry.topic, entry.name))


def explanation(name: str) -> str:
    """The docstring of the demo `name` after its first lines: the experiment in words."""
    with open(path(name), encoding="utf-8") as file:
        docstring = file.read().split('"""', 2)[1]
    return docstring.partition("\n\n")[2].partition("\n\n")[2].strip()
