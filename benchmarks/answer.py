"""What a durable answer costs, beside a bare commit of one row with SQLite's same settings, on the same disk.

    python -m benchmarks.answer [--reviews 1000000] [--rounds 400] [--folder build/answer]

An answer: the four futures, the step, the event and the card. Once into an empty log and once into one of many reviews,
by turns with the bare commit; medians. The large log is made in the folder where it is missing, which takes a minute.
"""

import argparse
import os
import random
import sqlite3
from collections.abc import Callable
from statistics import median
from time import perf_counter

from benchmarks import generate
from quiz.memory.values import Rating
from quiz.store import cards
from quiz.store.ids import uuid7
from quiz.store.open import Store, open_store
from quiz.store.reviews import record
from quiz.study.card import futures
from quiz.study.day import DAY_MS, Moment
from quiz.study.session import Given, Session, answer

TODAY = 20_780
EVIDENCE = {"version": "5f0c9d2e", "ticked": [0, 2], "points": 3, "proposed": 3, "think": 8.1}


def answerer(store: Store, cards_count: int, chance: random.Random) -> Callable[[], tuple[float, float]]:
    """A function that answers some card; returns the seconds it took in all, and those before anything was written."""
    (latest,) = store.connection.execute("SELECT max(at) FROM event").fetchone()
    at = max(latest or 0, TODAY * DAY_MS)

    def run() -> tuple[float, float]:
        nonlocal at
        at += 20_000
        card = cards.held(store.connection, generate.card(chance.randrange(cards_count))).card
        session = Session("benchmark", "review", card, store.settings)
        begin = perf_counter()
        futures(card, TODAY, store.settings)
        _, after, review = answer(session, Given(Rating.GOOD, 12.5, EVIDENCE), Moment(at, 0, TODAY))
        pure = perf_counter() - begin
        record(store, review, card, after)
        return perf_counter() - begin, pure

    return run


def barely(path: str) -> Callable[[], tuple[float, float]]:
    """A function that commits one row and nothing else."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode=DELETE")
    db.execute("PRAGMA synchronous=EXTRA")
    db.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, text TEXT)")

    def run() -> tuple[float, float]:
        begin = perf_counter()
        db.execute("BEGIN IMMEDIATE")
        db.execute("INSERT INTO row (text) VALUES ('twenty letters or so')")
        db.execute("COMMIT")
        return perf_counter() - begin, 0.0

    return run


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reviews", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=400)
    parser.add_argument("--folder", default=os.path.join("build", "answer"))
    wanted = parser.parse_args()
    os.makedirs(wanted.folder, exist_ok=True)
    chance = random.Random(2026)

    def store(name: str) -> Store:
        return open_store(os.path.join(wanted.folder, name), lambda at: uuid7(at, os.urandom(10)))

    for name in ("bare.db", "empty.db"):
        if os.path.exists(path := os.path.join(wanted.folder, name)):
            os.remove(path)
    many = max(1, wanted.reviews // 10)
    large = store(f"large-{wanted.reviews}.db")
    if not cards.logged(large.connection):
        generate.fill(large, generate.log(many, wanted.reviews, "due", TODAY, chance), chance)
    runs = {
        "bare commit": barely(os.path.join(wanted.folder, "bare.db")),
        "answer, empty log": answerer(store("empty.db"), 100, chance),
        f"answer, {wanted.reviews:,} events": answerer(large, many, chance),
    }
    took: dict[str, list[tuple[float, float]]] = {name: [] for name in runs}
    for _ in range(wanted.rounds):
        for name, run in runs.items():
            took[name].append(run())
    bare = median(all_ for all_, _ in took["bare commit"])
    for name, times in took.items():
        whole, pure = median(all_ for all_, _ in times), median(pure for _, pure in times)
        print(f"{name:26} {whole * 1e3:7.3f} ms   ratio {whole / bare:5.3f}   of it pure {pure * 1e6:5.1f} us")


if __name__ == "__main__":
    main()
