"""How well weights foretell reviews: the log loss of retrievability on later study days."""

from typing import TYPE_CHECKING

from quiz.memory.fsrs import DEFAULT_WEIGHTS
from quiz.memory.replay import replay
from quiz.memory.values import Rating

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.integer]

LEAST = 1e-9
"""The least chance that is held against weights."""


def foretold(card: "Ints", gap: "Ints") -> "tuple[Ints, Ints]":
    """The positions of the reviews on a later study day than their card's last one, and those of these last ones.

    card, gap: (reviews,), in the order in which the reviews were made.
    """
    import numpy as np

    by_card = np.argsort(card, kind="stable")
    before = np.full(len(card), -1)
    same = card[by_card[1:]] == card[by_card[:-1]]
    before[by_card[1:][same]] = by_card[:-1][same]
    asked = np.flatnonzero((before >= 0) & (gap > 0))
    return asked, before[asked]


def log_loss(
    card: "Ints", rating: "Ints", gap: "Ints", since: int = 0, weights: tuple[float, ...] = DEFAULT_WEIGHTS
) -> float:
    """The mean of -log of the chance given to what happened, over the foretold reviews from position `since` on.

    card, rating, gap: (reviews,), as for `replay`. NaN where no review is foretold.
    """
    import numpy as np

    stability, _ = replay(card, rating, gap, weights, every=True)
    asked, before = foretold(card, gap)
    late = asked >= since
    if not late.any():
        return float("nan")
    asked, before = asked[late], before[late]
    curve = 0.9 ** (-1.0 / weights[20]) - 1.0
    chance = (1.0 + curve * gap[asked] / stability[before]) ** -weights[20]
    right = np.where(rating[asked] != Rating.AGAIN, chance, 1.0 - chance)
    return float(-np.log(np.maximum(right, LEAST)).mean())
