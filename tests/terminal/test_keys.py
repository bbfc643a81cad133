import os
import signal
import sys
import termios
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pexpect
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.terminal import keys as keys_module
from quiz.terminal.keys import LONGEST_LINE, Key, Keyboard, Line, keyboard
from quiz.terminal.text import width

ECHO_KEYS = """
import sys
from quiz.terminal.keys import keyboard
with keyboard(sys.stdin, sys.stdout, on="<on>", off="<off>") as board:
    print("READY", flush=True)
    while (key := board.read_key({timeout})) not in ("q", "eof"):
        print(f"[{{key}}|{{key.text!r}}]", flush=True)
        {more}
print("LEFT", key, flush=True)
"""


@pytest.fixture
def start() -> Iterator[Any]:
    """Starts a program on a terminal of its own, on which it shows every key."""
    children = []

    def begin(more: str = "pass", timeout: float | None = None) -> Any:
        code = ECHO_KEYS.format(more=more, timeout=timeout)
        child = pexpect.spawn(sys.executable, ["-c", code], encoding="utf-8", timeout=20, dimensions=(24, 80))
        child.delaybeforesend = None
        children.append(child)
        child.expect("READY")
        return child

    yield begin
    for child in children:
        child.close(force=True)


def is_cooked(child: Any) -> bool:
    """Whether the terminal echoes and waits for Enter, as a shell wants it."""
    flags = termios.tcgetattr(child.child_fd)[3]
    return bool(flags & termios.ECHO) and bool(flags & termios.ICANON)


def test_a_key_needs_no_enter_and_is_not_echoed(start: Any) -> None:
    child = start()
    for sent, seen in (
        ("a", "[a|'a']"),
        (" ", "[space|' ']"),
        ("\r", "[enter|'']"),
        ("日", "[日|'日']"),
        ("\x1b[A", "[up|'']"),
    ):
        child.send(sent)
        child.expect_exact(seen)
        assert child.before.strip() == ""
    child.send("q")
    child.expect("LEFT q")


def test_a_lone_escape_is_a_key_at_once(start: Any) -> None:
    child = start()
    child.send("\x1b")
    child.expect_exact("[escape|'']")
    child.send("[")
    child.expect_exact("[[|'[']")


def test_a_paste_is_one_key(start: Any) -> None:
    child = start()
    child.send("\x1b[200~3\rq\rx\x1b[201~")
    child.expect_exact(r"[paste|'3\nq\nx']")


def test_the_terminal_is_as_before_when_the_program_leaves(start: Any) -> None:
    child = start()
    assert "<on>\x1b[?2004h" in child.before
    assert not is_cooked(child)
    child.send("q")
    child.expect_exact("\x1b[?2004l<off>")
    child.expect("LEFT")
    assert is_cooked(child)


def test_the_terminal_is_as_before_after_an_exception(start: Any) -> None:
    child = start(more="1 / 0")
    child.send("a")
    child.expect_exact("\x1b[?2004l<off>")
    child.expect("ZeroDivisionError")
    assert is_cooked(child)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
def test_the_terminal_is_as_before_after_a_signal_and_the_program_dies_of_it(start: Any, number: int) -> None:
    child = start()
    child.kill(number)
    child.expect_exact("\x1b[?2004l<off>")
    child.expect(pexpect.EOF)
    assert is_cooked(child)
    child.wait()
    assert child.signalstatus == number


def test_ctrl_c_is_a_key(start: Any) -> None:
    child = start()
    child.send("\x03")
    child.expect_exact("[ctrl-c|'']")


def test_ctrl_s_does_not_freeze_the_screen(start: Any) -> None:
    child = start()
    child.send("\x13a")
    child.expect_exact("[ctrl-s|'']")
    child.expect_exact("[a|'a']")


def test_a_new_size_is_a_key(start: Any) -> None:
    child = start()
    child.setwinsize(30, 40)
    child.expect_exact("[resize|'']")


def test_without_a_key_the_time_runs_out(start: Any) -> None:
    start(timeout=0.01).expect_exact("[timeout|'']")


@pytest.fixture
def terminal() -> Iterator[tuple[int, Any]]:
    """Our end of a terminal, and a keyboard that reads the other."""
    ours, theirs = os.openpty()
    stream: Any = SimpleNamespace(fileno=lambda: theirs, flush=lambda: None)
    with keyboard(stream, stream) as board:
        yield ours, board
    os.close(theirs)


def test_a_closed_terminal_is_the_end_of_input(terminal: tuple[int, Keyboard]) -> None:
    ours, board = terminal
    os.write(ours, b"a")
    assert board.read_key() == "a"
    os.close(ours)
    assert board.read_key() == "eof"
    assert board.read_key() == "eof"


def test_keys_typed_ahead_are_dropped(terminal: tuple[int, Keyboard]) -> None:
    ours, board = terminal
    os.write(ours, b"111 \x1b[A\x1b[200~2\x1b[201~3")
    board.drop_waiting_input()
    assert board.read_key(0) == "timeout"
    os.write(ours, b"2")
    assert board.read_key() == "2"


def test_a_paste_is_dropped_to_its_end(terminal: tuple[int, Keyboard]) -> None:
    ours, board = terminal
    os.write(ours, b"1\x1b[200~1234")
    rest = Thread(target=os.write, args=(ours, b"1" * 3000 + b"\x1b[201~"))
    rest.start()
    board.drop_waiting_input()
    rest.join()
    assert board.read_key(0) == "timeout"


def test_a_new_size_outlives_what_is_dropped(terminal: tuple[int, Keyboard]) -> None:
    ours, board = terminal
    os.kill(os.getpid(), signal.SIGWINCH)
    os.write(ours, b"11")
    board.drop_waiting_input()
    assert board.read_key(0) == "resize"
    assert board.read_key(0) == "timeout"


def test_a_pause_gives_the_terminal_back_for_an_editor(start: Any) -> None:
    child = start(more="exec('with board.paused(): input(\"EDIT\")')")
    child.send("v")
    child.expect("EDIT")
    assert is_cooked(child)
    child.send("typed\r")
    child.expect_exact("<on>")
    child.send("x")
    child.expect_exact("[x|'x']")


def test_ctrl_z_gives_the_shell_its_terminal_and_fg_takes_it_again(tmp_path: Path) -> None:
    script = tmp_path / "echo_keys.py"
    script.write_text(ECHO_KEYS.format(more="pass", timeout=None))
    shell = pexpect.spawn(
        "/bin/bash", ["--norc", "--noprofile", "-i"], encoding="utf-8", timeout=20, dimensions=(24, 80)
    )
    shell.delaybeforesend = None
    shell.sendline(f"PS1='$ '; {sys.executable} {script}")
    shell.expect("READY")
    shell.send("\x1a")
    shell.expect_exact("\x1b[?2004l<off>")
    shell.expect("Stopped")
    shell.sendline("stty -a; echo SHOWN")
    shell.expect("SHOWN\r\n")
    shell.expect("SHOWN\r\n")
    assert " echo " in shell.before
    shell.sendline("fg")
    shell.expect_exact("<on>")
    shell.expect_exact("[resize|'']")
    shell.send("a")
    shell.expect_exact("[a|'a']")
    shell.send("q")
    shell.expect("LEFT")
    shell.close(force=True)


class Console:
    """Windows' keyboard with characters waiting."""

    def __init__(self, waiting: str) -> None:
        self.waiting = list(waiting)

    def kbhit(self) -> bool:
        return bool(self.waiting)

    def getwch(self) -> str:
        return self.waiting.pop(0)


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Reads what is typed with Windows' own means."""

    def read(waiting: str, timeout: float | None = 0) -> list[str]:
        monkeypatch.setattr(keys_module, "sys", SimpleNamespace(platform="win32"))
        monkeypatch.setitem(sys.modules, "msvcrt", Console(waiting))  # type: ignore[arg-type]
        stream: Any = SimpleNamespace(fileno=lambda: -1, write=lambda text: None, flush=lambda: None)
        with keyboard(stream, stream) as board:
            found = []
            while (key := board.read_key(timeout)) != "timeout":
                found.append(str(key))
        return found

    return read


def test_windows_has_the_same_keys(windows: Any) -> None:
    assert windows("a \r\t\x1b\b\x03") == ["a", "space", "enter", "tab", "escape", "backspace", "ctrl-c"]
    assert windows("\xe0H\xe0K\0;\0S") == ["up", "left", "unknown", "delete"]
    assert windows("日\ud83d\udc69") == ["日", "👩"]
    assert windows("à") == ["à"]


def typed(line: Line, *pressed: str) -> Line:
    for key in pressed:
        line = line.feed(key)
    return line


def test_letters_go_where_the_cursor_is() -> None:
    assert typed(Line(), "a", "c", "left", "b", "end", "space", "é") == Line("abc é", 5)


def test_a_line_is_edited_as_in_a_shell() -> None:
    line = Line("one two three", 13)
    assert typed(line, "ctrl-w").text == "one two "
    assert typed(line, "ctrl-w", "ctrl-w").text == "one "
    assert typed(line, "home", "delete").text == "ne two three"
    assert typed(line, "left", "left", "backspace").text == "one two thee"
    assert typed(line, "ctrl-a", "right", "ctrl-k") == Line("o", 1)
    assert typed(line, "left", "ctrl-u") == Line("e", 0)


def test_keys_that_edit_nothing_leave_the_line_alone() -> None:
    assert typed(Line("ab", 1), "up", "unknown", "escape", "tab", "timeout", "resize") == Line("ab", 1)
    assert typed(Line(), "backspace", "delete", "left", "right", "ctrl-w", "ctrl-u") == Line()


def test_a_character_and_its_accents_go_together() -> None:
    assert typed(Line("x̂", 2), "backspace") == Line()
    assert typed(Line("👩‍🔬a", 0), "right") == Line("👩‍🔬a", 3)


def test_a_paste_becomes_one_line_without_control_characters() -> None:
    assert Line("a", 1).feed("paste", "1\r\n2\n3\t\x1b[A\u202e") == Line("a1 2 3 [A", 9)
    assert Line().feed(Key("paste", "text")).text == "text"


def test_a_line_takes_no_more_than_it_holds() -> None:
    line = Line().feed("paste", "x" * 2 * LONGEST_LINE)
    assert len(line.text) == LONGEST_LINE
    assert line.feed("y") == line


def test_a_long_line_is_shown_in_rows_with_its_cursor() -> None:
    assert Line("one two three", 13).rows(8) == (["one two", "three"], 1, 5)
    assert Line("one two three", 0).rows(8) == (["one two", "three"], 0, 0)
    assert Line("日本語", 3).rows(5) == (["日本", "語"], 1, 2)
    assert Line().rows(5) == ([""], 0, 0)


NAMES = [
    "a",
    "é",
    "日",
    "\u0302",
    "space",
    "backspace",
    "delete",
    "left",
    "right",
    "home",
    "end",
    "ctrl-w",
    "ctrl-u",
    "ctrl-k",
]


@given(st.lists(st.sampled_from(NAMES)), st.text(st.characters(codec=None)), st.integers(3, 20))
def test_the_cursor_stays_in_the_line_and_on_the_screen(pressed: list[str], pasted: str, cells: int) -> None:
    line = typed(typed(Line(), *pressed).feed("paste", pasted), *reversed(pressed))
    assert 0 <= line.cursor <= len(line.text)
    assert "\n" not in line.text
    rows, row, column = line.rows(cells)
    assert 0 <= row < len(rows)
    assert 0 <= column < cells
    assert all(width(shown) < cells for shown in rows)
