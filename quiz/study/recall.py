"""The chance that a card is recalled on a day: the one place that everything asks that shows it or weighs by it."""

from quiz.memory.calibration import Before, Calibration, recall
from quiz.memory.fsrs import retrievability
from quiz.study.card import Card, gap
from quiz.study.day import DAY_MS
from quiz.study.settings import Settings


def before(card: Card, study_day: int, settings: Settings, at: int | None = None) -> Before | None:
    """What is known of a card on a study day later than its last one, at that moment (UTC ms) where one is given.

    None for a card that was never answered, or was answered on that day already: nothing is foretold then.
    """
    days = gap(card, study_day)
    if card.state is None or days < 1 or card.last_at is None or card.last_rating is None:
        return None
    chance = retrievability(days, card.state.stability, settings.weights)
    exact = days if at is None else (at - card.last_at) / DAY_MS
    return Before(chance, card.reps, card.lapses, card.last_rating, days, exact)


def expected_recall(card: Card, study_day: int, settings: Settings, calibration: Calibration) -> float | None:
    """The chance of recall on a study day, 0..1; None for a card that was never answered.

    FSRS's retrievability, corrected by what this learner's log has taught.
    """
    if card.state is None:
        return None
    known = before(card, study_day, settings)
    return 1.0 if known is None else recall(calibration, known)
