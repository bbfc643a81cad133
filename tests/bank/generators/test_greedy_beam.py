from tests.bank.generators.draws import close, sample, two_hundred


def best(first: list[float], after: list[list[float]], width: int) -> float:
    """The probability of the best two tokens that a beam of this width finds, by doing it."""
    beam = sorted(range(len(first)), key=lambda token: first[token], reverse=True)[:width]
    return max(first[token] * p for token in beam for p in after[token])


def test_decoding_token_by_token_finds_the_same() -> None:
    for p, (greedy, beam) in two_hundred("greedy-beam"):
        (a, after_a), (b, after_b) = ([percent / 100 for percent in p[name]] for name in ("first", "second"))
        rest = (1 - a - b) / 20
        first = [a, b, *[rest] * 20]
        after = [[after_a, *[(1 - after_a) / 50] * 50], [after_b, *[(1 - after_b) / 50] * 50], *[[0.5, 0.5]] * 20]
        assert close(greedy, best(first, after, 1))
        assert close(beam, best(first, after, 2))


def test_greedy_is_right_now_and_then() -> None:
    missed = sum(beam > greedy for _, (greedy, beam) in two_hundred("greedy-beam"))
    assert 50 < missed < 195


def test_the_sample_of_the_syllabus() -> None:
    greedy, beam = sample("greedy-beam", first=[50, 30], second=[40, 90])
    assert (round(greedy, 3), round(beam, 3)) == (0.15, 0.36)
