import io
import os

import pytest
from rich.color import Color
from rich.style import Style
from rich.text import Text

from quiz.terminal.theme import STYLES, console


class Terminal(io.StringIO):
    """What is printed on a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def printed(file: io.StringIO, *, plain: bool = False, **environ: str) -> str:
    environ = {"TERM": "xterm-256color", **environ}
    console(plain=plain, environ=environ, file=file, width=40).print(Text("again", "again"))
    return file.getvalue()


def test_a_terminal_shows_colours() -> None:
    assert "38;5;160" in printed(Terminal())


def test_no_color_keeps_what_is_bold_and_drops_the_colour() -> None:
    assert printed(Terminal(), NO_COLOR="1") == "\x1b[1magain\x1b[0m\n"
    assert "38;5;160" in printed(Terminal(), NO_COLOR="")


def test_a_pipe_a_dumb_terminal_and_plain_get_no_escapes() -> None:
    assert printed(io.StringIO()) == "again\n"
    assert printed(io.StringIO(), FORCE_COLOR="1") == "again\n"
    assert printed(Terminal(), TERM="dumb") == "again\n"
    assert printed(Terminal(), plain=True) == "again\n"


def test_text_is_no_markup() -> None:
    file = io.StringIO()
    console(plain=False, environ={}, file=file, width=60).print("[bold]x[/b] :smile: 12 [link=https://x.org]")
    assert file.getvalue() == "[bold]x[/b] :smile: 12 [link=https://x.org]\n"


def test_a_terminal_that_cannot_say_how_wide_it_is_has_80_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "get_terminal_size", lambda number: os.terminal_size((0, 0)))
    for term in ("xterm", "dumb"):
        assert console(plain=False, environ={"TERM": term}, file=Terminal()).width == 80


def test_the_width_follows_the_terminal_also_a_dumb_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for term in ("xterm", "dumb"):
        screen = console(plain=False, environ={"TERM": term}, file=Terminal())
        for columns in (40, 100):
            size = os.terminal_size((columns, 30))
            monkeypatch.setattr(os, "get_terminal_size", lambda number, size=size: size)
            assert screen.width == columns


def test_a_sign_that_the_terminal_lacks_does_not_end_the_session() -> None:
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding="ascii")
    console(plain=True, environ={}, file=file, width=40).print("√dₖ = 8")
    file.flush()
    assert raw.getvalue() == b"?d? = 8" + os.linesep.encode()


def luminance(colour: Color) -> float:
    """Relative luminance as the web's accessibility guidelines define it."""
    parts = [part / 255 for part in colour.get_truecolor()]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("name", STYLES)
def test_every_colour_can_be_read_on_black_and_on_white(name: str) -> None:
    colour = Style.parse(STYLES[name]).color
    if colour:
        light = luminance(colour)
        assert (light + 0.05) / 0.05 >= 3.5
        assert 1.05 / (light + 0.05) >= 3.5
