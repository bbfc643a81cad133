import pytest

from quiz.terminal.symbols import LOWERED, RAISED, SYMBOLS
from quiz.terminal.text import width


def test_every_symbol_takes_one_cell_a_character() -> None:
    assert [name for name, (text, _) in SYMBOLS.items() if width(text) != len(text)] == []


@pytest.mark.parametrize("table", [RAISED, LOWERED], ids=["raised", "lowered"])
def test_every_small_letter_takes_one_cell(table: dict[str, str]) -> None:
    assert all(len(small) == 1 == width(small) for small in table.values())
