from tests.bank.generators.draws import close, shown, two_hundred


def test_a_token_takes_as_long_as_reading_all_weights() -> None:
    for p, (rate,) in two_hundred("decode-bound"):
        weights = p["parameters"] * p["bits"] // 8
        assert close(1 / rate, weights / (p["gb_per_s"] * 10**9))
        assert weights < p["gb"] * 10**9


def test_the_sample_of_the_syllabus() -> None:
    assert shown("decode-bound", parameters=13_000_000_000, bits=16, gb_per_s=3350, gb=80) == ["128.8 tokens/s"]
