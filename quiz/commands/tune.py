"""Fit the memory model to your own reviews."""

from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from quiz.commands import _context

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from quiz.commands._desk import Desk

    Ints = NDArray[np.integer]

FEWEST = 400
"""Reviews on later days that a fit needs; with fewer, 21 weights learn the noise."""
HELD_OUT = 0.2
"""The share of them, the latest, that only judges."""
SECONDS = 600
"""After which a fit is given up."""


class Log(NamedTuple):
    """The standing reviews in the order they were made."""

    card: "Ints"
    rating: "Ints"
    gap: "Ints"


def command(
    undo: Annotated[bool, typer.Option("--undo", help="Take the latest personal weights back.")] = False,
) -> None:
    """Fit the memory model to your own reviews; weights are kept only if they foretell the latest ones better."""
    from quiz.commands._desk import open_desk

    desk = open_desk()
    (_undo if undo else _tune)(desk)


def _tune(desk: "Desk") -> None:
    log = _reviews(desk)
    asked = _enough(log)
    since = int(asked[-max(1, round(len(asked) * HELD_OUT))])
    before, after = _held_out(desk, log, since)
    kept = after < before
    weights = _fitted(log, len(log.card)) if kept else None
    told: dict[str, Any] = {"reviews": len(log.card), "foretold": len(asked), "before": before, "after": after}
    event = _keep(desk, weights, told) if weights else None
    told = {**told, "kept": kept, "event": event, "weights": list(weights) if weights else None}
    if _context.options().json:
        _context.print_json(told)
        return
    print(f"{len(log.card):,} reviews, {len(asked):,} of them on a later day; the latest fifth was only foretold.")
    print(f"Log loss there: {before:.4f} with the weights in use, {after:.4f} with weights fitted to the others.")
    print(
        "Kept, fitted to all reviews, and every card is computed anew.   quiz tune --undo takes it back"
        if kept
        else "No better, so nothing changes. Try again after some hundred more reviews."
    )


def _reviews(desk: "Desk") -> Log:
    import numpy as np

    from quiz.store.reviews import events_of

    codes: dict[str, int] = {}
    last: dict[int, int] = {}
    rows: list[tuple[int, int, int]] = []
    for event, retracted in events_of(desk.store):
        if event.type != "review" or retracted or event.card is None or event.rating not in (1, 2, 3, 4):
            continue
        found = desk.index.question(event.card) if event.card not in codes else None
        code = codes.setdefault(event.card, codes.get(found.question.id, len(codes)) if found else len(codes))
        rows.append((code, event.rating, max(0, event.study_day - last.get(code, event.study_day))))
        last[code] = event.study_day
    columns = np.array(rows, np.int64).reshape(-1, 3).T
    return Log(*columns)


def _enough(log: Log) -> "Ints":
    """The reviews that can be foretold; raises Failed where a fit would learn noise, or cannot be made here."""
    from importlib.util import find_spec

    from quiz.errors import Failed
    from quiz.memory.loss import foretold

    if find_spec("fsrs_rs_python") is None:
        raise Failed("Fitting needs the package fsrs-rs-python: install it with pip, or this program as quiz[tune].")
    asked, _ = foretold(log.card, log.gap)
    if (missing := FEWEST - len(asked)) > 0:
        raise Failed(
            f"There are {len(asked)} reviews on a later day than the card's last one, and {missing} more are needed: "
            "the weights in use come from many learners and are better than a fit to so few."
        )
    return asked


def _held_out(desk: "Desk", log: Log, since: int) -> tuple[float, float]:
    """The log loss of the reviews from `since` on: with the weights in use, and with weights fitted to the others."""
    from quiz.memory.loss import log_loss

    fitted = _fitted(log, since)
    return (
        log_loss(log.card, log.rating, log.gap, since, desk.settings.weights),
        log_loss(log.card, log.rating, log.gap, since, fitted),
    )


def _fitted(log: Log, until: int) -> tuple[float, ...]:
    """Weights fitted to the reviews before position `until`, in a process of their own."""
    import json
    import subprocess
    import sys

    from quiz.errors import Failed
    from quiz.study.limits import as_weights

    cards: dict[int, list[tuple[int, int]]] = {}
    for card, rating, gap in zip(*(column[:until].tolist() for column in log), strict=True):
        cards.setdefault(card, []).append((rating, gap))
    try:
        done = subprocess.run(
            [sys.executable, "-m", "quiz.commands._fit"],
            input=json.dumps({"cards": list(cards.values())}),
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )
        weights = as_weights(json.loads(done.stdout)["weights"]) if done.returncode == 0 else None
    except (subprocess.TimeoutExpired, OSError, ValueError, KeyError, TypeError):
        weights = None
    if weights is None:
        raise Failed("The fit did not come to an end, so nothing has changed: try again, or update fsrs-rs-python.")
    return weights


def _keep(desk: "Desk", weights: tuple[float, ...], told: dict[str, Any]) -> str:
    from quiz.study.event import Event

    data = {"weights": list(weights), **told}
    return desk.mark(Event("weights", *desk.now(), data=data)).id


def _undo(desk: "Desk") -> None:
    from quiz.errors import Failed
    from quiz.store.reviews import events_of

    standing = [event for event, retracted in events_of(desk.store) if event.type == "weights" and not retracted]
    if not standing:
        raise Failed("There are no personal weights to take back: `quiz tune` fits some.")
    desk.retract(standing[-1].id, desk.now())
    if _context.options().json:
        _context.print_json({"retracted": standing[-1].id, "type": "weights", "card": None})
    else:
        print("Took the personal weights back; every card is computed anew.")
