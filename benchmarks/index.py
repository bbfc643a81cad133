"""How long the first build of a bank's index takes, checks included, against `yaml.CSafeLoader` loading the same file.

    python -m benchmarks.index [--runs 3]

Whole processes, interleaved, medians, at 500 and at 100,000 questions (some minutes: the loader needs most of them).
Then what an up-to-date index costs a start beyond `import typer, sqlite3`.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from statistics import median
from typing import NamedTuple

from benchmarks.generate import bank

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BOUND, MEGABYTES = 0.35, 200
LOADER = "import sys, yaml; yaml.load(open(sys.argv[1], 'rb').read(), Loader=yaml.CSafeLoader)"
INDEX = "import sys, {}; from quiz.bank.index import open_index; print(open_index(sys.argv[1:2], sys.argv[2]).count)"
FLOOR = "import typer, sqlite3"


class Taken(NamedTuple):
    """What a process took."""

    seconds: float
    megabytes: float
    """At its peak."""


def run(program: str, *arguments: str) -> Taken:
    """One whole process of this Python."""
    begun = time.perf_counter()
    child = subprocess.Popen([sys.executable, "-c", program, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0, program
    scale = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Taken(time.perf_counter() - begun, used.ru_maxrss / scale)


def compare(count: int, runs: int, folder: str) -> None:
    """Print the ratio of first build and loader at a number of questions, the peaks, and the cost of later starts."""
    path, cache = os.path.join(folder, f"{count}.yaml"), os.path.join(folder, "cache")
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(bank(count))
    ours, theirs = [], []
    for _ in range(runs):
        for name in os.listdir(cache) if os.path.isdir(cache) else ():
            os.unlink(os.path.join(cache, name))
        ours.append(run(INDEX.format("sqlite3"), path, cache))
        theirs.append(run(LOADER, path))
    ratio = median(t.seconds for t in ours) / median(t.seconds for t in theirs)
    print(f"{count:,} questions, {os.path.getsize(path) / 1e6:.1f} MB")
    for name, taken in (("index", ours), ("loader", theirs)):
        seconds, peak = median(t.seconds for t in taken), max(t.megabytes for t in taken)
        print(f"  {name:8}{seconds:8.2f} s  {peak:7.0f} MB at its peak")
    bounds = f"   at most {BOUND}, {MEGABYTES} MB" if count == 100_000 else ""
    print(f"  ratio   {ratio:8.2f}{bounds}")
    starts: Mapping[str, list[float]] = {"index": [], "floor": []}
    for _ in range(21):
        starts["index"].append(run(INDEX.format("typer, sqlite3"), path, cache).seconds)
        starts["floor"].append(run(FLOOR).seconds)
    more = median(starts["index"]) - median(starts["floor"])
    print(f"  later starts: {1e3 * more:.1f} ms more than `{FLOOR}`")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--runs", type=int, default=3)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        compare(500, max(given.runs, 7), folder)
        compare(100_000, given.runs, folder)


if __name__ == "__main__":
    main()
