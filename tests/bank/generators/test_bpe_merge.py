import re

from tests.bank.generators.draws import sample, two_hundred


def test_one_pair_is_found_more_often_than_any_other_in_the_spelt_out_corpus() -> None:
    for p, (token, count) in two_hundred("bpe-merge"):
        corpus = [word for word, times in p["words"] for _ in range(times)]
        pairs = {word[at : at + 2] for word in corpus for at in range(len(word) - 1)}
        found = {pair: sum(len(re.findall(f"(?={pair})", word)) for word in corpus) for pair in pairs}
        assert [pair for pair in found if found[pair] == max(found.values())] == [token]
        assert found[token] == count


def test_no_word_holds_a_pair_that_overlaps_itself() -> None:
    for p, _ in two_hundred("bpe-merge"):
        assert not any(re.search(r"(.)\1\1", word) for word, _ in p["words"])


def test_the_words_of_the_paper() -> None:
    words = [["low", 5], ["lower", 2], ["newest", 6], ["widest", 4]]
    assert sample("bpe-merge", words=words) == ["es", 10]
