from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.bank.quantity import figure, printed, read, unit
from quiz.errors import Misused

FINITE = st.floats(min_value=-1e30, max_value=1e30).filter(lambda value: value == 0 or abs(value) > 1e-30)
UNITS = ["", "%", "$", "GB", "GiB", "bytes", "ms", "days", "FLOPs", "tokens/s", "parameters", "bits/byte", "rad"]


@pytest.mark.parametrize(
    ("typed", "asked", "value"),
    [
        ("1.5e9", "", 1.5e9),
        ("1_000_000", "", 1e6),
        ("1,000,000", "", 1e6),
        ("774 030 080", "parameters", 774_030_080),
        ("3/4", "", 0.75),
        ("2 * 80 * 8 * 128", "bytes", 163_840),
        ("2^20", "", 2**20),
        ("2**20", "", 2**20),
        ("1.5 x 10^9", "", 1.5e9),
        ("1.5×10⁹", "", 1.5e9),
        ("10⁻⁴", "", 1e-4),
        ("-10 * 2^-0.5", "", -7.0710678),
        (".648", "", 0.648),
        ("−7.07", "", -7.07),
        ("~2.5", "", 2.5),
        ("about 243 days.", "days", 243),
        ("75 %", "", 0.75),
        ("75 percent", "%", 75),
        ("8 x", "", 8),
        ("13 times", "", 13),
    ],
)
def test_a_number_is_read_however_people_write_it(typed: str, asked: str, value: float) -> None:
    assert isclose(read(typed, asked)[0], value, rel_tol=1e-7)


@pytest.mark.parametrize(
    ("typed", "asked", "value"),
    [
        ("1.5 GB", "GB", 1.5),
        ("1.4 GiB", "GB", 1.5032385536),
        ("2.5 gib", "GiB", 2.5),
        ("2.5G", "GB", 2.5),
        ("2.5 Gi", "GiB", 2.5),
        ("320 KiB", "bytes", 327_680),
        ("320 KiB/token", "bytes/token", 327_680),
        ("320 KiB", "bytes/token", 327_680),
        ("300 us", "ms", 0.3),
        ("36 h", "days", 1.5),
        ("840 EFLOPs", "FLOPs", 8.4e20),
        ("0.3 PFLOP/s", "TFLOP/s", 300),
        ("129 tok/s", "tokens/s", 129),
        ("7740 tokens per min", "tokens/s", 129),
        ("$1,150", "$", 1150),
        ("-$5", "$", -5),
        ("1150 USD", "$", 1150),
        ("$1.15k", "$", 1150),
        ("1 head", "heads", 1),
    ],
)
def test_a_unit_of_the_same_kind_is_converted(typed: str, asked: str, value: float) -> None:
    assert isclose(read(typed, asked)[0], value, rel_tol=1e-9)


def test_b_means_billions_of_what_is_counted_and_bytes_of_what_is_stored() -> None:
    assert read("6.7B", "parameters")[0] == 6.7e9
    assert read("13 B params", "parameters")[0] == 13e9
    assert read("15 trillion tokens", "tokens")[0] == 15e12
    assert read("774M", "")[0] == 774e6
    assert read("13 B", "bytes")[0] == 13


def test_a_missing_unit_is_the_one_that_was_asked_for() -> None:
    assert read("2.5", "GiB") == (2.5, "GiB")


@pytest.mark.parametrize(
    "typed",
    [
        "", "two", "3-4", "1.2.3", "0,5", "1,00", "1/0", "1e999", "2^100000", "-", "e", "5e", "½", "2½", "(-1)^.5",
        "nan", "inf", "about half of it", "٣", "1 2 3 4", "0^-1", "3 s", "3 GB of memory", "9" * 400, "1e5 foo",
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused_and_not_judged(typed: str) -> None:
    with pytest.raises(Misused):
        read(typed, "GB")


def test_a_decimal_comma_is_explained() -> None:
    with pytest.raises(Misused, match="A decimal point is a dot"):
        read("0,5", "")


@given(st.text(max_size=40), st.sampled_from(UNITS))
def test_whatever_is_typed_is_a_finite_number_or_refused(typed: str, asked: str) -> None:
    try:
        value, _ = read(typed, asked)
    except Misused:
        return
    assert abs(value) < float("inf")


@given(FINITE, st.sampled_from(UNITS))
def test_what_is_printed_is_read_as_the_same_number(value: float, asked: str) -> None:
    assert isclose(read(printed(value, asked, 12), asked)[0], value, rel_tol=1e-6)


@given(FINITE)
def test_python_s_own_spelling_of_a_number_is_read(value: float) -> None:
    assert read(repr(value), "")[0] == value
    assert read(f"{value:.6e}", "")[0] == float(f"{value:.6e}")


@given(st.integers(-(10**14), 10**14))
def test_whole_numbers_are_printed_in_full_and_read_back_exactly(value: int) -> None:
    assert figure(float(value)) == f"{value:,}"
    assert read(figure(float(value)), "")[0] == value


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (2.68435456, "2.684"), (0.0900, "0.09"), (6.9877e-4, "0.0006988"), (8.4e20, "8.4e20"), (1e-9, "1e-9")],
)
def test_numbers_are_printed_short(value: float, text: str) -> None:
    assert figure(value) == text


def test_money_is_printed_with_cents_or_none() -> None:
    assert [printed(value, "$") for value in (1150.0, 0.5, -3.0, 0.125)] == ["$1,150", "$0.50", "-$3", "$0.125"]


def test_a_unit_is_known_in_every_spelling() -> None:
    assert unit("GiB") == unit("gib") == unit("gibibytes") == ("B", 2**30)
    assert unit("tokens/s") == unit("tokens per second") == unit("tok/sec") == ("token/s", 1)
    assert unit("layers") == unit("layer") == ("layer", 1)
