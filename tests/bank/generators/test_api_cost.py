from decimal import Decimal

from tests.bank.generators.draws import close, sample, two_hundred


def test_the_price_of_a_call_times_the_calls() -> None:
    for p, (dollars,) in two_hundred("api-cost"):
        a_call = p["tokens_in"] * Decimal(str(p["price_in"])) + p["tokens_out"] * Decimal(str(p["price_out"]))
        assert close(dollars, float(a_call * p["calls"] / 1_000_000))
        assert p["price_out"] > p["price_in"]


def test_the_sample_of_the_syllabus() -> None:
    bill = {"tokens_in": 2000, "tokens_out": 100, "calls": 1_000_000, "price_in": 0.5, "price_out": 1.5}
    assert sample("api-cost", **bill) == [1150]
