"""A sitting beside Anki's own backend: open, take the next card and answer, five times; whole processes, medians.

    python -m pip install anki; python -m benchmarks.peers [--runs 9] [--large]

Ours runs through a pipe, and once more with its screens drawn on a terminal. At 100 questions, and with --large at
100,000 (made by benchmarks/generate.py), where all are new in both.
"""

import argparse
import os
import pty
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from statistics import median

from benchmarks.start import NOW, ROOT, installed

ANSWERS = 5
BOUNDS = {"ours, through a pipe": 0.4, "ours, drawn": 0.65}

MAKE = """
import sys
from anki.collection import Collection
collection = Collection(sys.argv[1])
notetype = collection.models.by_name("Basic")
deck = collection.decks.id("Default")
requests = []
from anki.collection import AddNoteRequest
for number in range(int(sys.argv[2])):
    note = collection.new_note(notetype)
    note["Front"], note["Back"] = f"Question {number}?", f"Answer {number}. " + "Words. " * 40
    requests.append(AddNoteRequest(note, deck))
collection.add_notes(requests)
collection.close()
"""
ANSWER = """
import sys
from anki.collection import Collection
from anki.scheduler.v3 import CardAnswer
collection = Collection(sys.argv[1])
for _ in range(5):
    queued = collection.sched.get_queued_cards(fetch_limit=1)
    top = queued.cards[0]
    card = collection.get_card(top.card.id)
    card.start_timer()
    card.question(), card.answer()
    answer = collection.sched.build_answer(card=card, states=top.states, rating=CardAnswer.GOOD)
    collection.sched.answer_card(answer)
collection.close()
"""


def piped(command: list[str], environment: Mapping[str, str], lines: str = "") -> float:
    """Seconds of a whole process with these lines on its standard input."""
    begun = time.perf_counter()
    subprocess.run(command, env=environment, input=lines, text=True, stdout=subprocess.PIPE, check=True, cwd="/")
    return time.perf_counter() - begun


def drawn(command: list[str], environment: Mapping[str, str]) -> float:
    """Seconds of a whole process on a terminal whose learner answers five cards without thinking, then quits."""
    begun = time.perf_counter()
    pid, terminal = pty.fork()
    if pid == 0:
        os.execve(command[0], command, {**environment, "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"})
    for _ in range(ANSWERS):
        _press(terminal, b"Space", b" ")
        _press(terminal, b"easy", b"3")
    _press(terminal, b"Space", b"q")
    try:
        while os.read(terminal, 65536):
            pass
    except OSError:
        pass
    os.waitpid(pid, 0)
    os.close(terminal)
    return time.perf_counter() - begun


def _press(terminal: int, when: bytes, key: bytes) -> None:
    """Press a key as soon as these words are drawn."""
    seen = b""
    while when not in seen:
        if not select.select([terminal], [], [], 10)[0]:
            raise TimeoutError(f"{when!r} was not drawn")
        seen += os.read(terminal, 65536)
    os.write(terminal, key)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--runs", type=int, default=9)
    arguments.add_argument("--large", action="store_true")
    given = arguments.parse_args()
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE", "QUIZ_BANK")}
    with tempfile.TemporaryDirectory() as folder:
        run = [sys.executable, installed(os.path.join(folder, "copy"))]
        for count in (100, 100_000) if given.large else (100,):
            home = os.path.join(folder, str(count))
            make = [sys.executable, "-m", "benchmarks.generate", home, "--questions", str(count), "--reviews", "0"]
            subprocess.run([*make, "--state", "new", "--today", NOW[:10]], check=True, cwd=ROOT)
            bank = os.path.join(home, "questions.yaml")
            environment = {**kept, "QUIZ_HOME": home, "QUIZ_NOW": NOW, "QUIZ_BANK": bank}
            piped([*run, "status"], environment)  # the index is made
            collection = os.path.join(folder, f"{count}.anki2")
            subprocess.run([sys.executable, "-c", MAKE, collection, str(count)], check=True, env=kept)
            used = [os.path.join(home, "learner.db"), os.path.join(home, "cache"), collection]
            for path in used:
                subprocess.run(["cp", "-a", path, f"{path}.fresh"], check=True)
            review = [*run, "review"]
            cases = {
                "Anki's backend": lambda: piped([sys.executable, "-c", ANSWER, collection], kept),  # noqa: B023
                "ours, through a pipe": lambda: piped([*review, "--plain"], environment, "\n3\n" * ANSWERS),  # noqa: B023
                "ours, drawn": lambda: drawn(review, environment),  # noqa: B023
            }
            taken: dict[str, list[float]] = {name: [] for name in cases}
            for turn in range(given.runs + 1):
                for name, case in cases.items():
                    for path in used:  # nothing is answered yet, in every run
                        subprocess.run(["rm", "-rf", path], check=True)
                        subprocess.run(["cp", "-a", f"{path}.fresh", path], check=True)
                    once = case()
                    if turn:
                        taken[name].append(once)
            peer = median(taken["Anki's backend"])
            print(f"{count:,} questions, {ANSWERS} answers")
            for name, times in taken.items():
                bound = f"   at most {BOUNDS[name]}" if name in BOUNDS else ""
                print(f"  {name:<22}{1e3 * median(times):7.1f} ms  {median(times) / peer:5.2f}{bound}")


if __name__ == "__main__":
    main()
