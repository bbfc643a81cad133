import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.bank.amount import Amount, answer, judged, near, parts, request, slack, tolerance
from quiz.errors import Misused
from quiz.memory.values import Rating

NUMBERS = st.floats(min_value=1e-12, max_value=1e18)
TOLERANCES = st.sampled_from(["1 %", "0.5%", "5 %", "10 %"])
UNITS = st.sampled_from(["", "%", "GB", "GiB", "days", "FLOPs", "tokens/s", "parameters"])


@given(NUMBERS, UNITS, TOLERANCES, st.sampled_from([1, -1]))
def test_an_answer_printed_by_us_is_judged_right(value: float, unit: str, share: str, sign: int) -> None:
    amount = Amount(sign * value, unit, share)
    verdict = judged(str(amount), [amount])
    assert verdict.right
    assert verdict.rating == Rating.GOOD


@given(st.lists(NUMBERS, min_size=2, max_size=4))
def test_several_answers_printed_by_us_are_judged_right(values: list[float]) -> None:
    amounts = [Amount(value, "GiB", name=f"value {nth}") for nth, value in enumerate(values)]
    assert judged(answer(amounts).replace("**", ""), amounts).right


@given(NUMBERS, UNITS, st.sampled_from([0.5, 1.12, 2, 8, 1000]))
def test_what_is_off_by_more_than_the_tolerance_is_wrong(value: float, unit: str, factor: float) -> None:
    assert not near(factor * value, Amount(value, unit, "5 %"))


@given(st.text(max_size=60), st.integers(1, 4))
def test_whatever_is_typed_is_judged_or_refused_politely(typed: str, count: int) -> None:
    amounts = [Amount(2.5, "GiB", name="size"), Amount("es", "", "exact", "token"), Amount(0.5), Amount(3.0)][:count]
    try:
        verdict = judged(typed, amounts)
    except Misused:
        return
    assert verdict.right is not None
    assert verdict.feedback


def test_a_half_is_a_half_however_many_zeros_it_has() -> None:
    assert judged("0.50", [Amount(0.5)]).feedback == "`0.50` = 0.5 within 1 %"


def test_an_empty_line_is_not_known_and_asked_again() -> None:
    verdict = judged("  ", [Amount(2.5, "GiB")])
    assert (verdict.right, verdict.rating, verdict.response) == (False, Rating.AGAIN, None)
    assert "2.5 GiB" in verdict.feedback


def test_gb_taken_for_gib_is_told() -> None:
    asked = [Amount(2.5, "GiB")]
    assert judged("2.68 GB", asked).right
    assert judged("2.68", asked).feedback == "`2.68` is right in GB, but not in GiB: it is **2.5 GiB**"
    assert "right in GiB, but not in GB" in judged("2.5 GB", asked).feedback


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("20", "8 times too large"),
        ("0.3125", "8 times too small"),
        ("-2.5", "right but for its sign"),
        ("2.6", "4 % too large"),
        ("2.4", "4 % too small"),
        ("0", "not right"),
        ("1 GiB", "2.5 times too small"),
    ],
)
def test_a_wrong_number_is_told_how_it_is_wrong(typed: str, says: str) -> None:
    verdict = judged(typed, [Amount(2.5, "GiB")])
    assert not verdict.right
    assert says in verdict.feedback


def test_a_share_may_be_said_as_a_fraction_where_per_cent_are_asked_for() -> None:
    share = [Amount(700 / 11, "%", "0.5")]
    assert all(judged(typed, share).right for typed in ("63.6", "63.6 %", "7/11", "0.636"))
    assert not judged("0.636 %", share).right


def test_per_cent_are_understood_where_a_probability_is_asked_for() -> None:
    assert judged("64.8 %", [Amount(0.648)]).right
    assert not judged("64.8", [Amount(0.648)]).right


def test_exactly_means_exactly() -> None:
    exact = [Amount(24_553, "tokens", "exact")]
    assert judged("24553", exact).right
    assert not judged("24,576", exact).right


def test_short_texts_are_compared_by_their_letters() -> None:
    pair = [Amount("es", "", "exact", "token"), Amount(9, "", "exact", "count")]
    assert judged("e s; 9", pair).right
    assert judged("`es` 9", pair).right
    assert not judged("se; 9", pair).right


@pytest.mark.parametrize(
    "line", [".245; .090; .665", ".245, .090, .665", ".245 .090 .665", "(.245, .090, .665)", ".245,.090,.665"]
)
def test_several_values_are_parted_by_semicolons_or_plainly(line: str) -> None:
    assert parts(line, 3) == [".245", ".090", ".665"]


def test_a_thousands_comma_parts_nothing() -> None:
    assert parts("24,576; 24,553", 2) == ["24,576", "24,553"]
    with pytest.raises(Misused, match="not 2 values"):
        parts("1,150", 2)


def test_a_value_left_out_is_not_known() -> None:
    verdict = judged("; 3", [Amount(2.0, name="first"), Amount(3.0, name="second")])
    assert verdict.feedback == "- first: it is **2**\n- second: `3` = 3 within 1 %"


def test_a_question_says_units_and_tolerance() -> None:
    assert request([Amount(2.5, "GiB")]) == "*Answer in GiB, within 1 %.*"
    assert request([Amount(1150, "$")]) == "*Answer in dollars, within 1 %.*"
    several = [Amount(2, "tokens", "exact", "kept"), Amount(0.571, "", "0.005", "first")]
    said = "*Two values, with `;` between them: kept (in tokens, exactly); first (as a number, to ± 0.005).*"
    assert request(several) == said


def test_a_tolerance_is_a_share_a_distance_or_none() -> None:
    assert tolerance("1 %") == (0.01, 0)
    assert tolerance("0.005") == (0, 0.005)
    assert tolerance("exact") == (0, 0)
    assert slack(Amount(200, "GB", "1 %")) == 2
    for wrong in ("", "about", "-1 %", "1 percent", "1 % or so"):
        with pytest.raises(Misused):
            tolerance(wrong)
