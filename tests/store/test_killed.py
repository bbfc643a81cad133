"""A process that is killed while it answers: what it had acknowledged is there, and everything fits together."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from quiz.bank.index import open_index
from quiz.store.agenda import open_agenda
from quiz.store.reviews import events_of
from tests.conftest import bank_text, question
from tests.store.conftest import held, log, opened, replayed
from tests.store.test_agenda import shown

CARDS = [f"card-{nth}" for nth in range(5)]
ANSWERS = """
import os, sys
from quiz.bank.index import open_index
from quiz.store.agenda import open_agenda
from quiz.store.ids import uuid7
from quiz.store.open import open_store
from quiz.store.reviews import record, retract
from quiz.study.card import Card
from quiz.study.session import Given, Session, answer
from quiz.study.day import moment

folder, begin = sys.argv[1], int(sys.argv[2])
index = open_index([os.path.join(folder, "bank.yaml")], folder)
store = open_store(os.path.join(folder, "learner.db"), lambda at: uuid7(at, os.urandom(10)))
agenda = open_agenda(store, index, folder)
for nth in range(100_000):
    at = begin + nth * 3_600_000
    card = agenda.card(f"card-{nth % 5}")
    session = Session("sitting", "review", card, store.settings)
    _, after, review = answer(session, Given(1 + nth % 4), moment(at, 0, 4))
    written = record(store, review, card, after)
    print(written.id, flush=True)
    if nth % 7 == 6:
        print(retract(store, written.id, moment(at + 1, 0, 4)).id, flush=True)
    agenda.catch_up()
"""


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill so")
def test_nothing_that_was_acknowledged_is_lost_when_the_process_is_killed(tmp_path: Path) -> None:
    (tmp_path / "bank.yaml").write_text(bank_text([question(card) for card in CARDS]), encoding="utf-8")
    acknowledged: list[str] = []
    chance = random.Random(7)
    for nth in range(15):
        program = [sys.executable, "-c", ANSWERS, str(tmp_path), str(1_763_884_800_000 + nth * 10**9)]
        with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            for _ in range(chance.randrange(20) if nth else 0):  # the first may die before it has made anything
                acknowledged.append(process.stdout.readline().strip())
            time.sleep(chance.uniform(0, 0.003))  # somewhere in the midst of an answer
            process.kill()
            acknowledged += [line.strip() for line in process.stdout if line.endswith("\n")]
    store = opened(tmp_path / "learner.db")
    assert set(acknowledged) <= {event.id for event in log(store)}
    assert len(acknowledged) >= 50
    assert [event.seq for event, _ in sorted(events_of(store), key=lambda e: e[0].seq)] == list(
        range(1, len(log(store)) + 1)
    )
    assert store.connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    for card in CARDS:
        assert held(store, card) == replayed(store, card)
    index = open_index([str(tmp_path / "bank.yaml")], str(tmp_path))
    (tmp_path / "anew").mkdir()
    assert shown(open_agenda(store, index, str(tmp_path))) == shown(open_agenda(store, index, str(tmp_path / "anew")))
