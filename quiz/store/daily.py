"""What a study day asks, made once and kept: the list of a plan, or without one the order of a backlog.

It follows from the cards as the log had them when the day began, so that a list that is made anew later is the same.
"""

import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from quiz.memory.values import Rating
from quiz.store import events
from quiz.store.open import Store
from quiz.study.settings import Settings

if TYPE_CHECKING:  # imported where a list is made: the other starts of a day do not wait for it
    from quiz.study.plan import Plan, Planned

KEPT = 2000
"""So much of a backlog is put in order, more than a day has time for; the rest follows by due day."""
RECENT = 1000
"""So many of the latest answers say how long one takes."""


class Listed(NamedTuple):
    """Which list the timetable holds."""

    study_day: int
    final: bool
    """From the last days of a plan."""


class Candidate(NamedTuple):
    """A question of the plan as it is now."""

    id: str
    topic: str
    card: "Planned"


def listed(db: sqlite3.Connection) -> Listed | None:
    """Which list there is."""
    row = db.execute("SELECT study_day, final FROM day WHERE one = 1").fetchone()
    return Listed(row[0], bool(row[1])) if row else None


def make(db: sqlite3.Connection, store: Store, study_day: int, settings: Settings) -> None:
    """Make the day's list, in a transaction that the caller holds."""
    plan = settings.plan_on(study_day)
    final, ids = _planned(db, store, study_day, settings, plan) if plan else (False, _backlog(db, study_day, settings))
    db.execute("DELETE FROM listed")
    db.executemany("INSERT INTO listed (id) VALUES (?)", ((id,) for id in ids))
    db.execute("INSERT OR REPLACE INTO day VALUES (1, ?, ?)", (study_day, final))


def candidates(db: sqlite3.Connection, store: Store, study_day: int, plan: "Plan") -> list[Candidate]:
    """The questions of the plan that can be asked on the day, in the order of learning, as they are now."""
    from quiz.study.plan import Planned

    rows = db.execute(
        "SELECT id, topic, kind, concept, stability, difficulty, last_day FROM entry "
        "WHERE on_the_day IS NOT NULL AND buried_on IS NOT ? ORDER BY rank",
        (study_day,),
    )
    cost = _costs(db, store) if plan.per_day is None else {}
    usual = cost.get("", 1.0)
    return [
        Candidate(id, topic, Planned(concept, s, d or 0.0, last or 0, cost.get(kind, usual)))
        for id, topic, kind, concept, s, d, last in rows
    ]


def _planned(
    db: sqlite3.Connection, store: Store, study_day: int, settings: Settings, plan: "Plan"
) -> tuple[bool, list[str]]:
    from quiz.study.plan import final_from, share

    found = candidates(db, store, study_day, plan)
    cards = [candidate.card for candidate in found]
    for nth, candidate in enumerate(found):
        if candidate.card.last_day >= study_day:
            cards[nth] = _in_the_morning(candidate, store, study_day, settings)
    chosen = share(cards, study_day, plan.date, plan.budget(), settings.weights)
    final = study_day >= final_from(sum(card.cost for card in cards), plan.budget(), plan.date)
    return final, [found[nth].id for nth in chosen]


def _in_the_morning(candidate: Candidate, store: Store, study_day: int, settings: Settings) -> "Planned":
    """A question that was answered today, as it was before."""
    from quiz.study.card import replay

    with store.reading() as log:
        its = [event for event, gone in events.of_card(log, candidate.id) if not gone and event.study_day < study_day]
    card = replay(candidate.id, its, settings)
    s, d = card.state or (None, 0.0)
    return candidate.card._replace(stability=s, difficulty=d, last_day=card.last_day or 0)


def _backlog(db: sqlite3.Connection, study_day: int, settings: Settings) -> Sequence[str]:
    """What is due, best first, where some of it has waited; a day without a backlog keeps to the due days.

    A card that was left open after *again* comes before all: it was promised for the next sitting.
    """
    if db.execute("SELECT 1 FROM entry WHERE due < ? LIMIT 1", (study_day,)).fetchone() is None:
        return ()
    from quiz.study.plan import Planned, backlog

    rows = db.execute(
        "SELECT id, last_rating, concept, stability, difficulty, last_day FROM entry "
        "WHERE due <= ?1 AND last_day < ?1 ORDER BY due, rank",
        (study_day,),
    ).fetchall()
    order = backlog([Planned(*row[2:]) for row in rows], study_day, settings.weights)
    order.sort(key=lambda nth: rows[nth][1] != Rating.AGAIN)
    return [rows[nth][0] for nth in order[:KEPT]]


def _costs(db: sqlite3.Connection, store: Store) -> dict[str, float]:
    """Expected seconds by kind, the usual ones under the empty name, from this device's latest answers."""
    from quiz.study.plan import pace

    with store.reading() as log:
        latest = events.latest_seconds(log, store.position().key, RECENT)
    kinds = [(db.execute("SELECT kind FROM entry WHERE id = ?", (card,)).fetchone(), took) for card, took in latest]
    return pace((kind[0], took) for kind, took in kinds if kind)
