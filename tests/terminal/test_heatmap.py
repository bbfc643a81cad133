import io
from math import inf, nan

from hypothesis import given
from hypothesis import strategies as st

from quiz.terminal.heatmap import Heatmap, heatmap
from quiz.terminal.text import width as cells
from quiz.terminal.theme import console


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def printed(chart: Heatmap, **environ: str) -> str:
    file = Terminal()
    console(plain=False, environ={"TERM": "xterm-256color", **environ}, file=file, width=80).print(chart)
    return file.getvalue()


def shades(chart: Heatmap) -> list[str]:
    return chart.shaded.plain.split("\n")


MATRIX = [[0.0, 0.5], [1.0, nan]]


def test_numbers_stand_on_colours() -> None:
    seen = printed(heatmap(MATRIX, width=40))
    assert "48;5;" in seen
    assert "0.50 " in seen


def test_without_colour_a_shade_stands_beside_each_number() -> None:
    chart = heatmap(MATRIX, width=40, row_labels=["the", "cat"], column_labels=["a", "b"], title="Attention")
    assert shades(chart) == ["Attention", "       a     b ", "the 0.00  0.50▒", "cat 1.00█  nan?", "0   ░░▒▒▓▓██ 1"]
    for environ in ({"NO_COLOR": "1"}, {"TERM": "dumb"}, {"TERM": "linux"}):
        assert "0.50▒" in printed(chart, **environ)


def test_whole_numbers_are_shown_whole() -> None:
    assert shades(heatmap([[1, 20]], width=40))[0] == "  1  20█"


def test_a_wide_matrix_is_shown_in_shades_with_its_extremes_in_words() -> None:
    matrix = [[float(column) for column in range(15)], [3.5] * 15]
    chart = heatmap(matrix, width=40, row_labels=["q", "k"], column_labels=[f"t{i}" for i in range(15)])
    assert shades(chart)[0] == "  " + " ".join("abcdefghijklmno")
    assert shades(chart)[1].startswith("q       ░░")
    assert "least 0 at q, t0; most 14 at q, t14" in shades(chart)
    assert "columns: a t0, b t1" in chart.shaded.plain


def test_a_matrix_wider_than_the_screen_is_averaged_and_says_so() -> None:
    chart = heatmap([[float(column) for column in range(100)]], width=30)
    assert len(shades(chart)[0]) == 1 + 25
    assert shades(chart)[-2:] == ["each cell is the mean of 4", "columns"]


def test_nothing_to_show_is_said() -> None:
    assert shades(heatmap([], width=40)) == ["no data"]
    assert shades(heatmap([[nan]], width=40, title="A")) == ["A", "no data"]


def test_labels_cannot_steer_the_terminal() -> None:
    chart = heatmap([[1]], width=40, row_labels=["\x1b"], column_labels=["\x9b"], title="\x07")
    assert not set("\x1b\x07\x9b") & set(chart.shaded.plain + chart.coloured.plain)


EDGES = [0, 1, -1, nan, inf, 1e308, 5e-324, 1e15, -7e-9]


@given(
    st.integers(1, 40).flatmap(
        lambda columns: st.lists(
            st.lists(st.sampled_from(EDGES) | st.floats(), min_size=columns, max_size=columns), min_size=1, max_size=4
        )
    ),
    st.integers(36, 80),
)
def test_any_matrix_is_drawn_within_the_width(matrix: list[list[float]], width: int) -> None:
    names = [f"row number {i}" for i in range(len(matrix))]
    for heads in (None, ["head"] * len(matrix[0])):
        chart = heatmap(matrix, width=width, row_labels=names, column_labels=heads)
        for text in (chart.coloured, chart.shaded):
            assert all(cells(line) <= width for line in text.plain.split("\n"))
