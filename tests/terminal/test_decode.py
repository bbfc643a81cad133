import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.terminal.decode import Key, decode


def keys(data: bytes) -> list[Key]:
    """All keys in the bytes, after which nothing comes."""
    found = []
    while data:
        key, data = decode(data, final=True)
        assert key is not None
        found.append(key)
    return found


@pytest.mark.parametrize(
    ("data", "names"),
    [
        (b"a1?", ["a", "1", "?"]),
        (b" \r\n\t", ["space", "enter", "enter", "tab"]),
        (b"\x7f\x08", ["backspace", "backspace"]),
        (b"\x01\x04\x17", ["ctrl-a", "ctrl-d", "ctrl-w"]),
        ("é日👩".encode(), ["é", "日", "👩"]),
        (b"\x1b[A\x1b[B\x1bOC\x1bOD", ["up", "down", "right", "left"]),
        (b"\x1b[H\x1b[4~\x1b[3~\x1b[5~\x1b[6~\x1b[Z", ["home", "end", "delete", "page-up", "page-down", "shift-tab"]),
        (b"\x1b[1;5C", ["right"]),
        (b"\x1b", ["escape"]),
        (b"\x1b\x1b", ["escape", "escape"]),
        (b"\x1bOM", ["enter"]),
    ],
)
def test_keys_have_names(data: bytes, names: list[str]) -> None:
    assert keys(data) == names


MEANINGLESS = [b"\x1b[15~", b"\x1b[[A", b"\x1b[<0;12;7M", b"\x1b[M !!", b"\x1b[?62;4c", b"\x1b]11;rgb:ff/ff/ff\x07"]
MEANINGLESS += [b"\x1bP>|xterm\x1b\\", b"\x1ba", "\x1bé".encode(), b"\x1b\x1b[A", b"\x1b[97;5u", b"\x1b[200"]
MEANINGLESS += [b"\xff", b"\xc3", b"\x00", "\x9b".encode()]


@pytest.mark.parametrize("data", MEANINGLESS)
def test_what_means_nothing_is_one_unknown_key(data: bytes) -> None:
    assert keys(data) == ["unknown"]


def test_a_paste_is_one_key_with_its_text() -> None:
    paste, after = keys(b"\x1b[200~3\r\nq\x1b[A\xff\x1b[201~x")
    assert (paste, after) == ("paste", "x")
    assert paste.text == "3\nq\x1b[A�"


def test_a_letter_puts_itself_into_a_line_and_a_named_key_nothing() -> None:
    assert [key.text for key in keys(b"a \x1b[A\r")] == ["a", " ", "", ""]


@pytest.mark.parametrize(
    "data",
    [b"\x1b[A", b"\x1bOA", "日".encode(), b"\x1b[200~ab\x1b[201~", b"\x1b[M !!", b"\x1b]0;t\x1b\\", "\x1bé".encode()],
)
def test_a_key_that_arrives_in_pieces_is_waited_for(data: bytes) -> None:
    for size in range(len(data)):
        assert decode(data[:size]) == (None, data[:size])
    assert decode(data)[1] == b""


@given(
    st.lists(st.sampled_from([b"\x1b", b"[", b"O", b"2", b"0", b"~", b"M", b"]", b"\x07", b"\x9b", b"a"])) | st.binary()
)
def test_any_bytes_are_read_to_their_end(data: list[bytes] | bytes) -> None:
    data = data if isinstance(data, bytes) else b"".join(data)
    read = 0
    while data:
        before = len(data)
        key, data = decode(data, final=True)
        assert key
        assert len(data) < before
        read += 1
