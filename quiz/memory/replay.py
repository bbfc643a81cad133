"""FSRS-6 over a whole log: the states that `fsrs.step` gives, all cards stepped together in NumPy."""

from typing import TYPE_CHECKING

from quiz.memory.fsrs import DEFAULT_WEIGHTS, MAX_STABILITY, MIN_STABILITY, first
from quiz.memory.values import Rating

if TYPE_CHECKING:  # NumPy is imported where it is needed: a start that replays nothing must not wait for it
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.integer]

# Fewer at a time mean more calls of NumPy, more outgrow the second-level cache; measured, 8,000 to 16,000 are level.
CARDS_AT_ONCE = 12_000


def replay(
    card: "Ints",
    rating: "Ints",
    gap: "Ints | Floats",
    weights: tuple[float, ...] = DEFAULT_WEIGHTS,
    *,
    every: bool = False,
) -> "tuple[Floats, Floats]":
    """The stability (days) and difficulty (1..10) of each card after its last review, by card; NaN without a review.

    card, rating, gap: (reviews,). A card is an index from 0, its reviews stand in their order, those of other cards
    anywhere between them. A rating is 1..4; a gap is the whole study days since the card's last review, and that of a
    first review is not read. With `every`, the state after each review instead: (reviews,), in the order they came in.
    Equal to `fsrs.step` to 1e-9 of the value for weights inside the bounds of FSRS-6. ValueError: see `_card_by_card`.
    """
    import numpy as np

    lengths = np.bincount(card)
    cards = np.argsort(lengths)[::-1][: np.count_nonzero(lengths)]
    what = np.maximum(gap, 0).astype(np.int64)
    kind = rating - 1 + 4 * (what > 0).view(np.int8)  # 0..3: again .. easy on the same study day; 4..7: on a later one
    what <<= 3
    what |= kind
    entries, what_bits = _card_by_card(card, cards, len(lengths), what)
    result = np.full((2, len(card) if every else len(lengths)), np.nan)
    lengths = lengths[cards]
    starts = np.cumsum(lengths) - lengths  # of each card's reviews in `entries`

    opening = np.array([first(grade, weights) for grade in Rating])[entries[starts] & 3]
    stability, room = opening[:, 0].copy(), 10.0 - opening[:, 1]  # room: what difficulty lacks to 10
    if every:
        result[:, entries[starts] >> what_bits] = stability, room

    advance = _stepper(weights)
    for begin in range(0, len(cards), CARDS_AT_ONCE):
        block = slice(begin, begin + CARDS_AT_ONCE)
        at = starts[block]
        for left in _left_by_turn(lengths[block]):
            at = at[:left] + 1
            entry = entries.take(at)
            what = entry & ((1 << what_bits) - 1)
            s, r = stability[block][:left], room[block][:left]
            advance(s, r, what & 7, what >> 3)
            if every:
                review = entry >> what_bits
                result[0, review], result[1, review] = s, r
    if not every:
        result[:, cards] = stability, room
    return result[0], 10.0 - result[1]


def _card_by_card(card: "Ints", cards: "Ints", count: int, what: "Ints") -> "tuple[Ints, int]":
    """All reviews, the cards in the order of `cards`, each card's reviews in sequence, and the bits that `what` takes.

    An entry is the review's position, and in its lowest bits what there is to know of it. While they are sorted the
    card's place stands above the position: sorting integers takes a tenth of a stable argsort, and reading kind and
    gap through the order that it gives, all over the memory, is saved. ValueError when all that exceeds 63 bits, which
    the log of one person does not: 16 million reviews of a million cards leave room for gaps of a century.
    """
    import numpy as np

    what_bits, position_bits = max(3, int(what.max(initial=0)).bit_length()), len(card).bit_length()  # a kind takes 3
    if len(cards).bit_length() + position_bits + what_bits > 63:
        raise ValueError(f"too large to replay at once: {len(card)} reviews, gaps up to {what.max() >> 3} days")
    place = np.empty(count, np.int64)
    place[cards] = np.arange(len(cards))
    entries = place[card]
    entries <<= position_bits
    entries |= np.arange(len(card))
    entries <<= what_bits
    entries |= what
    entries.sort()
    entries &= (1 << position_bits + what_bits) - 1
    return entries, what_bits


def _left_by_turn(lengths: "Ints") -> list[int]:
    """How many cards have a second review, a third ... : the lengths fall, so it is always the first so many."""
    import numpy as np

    turns = np.arange(1, lengths[0])
    left: list[int] = (len(lengths) - np.searchsorted(lengths[::-1], turns, side="right")).tolist()
    return left


def _stepper(w: tuple[float, ...]) -> "Callable[[Floats, Floats, Ints, Ints], None]":
    """A function that moves stability and room by one review, in place: (cards,) each, and the reviews' kind and gap.

    Recall on a later day, the usual case, is computed for all; lapses and same-day reviews only where they occur. For
    speed: `take` and `put` for indexing by an array (a third less time), `exp` and `log` for powers, `expm1` and
    `log1p` (half the time where the processor has no AVX-512).
    """
    import numpy as np

    curve = 0.9 ** (-1.0 / w[20]) - 1.0
    growth = np.exp(w[8]) * np.array((0, 0, 0, 0, 0, w[15], 1.0, w[16]))
    same_day = np.exp(w[17] * (np.arange(1, 5) - 3 + w[18]))
    least = np.array((0.0, 1.0, 1.0, 1.0))  # only again may lower stability on the same day
    highest_lapse = np.exp(-w[17] * w[18])
    # Difficulty D moves by one multiplication and one addition when written as room = 10 - D.
    damping = (1 - w[7]) * (1 + w[6] * (np.tile(np.arange(1, 5), 2) - 3) / 9)
    pull = w[7] * (10 - (w[4] - np.exp(3 * w[5]) + 1))

    def advance(s: "Floats", room: "Floats", kind: "Ints", gap: "Ints") -> None:
        log_s = np.log(s)
        recall = np.exp(-w[20] * np.log(1 + curve * gap / s))  # retrievability
        after = s + growth.take(kind) * (room + 1) * np.exp((1 - w[9]) * log_s) * (np.exp(w[10] - w[10] * recall) - 1)
        if len(same := (kind < 4).nonzero()[0]):
            button = kind.take(same)
            factor = same_day.take(button) * np.exp(-w[19] * log_s.take(same))
            after.put(same, s.take(same) * np.maximum(factor, least.take(button)))
        if len(lapsed := (kind == 4).nonzero()[0]):
            before = s.take(lapsed)
            weight = np.exp(w[14] * (1 - recall.take(lapsed)) - w[12] * np.log(10 - room.take(lapsed)))
            lapse = w[11] * weight * (np.exp(w[13] * np.log(before + 1)) - 1)
            after.put(lapsed, np.minimum(lapse, before * highest_lapse))
        after.clip(MIN_STABILITY, MAX_STABILITY, out=s)
        (room * damping.take(kind) + pull).clip(0, 9, out=room)

    return advance
