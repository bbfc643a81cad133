import io
import re
from math import exp, inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from quiz.terminal.chart import bars, histogram, line_chart, spark
from quiz.terminal.text import width as cells
from quiz.terminal.theme import console

XS = list(range(11))


def lines(chart: Text) -> list[str]:
    return chart.plain.split("\n")


def test_a_curve_has_axes_with_round_numbers_and_its_own_in_words() -> None:
    chart = line_chart({"loss": (XS, [x / 10 for x in XS])}, width=24, height=5, x_label="epoch", y_label="nats")
    assert [line.rstrip() for line in lines(chart)] == [
        "nats",
        "  1 ┤               ⢀⠤⠒⠉",
        "    │           ⢀⡠⠔⠊⠁",
        "0.5 ┤       ⢀⡠⠔⠊⠁",
        "    │   ⢀⡠⠔⠊⠁",
        "  0 ┤⣀⠤⠒⠁",
        "    └┬────────┬────────┬",
        "     0        5       10",
        "                   epoch",
        "loss: 0 → 1, 0 to 1",
    ]


def test_several_curves_carry_letters_so_that_no_colour_is_needed() -> None:
    chart = line_chart({"train": (XS, XS), "validation": (XS, XS[::-1])}, width=40)
    shown = lines(chart)
    assert shown[0].endswith("A")
    assert shown[11].endswith("B")
    assert shown[-2:] == ["A train: 0 → 10, 0 to 10", "B validation: 10 → 0, 0 to 10"]


def test_a_logarithmic_axis_has_powers_of_ten() -> None:
    shown = lines(line_chart({"e": ([1, 10, 100], [1e-4, 1e-2, 1])}, width=40, log_x=True, log_y=True))
    assert [line[:6].strip() for line in shown[:12] if "┤" in line] == [
        "1",
        "0.1",
        "0.01",
        "0.001",
        "0.0001",
    ]
    assert shown[13].split() == ["1", "10", "100"]


def test_what_has_no_place_is_counted_and_interrupts_the_curve() -> None:
    shown = lines(line_chart({"": ([0, 1, 2, 3, 4], [1, 1, nan, 1, inf])}, width=60, height=3))
    assert shown[-1] == "2 not shown: no finite number on this axis"
    assert re.fullmatch(r"  1 ┤[⠤⠄⠠]+ +[⠤⠄⠠]", shown[1])


def test_no_data_is_said() -> None:
    assert lines(line_chart({"a": ([], [])}, width=40, title="Loss")) == ["Loss", "no data"]
    assert lines(histogram([nan], width=40)) == ["no data"]
    assert lines(bars([], width=40)) == ["no data"]


def test_bars_stand_beside_their_numbers() -> None:
    assert lines(bars([("attention", 4), ("mlp", 1.5), ("none", 0)], width=30, unit="ms", title="Time")) == [
        "Time",
        "attention ███████████   4 ms",
        "mlp       ████▏       1.5 ms",
        "none                    0 ms",
    ]


def test_negative_bars_go_to_the_left() -> None:
    assert lines(bars([("a", -1), ("b", 1)], width=20)) == ["a ██████        -1", "b       ██████   1"]


def test_labels_too_long_stand_above_their_bars() -> None:
    assert lines(bars([("a label of many words", 2), ("x", 1)], width=20, fmt=lambda value: f"{value:.1f}")) == [
        "a label of many",
        "words",
        " ██████████████ 2.0",
        "x",
        " ███████        1.0",
    ]


def test_a_histogram_has_round_ranges_and_says_what_it_counts() -> None:
    assert lines(histogram([0.1, 0.2, 0.7, 1.2, inf], bins=3, width=50)) == [
        "  0 to 0.5 ███████████████████████████████████ 2",
        "0.5 to   1 █████████████████▌                  1",
        "  1 to 1.5 █████████████████▌                  1",
        "n 4, mean 0.55, sd 0.4387, 0.1 to 1.2",
        "1 not shown: no finite number on this axis",
    ]


def test_every_value_is_counted_once() -> None:
    values = [x * 0.1 for x in range(100)]
    rows = lines(histogram(values, bins=7, width=60))[:-1]
    assert sum(int(row.split()[-1]) for row in rows) == 100


def test_a_spark_is_a_character_a_value() -> None:
    assert spark([0, 1, nan, 7]) == "▁▂ █"
    assert spark([2, 2]) == "▄▄"
    assert spark([]) == ""


def test_labels_cannot_steer_the_terminal() -> None:
    charts = [line_chart({"\x1b[2J": ([1], [1])}, width=40, title="\x1b", x_label="\x1b", y_label="\x1b")]
    charts += [bars([("\x07", 1)], width=40, unit="\x9b"), histogram([1], width=40, title="\x1b")]
    assert not set("\x1b\x07\x9b") & set("".join(chart.plain for chart in charts))


EDGES = [0, 1, -1, nan, inf, -inf, 1e308, -1e308, 5e-324, 1 + 2**-52, 1e15, 1e15 + 1, 1e150, -7e-9]
VALUES = st.lists(st.sampled_from(EDGES) | st.floats() | st.integers(-100, 100), max_size=12)


@given(VALUES, VALUES, st.integers(24, 90), st.integers(3, 14), st.booleans(), st.booleans())
def test_any_numbers_are_drawn_within_the_width(
    xs: list[float], ys: list[float], width: int, height: int, log_x: bool, log_y: bool
) -> None:
    charts = [
        line_chart({"a": (xs, ys), "b": (ys, xs)}, width=width, height=height, log_x=log_x, log_y=log_y, x_label="x"),
        histogram(xs, width=width, bins=height),
        bars([(f"label {y}", x) for x, y in zip(xs, ys, strict=False)], width=width),
    ]
    for chart in charts:
        assert all(cells(line) <= width for line in lines(chart))


@pytest.mark.parametrize("width", [40, 60, 80])
def test_a_console_prints_a_chart_as_it_is(width: int) -> None:
    chart = line_chart({"a": (XS, [exp(-x) for x in XS])}, width=width)
    file = io.StringIO()
    console(plain=True, environ={}, file=file, width=width).print(chart)
    assert file.getvalue() == chart.plain + "\n"
