"""Single keys without Enter, on Linux, macOS and Windows, and a line of text that is edited with them.

`resize`, `timeout` and `eof` are keys too; the others stand in `quiz.terminal.decode`.
"""

import os
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import pairwise
from types import FrameType, TracebackType
from typing import Any, Final, NamedTuple, Self, TextIO

from quiz.terminal.decode import PASTE, PASTE_END, Key, decode, named
from quiz.terminal.text import UNSAFE, breaks, width

__all__ = ["Key", "Keyboard", "Line", "keyboard"]

LONGEST_LINE: Final = 10_000
"""Characters of an edited line; what is beyond is not taken."""

_LONGEST_PASTE = 1_000_000  # bytes; of a longer one the middle is dropped
_ESCAPE_WAIT = 0.1  # seconds in which the rest of an escape sequence arrives, also over a slow line
_PASTE_WAIT = 2.0
_POLL = 0.02  # seconds between two looks at Windows' keyboard


def keyboard(stdin: TextIO, stdout: TextIO, *, on: str = "", off: str = "") -> "Keyboard":
    """The keyboard of the terminal `stdin`, to be used in a `with` in the main thread.

    `on` and `off` are control sequences for `stdout`, such as those of the alternate screen: written on entering and
    leaving, and also around a suspension (Ctrl-Z) and before the process is ended by a signal.
    """
    return (_Windows if sys.platform == "win32" else _Posix)(stdin, stdout, on, off)


class Keyboard:
    """Reads keys while entered; the terminal is put back on leaving, however that happens (SIGKILL aside)."""

    def __init__(self, stdin: TextIO, stdout: TextIO, on: str, off: str) -> None:
        self._in = stdin.fileno()
        self._stdout = stdout
        self._on, self._off = on, off
        self._kept: list[Key] = []

    def __enter__(self) -> Self:
        self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """The terminal as it was before, for an editor; what was typed meanwhile is dropped."""
        self._stop()
        try:
            yield
        finally:
            self._start()
            self.drop_waiting_input()

    def read_key(self, timeout: float | None = None) -> Key:
        """The next key; `timeout` after so many seconds without one. Ctrl-C is a key: ctrl-c."""
        return self._kept.pop(0) if self._kept else self._next(timeout)

    def drop_waiting_input(self) -> None:
        """Forget what was typed ahead or pasted, to its end. Ctrl-C, a new size and the end of input are kept."""
        for _ in range(10_000):
            key = self._next(0)
            if key in ("ctrl-c", "resize", "eof") and key not in self._kept:
                self._kept.append(key)
            if key in ("timeout", "ctrl-c", "eof"):
                break

    def _next(self, timeout: float | None) -> Key:
        try:
            return self._read(timeout)
        except KeyboardInterrupt:
            return Key("ctrl-c")

    def _start(self) -> None:
        raise NotImplementedError

    def _stop(self) -> None:
        raise NotImplementedError

    def _read(self, timeout: float | None) -> Key:
        raise NotImplementedError


class _Posix(Keyboard):
    """A terminal that sends bytes."""

    _buffer = b""
    _resized = False

    def _start(self) -> None:
        import termios

        self._before = termios.tcgetattr(self._in)
        self._wake = os.pipe()  # lets a signal end the wait for a key
        for end in self._wake:
            os.set_blocking(end, False)
        self._handlers: dict[int, Any] = {}
        for number, handler in (
            (signal.SIGWINCH, self._redraw),
            (signal.SIGCONT, self._go_on),
            (signal.SIGTSTP, self._suspend),
            (signal.SIGTERM, self._die),
            (signal.SIGHUP, self._die),
            (signal.SIGQUIT, self._die),
        ):
            if signal.getsignal(number) != signal.SIG_IGN:
                self._handlers[number] = signal.signal(number, handler)
        self._stdout.flush()
        self._set_mode()

    def _stop(self) -> None:
        with suppress(OSError):
            self._stdout.flush()
        self._put_back()
        for number, handler in self._handlers.items():
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)
        for end in self._wake:
            os.close(end)
        self._buffer = b""

    def _set_mode(self) -> None:
        """No echo, no waiting for Enter, no Ctrl-S that freezes the screen; Ctrl-C and Ctrl-Z stay signals."""
        import termios

        mode = termios.tcgetattr(self._in)
        mode[0] &= ~termios.IXON
        mode[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
        mode[6][termios.VMIN], mode[6][termios.VTIME] = 1, 0
        termios.tcsetattr(self._in, termios.TCSANOW, mode)
        os.write(self._stdout.fileno(), (self._on + "\x1b[?2004h").encode())

    def _put_back(self) -> None:
        """Safe in a signal handler, and where the terminal is gone."""
        import termios

        with suppress(OSError, termios.error):
            os.write(self._stdout.fileno(), ("\x1b[?2004l" + self._off).encode())
            termios.tcsetattr(self._in, termios.TCSANOW, self._before)

    def _redraw(self, number: int, frame: FrameType | None) -> None:
        self._resized = True
        os.write(self._wake[1], b"\0")

    def _suspend(self, number: int, frame: FrameType | None) -> None:
        self._put_back()
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTSTP)  # stops here until the shell says fg; without a shell it does nothing
        signal.signal(signal.SIGTSTP, self._suspend)
        self._go_on(number, frame)

    def _go_on(self, number: int, frame: FrameType | None) -> None:
        import termios

        with suppress(OSError, termios.error):  # interrupted when put into the background: fg calls this again
            self._set_mode()
        self._redraw(number, frame)

    def _die(self, number: int, frame: FrameType | None) -> None:
        self._put_back()
        signal.signal(number, self._handlers[number] or signal.SIG_DFL)
        os.kill(os.getpid(), number)

    def _read(self, timeout: float | None) -> Key:
        import select

        while True:
            key, self._buffer = decode(self._buffer)
            if key:
                return key
            wait = timeout if not self._buffer else _PASTE_WAIT if self._buffer.startswith(PASTE) else _ESCAPE_WAIT
            ready = select.select([self._in, self._wake[0]], [], [], wait)[0]
            if self._wake[0] in ready:
                os.read(self._wake[0], 4096)
            if self._resized:
                self._resized = False
                return Key("resize")
            if not ready:
                key, self._buffer = decode(self._buffer, final=True)
                return key or Key("timeout")
            if self._in in ready and not self._fill():
                return Key("eof")

    def _fill(self) -> bool:
        """Read what is there; False at the end of input or when the terminal is gone."""
        try:
            more = os.read(self._in, 4096)
        except OSError:
            return False
        self._buffer += more
        if len(self._buffer) > _LONGEST_PASTE:
            self._buffer = self._buffer[:_LONGEST_PASTE] + self._buffer[-len(PASTE_END) :]
        return bool(more)


_SCAN_CODES: Final = {"H": "up", "P": "down", "K": "left", "M": "right", "G": "home", "O": "end", "S": "delete"} | {
    "I": "page-up",
    "Q": "page-down",
    "s": "left",
    "t": "right",
}


class _Windows(Keyboard):
    """A console that is asked for characters. It marks no pastes."""

    def _start(self) -> None:
        import importlib

        self._console: Any = importlib.import_module("msvcrt")
        self._size = self._terminal_size()
        os.system("")  # makes older consoles obey control sequences
        self._write(self._on)

    def _stop(self) -> None:
        with suppress(OSError):
            self._write(self._off)

    def _write(self, sequence: str) -> None:
        self._stdout.write(sequence)
        self._stdout.flush()

    def _terminal_size(self) -> tuple[int, int]:
        try:
            return os.get_terminal_size(self._stdout.fileno())
        except OSError:
            return 0, 0

    def _read(self, timeout: float | None) -> Key:
        import time

        waited = 0.0
        while not self._console.kbhit():
            before, self._size = self._size, self._terminal_size()
            if self._size != before:
                return Key("resize")
            if timeout is not None and waited >= timeout:
                return Key("timeout")
            time.sleep(_POLL)
            waited += _POLL
        character = self._console.getwch()
        if character == "\0" or (character == "\xe0" and self._console.kbhit()):  # else it is an à
            return Key(_SCAN_CODES.get(self._console.getwch(), "unknown"))
        if "\ud800" <= character <= "\udbff":
            pair = character + self._console.getwch()
            character = pair.encode("utf-16", "surrogatepass").decode("utf-16", "replace")[:1]
        return named(character)


class Line(NamedTuple):
    """A line being edited; the cursor stands before `text[cursor]`."""

    text: str = ""
    cursor: int = 0

    def feed(self, key: str, text: str = "") -> "Line":
        """The line after a key; `text` is what was pasted, in which line ends become spaces."""
        before, after = self.text[: self.cursor], self.text[self.cursor :]
        match key:
            case "backspace":
                return Line(before[: _left(before)] + after, _left(before))
            case "delete":
                return Line(before + after[_right(after) :], self.cursor)
            case "left":
                return self._replace(cursor=_left(before))
            case "right":
                return self._replace(cursor=self.cursor + _right(after))
            case "home" | "ctrl-a":
                return self._replace(cursor=0)
            case "end" | "ctrl-e":
                return self._replace(cursor=len(self.text))
            case "ctrl-w":
                start = before.rstrip().rfind(" ") + 1
                return Line(before[:start] + after, start)
            case "ctrl-u":
                return Line(after, 0)
            case "ctrl-k":
                return Line(before, self.cursor)
            case "space":
                return self._with(" ")
            case "paste":
                return self._with(text or getattr(key, "text", ""))
        return self._with(key if len(key) == 1 else "")

    def _with(self, text: str) -> "Line":
        text = UNSAFE.sub("", re.sub(r"\r\n|[\r\n\t]", " ", text))[: LONGEST_LINE - len(self.text)]
        return Line(self.text[: self.cursor] + text + self.text[self.cursor :], self.cursor + len(text))

    def rows(self, cells: int) -> tuple[list[str], int, int]:
        """The text wrapped to `cells` columns, and the row and column of the cursor."""
        edges = [0, *breaks(self.text, cells - 1), len(self.text)]
        row = max(at for at, start in enumerate(edges[:-1]) if start <= self.cursor)
        column = min(width(self.text[edges[row] : self.cursor]), cells - 1)
        return [self.text[start:end].rstrip() for start, end in pairwise(edges)], row, column


def _left(text: str) -> int:
    """Where the last character begins, with all that is combined with it."""
    at = len(text) - 1
    while at > 0 and (not width(text[at]) or text[at - 1] == "\u200d"):
        at -= 1
    return max(0, at)


def _right(text: str) -> int:
    """Where the first character ends, with all that is combined with it."""
    at = 1
    while at < len(text) and (not width(text[at]) or text[at - 1] == "\u200d"):
        at += 1
    return min(at, len(text))
