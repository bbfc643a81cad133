from fractions import Fraction
from itertools import combinations

from quiz.bank.generators._draw import again
from tests.bank.generators.draws import close, two_hundred


def test_no_smaller_set_of_tokens_reaches_p() -> None:
    for p, (kept, first) in two_hundred("nucleus"):
        tokens, wanted = [Fraction(t, 1000) for t in p["per_mille"]], Fraction(p["p_per_mille"], 1000)
        reach = [c for size in range(1, len(tokens) + 1) for c in combinations(tokens, size) if sum(c) >= wanted]
        smallest = [c for c in reach if len(c) == len(reach[0])]
        assert kept == len(reach[0])
        assert close(first, float(max(tokens) / max(map(sum, smallest))))


def test_no_sum_meets_p_and_the_last_kept_is_likelier_than_the_next() -> None:
    for p, (kept, _) in two_hundred("nucleus"):
        tokens = p["per_mille"]
        assert sum(tokens) == 1000
        assert all(sum(tokens[:size]) != p["p_per_mille"] for size in range(7))
        assert tokens[kept - 1] > tokens[kept]


def test_the_sample_of_the_syllabus() -> None:
    draw = again("nucleus", {"per_mille": [400, 300, 200, 50, 50], "p_per_mille": 600})
    assert [str(part) for part in draw.answer] == ["2 tokens", "0.5714"]
    assert "0.571, 0.429" in draw.working
