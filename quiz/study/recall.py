"""The chance that a card would be recalled today: the one place that everything asks that weighs or forecasts by it."""

from quiz.memory.fsrs import retrievability
from quiz.study.card import Card, gap
from quiz.study.settings import Settings


def expected_recall(card: Card, study_day: int, settings: Settings) -> float | None:
    """The chance of recall on a study day, 0..1; None for a card that was never answered. FSRS's retrievability."""
    if card.state is None:
        return None
    return retrievability(gap(card, study_day), card.state.stability, settings.weights)
