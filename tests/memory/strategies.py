"""What the property tests draw: weights, states and logs that FSRS-6 allows."""

from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS
from hypothesis import strategies as st

from quiz.memory.fsrs import DEFAULT_WEIGHTS, MAX_STABILITY, MIN_STABILITY
from quiz.memory.values import MemoryState, Rating

ratings = st.sampled_from(Rating)
gaps = st.integers(0, 36500)
retentions = st.floats(0.7, 0.99)
stabilities = st.floats(MIN_STABILITY, MAX_STABILITY)
states = st.builds(MemoryState, stabilities, st.floats(1, 10))
weights = st.just(DEFAULT_WEIGHTS) | st.tuples(
    *(st.floats(*bounds) for bounds in zip(LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True))
)
seeds = st.text(max_size=30)
# A log: (card, rating, gap) in the order of the reviews, cards from 0 without holes, gaps mostly short.
logs = st.lists(st.tuples(st.integers(0, 6), ratings, st.integers(-1, 3) | gaps), min_size=1, max_size=60).map(
    lambda log: [(sorted({c for c, _, _ in log}).index(card), rating, gap) for card, rating, gap in log]
)
