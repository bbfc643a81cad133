"""How long a start takes, against the floor `python -c "import typer, sqlite3"`: whole processes, interleaved, medians.

    python -m benchmarks.start [--runs 21] [--large]

Measures an installed copy with its compiled files, made in a temporary folder. With --large the same with 100,000
questions and 1,000,000 reviews, in the three states of benchmarks/generate.py, each also under a plan (some minutes).
In the state `due` all is backlog. The day's list is made once a day, by the run before the first that counts.
"""

import argparse
import os
import pty
import select
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Mapping
from statistics import median

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
NOW = "2026-11-23T09:00:00+00:00"
TOMORROW = "2026-11-24"
BOUNDS = {
    **dict.fromkeys(("next", "status", "next, under a plan", "status, under a plan"), 1.4),
    "help": 1.2,
    "the very first start": 4.2,
    "the first screen": 2.5,
}
BOUND_LARGE = 1.6


def installed(folder: str) -> str:
    """A copy of the program as its wheel installs it, beside this environment's libraries; the path of its script."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    subprocess.run(build, check=True, cwd=ROOT, stderr=subprocess.DEVNULL)
    for name in os.listdir(folder):
        zipfile.ZipFile(os.path.join(folder, name)).extractall(folder)
    subprocess.run([sys.executable, "-m", "compileall", "-q", folder], check=True)
    script = os.path.join(folder, "start.py")
    with open(script, "w", encoding="utf-8") as file:
        file.write(f"import sys; sys.path.insert(0, {folder!r}); from quiz.__main__ import main; main()\n")
    return script


def seconds(command: list[str], environment: Mapping[str, str]) -> float:
    """Of one whole process, its output thrown away."""
    begun = time.perf_counter()
    done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, cwd="/")
    taken = time.perf_counter() - begun
    assert done.returncode == 0, command
    return taken


def screen(command: list[str], environment: Mapping[str, str]) -> float:
    """Until the first question with its keys stands on a terminal of 80 by 24."""
    begun = time.perf_counter()
    pid, terminal = pty.fork()
    if pid == 0:
        os.execve(command[0], command, {**environment, "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"})
    seen = b""
    while b"quit" not in seen and b"other keys" not in seen:  # the last words of the footer
        if select.select([terminal], [], [], 10)[0]:
            seen += os.read(terminal, 65536)
    taken = time.perf_counter() - begun
    os.write(terminal, b"\x03")
    try:
        while os.read(terminal, 65536):
            pass
    except OSError:
        pass
    os.waitpid(pid, 0)
    os.close(terminal)
    return taken


def compare(runs: int, cases: Mapping[str, Callable[[], float]], bounds: Mapping[str, float]) -> None:
    """Print each case's median and its ratio to the floor's."""
    taken: dict[str, list[float]] = {name: [] for name in cases}
    for turn in range(runs + 1):
        for name, case in cases.items():
            once = case()
            if turn:
                taken[name].append(once)
    floor = median(taken["the floor"])
    for name, times in taken.items():
        bound = f"   at most {bounds[name]}" if name in bounds else ""
        print(f"  {name:<22}{1e3 * median(times):7.1f} ms  {median(times) / floor:5.2f}{bound}")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--runs", type=int, default=21)
    arguments.add_argument("--large", action="store_true")
    given = arguments.parse_args()
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", "QUIZ_BANK")}
    with tempfile.TemporaryDirectory() as folder:
        run = [sys.executable, installed(os.path.join(folder, "copy"))]
        home = os.path.join(folder, "home")
        environment = {**kept, "QUIZ_HOME": home, "QUIZ_NOW": NOW}

        def first() -> float:
            shutil.rmtree(home, ignore_errors=True)
            return seconds([*run, "next", "--json"], environment)

        def floor() -> float:
            return seconds([sys.executable, "-c", "import typer, sqlite3"], environment)

        planned = {**environment, "QUIZ_HOME": os.path.join(folder, "planned")}
        seconds([*run, "plan", "2027-01-15", "--json"], planned)
        print("The shipped bank, a new learner")
        compare(
            given.runs,
            {
                "the floor": floor,
                "the very first start": first,
                "next": lambda: seconds([*run, "next", "--json"], environment),
                "status": lambda: seconds([*run, "status", "--json"], environment),
                "next, under a plan": lambda: seconds([*run, "next", "--json"], planned),
                "status, under a plan": lambda: seconds([*run, "status", "--json"], planned),
                "help": lambda: seconds([*run, "--help"], environment),
                "the first screen": lambda: screen([*run], environment),
            },
            BOUNDS,
        )
        for state in ("due", "done", "new") if given.large else ():
            home = os.path.join(folder, state)
            make = [sys.executable, "-m", "benchmarks.generate", home, "--questions", "100000", "--reviews", "1000000"]
            subprocess.run([*make, "--state", state, "--today", NOW[:10]], check=True, cwd=ROOT)
            large = {**kept, "QUIZ_HOME": home, "QUIZ_NOW": NOW, "QUIZ_BANK": os.path.join(home, "questions.yaml")}
            for plan in (False, True):
                print(f"100,000 questions, 1,000,000 reviews, {state}{', under a plan' if plan else ''}")
                if plan:
                    seconds([*run, "plan", "2027-01-15", "--per-day", "100", "--json"], large)
                    taken = seconds([*run, "next", "--json"], {**large, "QUIZ_NOW": f"{TOMORROW}T09:00:00+00:00"})
                    print(f"  {'first start of a day':<22}{1e3 * taken:7.1f} ms")
                compare(
                    given.runs,
                    {
                        "the floor": floor,
                        "next": lambda: seconds([*run, "next", "--json"], large),  # noqa: B023  # called in this turn
                        "status": lambda: seconds([*run, "status", "--json"], large),  # noqa: B023
                    },
                    {"next": BOUND_LARGE, "status": BOUND_LARGE},
                )
            shutil.rmtree(home)


if __name__ == "__main__":
    main()
