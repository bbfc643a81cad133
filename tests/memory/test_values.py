"""The words of the memory model."""

from quiz.memory.values import MemoryState, Rating


def test_the_four_ratings_are_the_numbers_one_to_four() -> None:
    assert [(rating.name, int(rating)) for rating in Rating] == [("AGAIN", 1), ("HARD", 2), ("GOOD", 3), ("EASY", 4)]


def test_a_memory_state_is_stability_then_difficulty() -> None:
    stability, difficulty = MemoryState(stability=12.5, difficulty=4.0)
    assert (stability, difficulty) == (12.5, 4.0)
