"""What a terminal sends, as keys.

A key is its character (`a`, `é`, `日`) or a name: space enter tab escape backspace delete up down left right home end
page-up page-down shift-tab ctrl-a ... ctrl-z, `paste`, and `unknown` for whatever else a keyboard sends: one key, never
a spray of letters.
"""

import re
from typing import Final, Self

from quiz.terminal.text import UNSAFE

PASTE: Final = b"\x1b[200~"
PASTE_END: Final = b"\x1b[201~"


class Key(str):
    """A key's name; `text` is what it puts into a line, if anything."""

    text: str

    def __new__(cls, name: str, text: str = "") -> Self:
        key = super().__new__(cls, name)
        key.text = text
        return key


_CONTROLS: Final = {"\r": "enter", "\n": "enter", "\t": "tab", "\x7f": "backspace", "\b": "backspace", "\x1b": "escape"}
_FINALS: Final = {b"A": "up", b"B": "down", b"C": "right", b"D": "left", b"H": "home", b"F": "end", b"Z": "shift-tab"}
_NUMBERS: Final = {
    b"1": "home",
    b"7": "home",
    b"4": "end",
    b"8": "end",
    b"3": "delete",
    b"5": "page-up",
    b"6": "page-down",
}
_SEQUENCE = re.compile(
    rb"\x1b(?:\[M.{3}"  # an old mouse report
    rb"|\[\[[A-E]"  # the Linux console's F1 to F5
    rb"|\[(?![M\[])(?P<number>\d*)[0-?]*[ -/]*(?P<final>[@-~])"  # modifiers are ignored: Ctrl-Left is left
    rb"|O(?P<key>[ -~])"
    rb"|[\]PX^_].*?(?:\x07|\x1b\\))",  # what a terminal answers to questions that others asked
    re.DOTALL,
)
_BEGINNING = re.compile(rb"\x1b(?:\[[ -?]*|\[M.{0,2}|\[\[|O|[\]PX^_].*)?\Z", re.DOTALL)


def decode(data: bytes, *, final: bool = False) -> tuple[Key | None, bytes]:
    """The first key in the bytes of a terminal, and the bytes after it; None while it is incomplete.

    `final`: nothing more comes, so that the incomplete is a key too: Escape, a paste cut short, or unknown.
    """
    if not data:
        return None, data
    if data[0] == 0x1B:
        return _decode_escape(data, final)
    size = 1 if data[0] < 0x80 else 2 if data[0] < 0xE0 else 3 if data[0] < 0xF0 else 4
    try:
        return named(data[:size].decode()), data[size:]
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and not final:
            return None, data
        return Key("unknown"), data[max(1, error.end) :]


def named(character: str) -> Key:
    """The key of one character."""
    if character in _CONTROLS:
        return Key(_CONTROLS[character])
    if character < " ":
        return Key(f"ctrl-{chr(ord(character) + 96)}" if "\0" < character <= "\x1a" else "unknown")
    if UNSAFE.match(character):
        return Key("unknown")
    return Key("space" if character == " " else character, character)


def _decode_escape(data: bytes, final: bool) -> tuple[Key | None, bytes]:
    if data.startswith(PASTE):
        text, ended, rest = data[len(PASTE) :].partition(PASTE_END)
        if not ended and not final:
            return None, data
        return Key("paste", text.decode(errors="replace").replace("\r\n", "\n").replace("\r", "\n")), rest
    if found := _SEQUENCE.match(data):
        letter = found["final"] or found["key"] or b""
        name = _NUMBERS.get(found["number"]) if letter == b"~" else _FINALS.get(letter)
        return Key("enter" if found["key"] == b"M" else name or "unknown"), data[found.end() :]
    if _BEGINNING.match(data):
        if not final:
            return None, data
        return Key("escape" if data == b"\x1b" else "unknown"), b""
    if data[1:2] == b"\x1b" and data[2:3] not in (b"[", b"O"):
        return Key("escape"), data[1:]
    key, rest = decode(data[1:], final=final)  # Alt and a key, which means nothing here
    return (Key("unknown"), rest) if key else (None, data)
