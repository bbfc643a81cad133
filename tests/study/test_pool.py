"""Questions drawn by chance, and how they hang together."""

from hypothesis import given
from hypothesis import strategies as st

from quiz.memory.calibration import Calibration
from quiz.study.card import Card
from quiz.study.pool import Chains, Item, chance, shuffled, weakness
from quiz.study.recall import expected_recall
from quiz.study.settings import Settings


def item(id: str, topic: str = "attention", **fields: object) -> Item:
    base = Item(id, "transformer-internals", topic, id, "basic", "recall")
    return base._replace(**fields)


@given(st.text())
def test_chance_stays_within_0_and_1_and_is_the_same_for_a_seed(seed: str) -> None:
    assert 0.0 < chance(seed) < 1.0
    assert chance(seed) == chance(seed)


def test_chance_is_spread_evenly() -> None:
    values = sorted(chance(f"{seed}/card") for seed in range(2000))
    assert all(abs(value - (nth + 0.5) / 2000) < 0.05 for nth, value in enumerate(values))


def test_a_heavier_question_comes_first_as_often_as_its_weight_says() -> None:
    pair = [item("light"), item("heavy")]
    first = [shuffled(pair, str(seed), lambda one: 3.0 if one.id == "heavy" else 1.0)[0].id for seed in range(2000)]
    assert 0.70 < first.count("heavy") / 2000 < 0.80


def test_what_is_nearly_forgotten_weighs_more_than_what_is_sure_or_was_never_seen() -> None:
    assert weakness(item("a", recall=0.5)) > weakness(item("b", recall=0.9)) > weakness(item("c", recall=1.0))
    assert weakness(item("c", recall=1.0)) == weakness(item("d", recall=None)) > 0


def test_a_new_card_has_no_expected_recall() -> None:
    assert expected_recall(Card("new"), 1, Settings(), Calibration()) is None


def test_a_chain_is_all_that_leads_here_and_all_that_it_leads_to_but_no_cousin() -> None:
    chains = Chains({"root": ["left", "right"], "left": ["leaf"]})
    assert chains.of("left") == {"root", "left", "leaf"}
    assert chains.of("right") == {"root", "right"}
    assert Chains({"a": ["b"], "b": ["a"]}).of("a") == {"a", "b"}
