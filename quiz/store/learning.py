"""The correction of the chance of recall, as the log of the days before has taught it; kept beside the timetable."""

import json
import sqlite3

from quiz.memory.calibration import Calibration
from quiz.store import events
from quiz.store.open import Store
from quiz.study.settings import Settings

TABLE = "CREATE TABLE learning (one INTEGER PRIMARY KEY, study_day, weights, squares)"
EVER = -(1 << 40)


def kept(db: sqlite3.Connection) -> tuple[int, Calibration] | None:
    """The study day on whose morning the correction was learnt, and the correction; None where there is none."""
    row = db.execute("SELECT study_day, weights, squares FROM learning WHERE one = 1").fetchone()
    return row and (row[0], Calibration(tuple(json.loads(row[1])), tuple(json.loads(row[2]))))


def keep(db: sqlite3.Connection, study_day: int, calibration: Calibration) -> None:
    """Keep what the days before `study_day` have taught."""
    row = (study_day, json.dumps(calibration.weights), json.dumps(calibration.squares))
    db.execute("INSERT OR REPLACE INTO learning VALUES (1, ?, ?, ?)", row)


def forget(db: sqlite3.Connection) -> None:
    """Learn anew when it is asked for next: something has changed in the days that taught."""
    db.execute("DELETE FROM learning")


def learn(db: sqlite3.Connection, store: Store, study_day: int, settings: Settings) -> Calibration:
    """The correction on the morning of a study day: what is kept, and what the days since then have taught.

    The bank's cards teach, those that were asked again on a later day than their last one.
    """
    from quiz.memory.calibration import learned
    from quiz.study.history import history

    known = kept(db)
    since, calibration = known if known and known[0] <= study_day else (EVER, Calibration())
    ids = db.execute("SELECT id FROM entry WHERE last_day >= ?", (since,)).fetchall()
    asked = []
    with store.reading() as log:
        for (id,) in ids:
            standing = (event for event, retracted in events.of_card(log, id) if not retracted)
            its = history(standing, settings, lambda _, id=id: id)  # type: ignore[misc]
            asked += [one for one in its if one.before and since <= one.study_day < study_day]
    asked.sort(key=lambda one: (one.study_day, one.at, one.card))
    return learned(calibration, ((one.before, one.recalled) for one in asked if one.before))
