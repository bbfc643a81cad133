import itertools

from hypothesis import given
from hypothesis import strategies as st

from quiz.terminal.text import breaks, clean, cut, width, wrap


def test_words_newlines_and_tabs_are_shown_as_they_are() -> None:
    text = "Überblick:\n\t日本 √dₖ <pad> 👩‍🔬 naïve"
    assert clean(text) == text


def test_control_sequences_are_shown_and_not_obeyed() -> None:
    assert clean("\x1b[31mred\x1b[0m") == r"\x1b[31mred\x1b[0m"
    assert clean("\x1b]52;c;c2VjcmV0\x07") == r"\x1b]52;c;c2VjcmV0\x07"
    assert clean("\x9b2J\x00\x7f") == r"\x9b2J\x00\x7f"
    assert clean("a\rb\x08c") == r"a\x0db\x08c"


def test_text_cannot_be_turned_round() -> None:
    assert clean("user\u202egnirts\u202c\u2066\u2069\u200f") == r"user\u202egnirts\u202c\u2066\u2069\u200f"


def test_half_a_surrogate_pair_does_not_end_the_session() -> None:
    assert clean("\ud800").encode() == rb"\ud800"


def test_line_ends_of_windows_are_line_ends() -> None:
    assert clean("a\r\nb") == "a\nb"


@given(st.text(st.characters(codec=None)))
def test_clean_text_can_be_printed_and_stays_as_it_is(text: str) -> None:
    shown = clean(text)
    shown.encode()
    assert clean(shown) == shown
    assert all(char in "\n\t" or not ("\0" <= char <= "\x1f" or "\x7f" <= char <= "\x9f") for char in shown)


def test_wide_characters_take_two_cells_and_accents_none() -> None:
    assert width("abc") == 3
    assert width("日本") == 4
    assert width("x̂") == 1


def test_what_is_cut_says_so_and_fits() -> None:
    assert cut("attention", 9) == "attention"
    assert cut("attention", 4) == "att…"
    assert cut("日本語", 4) == "日…"
    assert cut("attention", 0) == ""


def test_lines_break_after_spaces_and_where_the_text_says() -> None:
    assert wrap("the cat sat\non the mat", 8) == ["the cat", "sat", "on the", "mat"]
    assert wrap("a\n\nb", 8) == ["a", "", "b"]
    assert wrap("", 8) == [""]


def test_a_word_longer_than_the_line_is_divided_and_not_lost() -> None:
    assert wrap("abcdefghij kl", 4) == ["abcd", "efgh", "ij", "kl"]
    assert wrap("日本語", 4) == ["日本", "語"]


def test_a_no_break_space_keeps_a_formula_together() -> None:
    assert wrap("where a\u00a0=\u00a0b", 7) == ["where", "a\u00a0=\u00a0b"]


@given(st.text(), st.integers(2, 30))
def test_pieces_fit_and_nothing_is_lost(text: str, cells: int) -> None:
    text = clean(text).replace("\t", " ")
    edges = [0, *breaks(text, cells), len(text)]
    assert edges == sorted(edges)
    pieces = [text[start:end] for start, end in itertools.pairwise(edges)]
    assert "".join(pieces) == text
    assert all(width(piece.rstrip(" \n")) <= cells for piece in pieces)
