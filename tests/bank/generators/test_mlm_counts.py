from fractions import Fraction

from tests.bank.generators.draws import close, sample, two_hundred


def test_exact_fractions_of_the_tokens() -> None:
    for p, counts in two_hundred("mlm-counts"):
        chosen = Fraction(p["tokens"] * p["percent"], 100)
        assert all(
            close(n, float(chosen * share))
            for n, share in zip(counts, (Fraction(4, 5), *[Fraction(1, 10)] * 2), strict=True)
        )


def test_bert_sees_twelve_per_cent_masked() -> None:
    assert sample("mlm-counts", tokens=1000, percent=15) == [120, 15, 15]


def test_the_sample_of_the_syllabus() -> None:
    assert [round(n, 2) for n in sample("mlm-counts", tokens=512, percent=15)] == [61.44, 7.68, 7.68]
