from math import log

from tests.bank.generators.draws import close, sample, two_hundred


def test_the_loss_of_a_long_text_over_its_bytes() -> None:
    for p, (bits,) in two_hundred("bits-per-byte"):
        nats = 1000 * log(p["perplexity"])
        assert close(bits, nats / log(2) / (1000 * p["bytes"]))


def test_a_guess_among_all_bytes_costs_eight_bits() -> None:
    assert sample("bits-per-byte", perplexity=256, bytes=1.0) == [8]


def test_the_sample_of_the_syllabus() -> None:
    assert sample("bits-per-byte", perplexity=16, bytes=4.0) == [1]
