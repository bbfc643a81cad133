"""Bank files, good, broken and hostile."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quiz.bank import events, load
from quiz.bank.finding import Finding, sentence
from quiz.bank.load import LeftOut, Loaded, load_bytes
from quiz.bank.places import shipped
from tests.bank.banks import BROKEN, GOOD, NEXT, Broken, put


def loaded(data: bytes | str) -> list[Loaded]:
    data = data if isinstance(data, bytes) else data.encode()
    return [item for item in load_bytes(data, "f") if isinstance(item, Loaded)]


def said(data: bytes | str) -> list[str]:
    data = data if isinstance(data, bytes) else data.encode()
    return [sentence(item, item.file) for item in load_bytes(data, "f") if isinstance(item, Finding)]


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_file_is_told_what_is_wrong_where_and_what_to_write(broken: Broken) -> None:
    told = said(broken.text)
    assert len(told) == len(broken.said), told
    for line, piece in zip(told, broken.said, strict=True):
        assert piece in line
    assert len(loaded(broken.text)) == broken.good


def test_the_shipped_bank_loads_without_a_word() -> None:
    items = list(load.load(shipped()))
    assert len(items) >= 30
    assert all(isinstance(item, Loaded) for item in items)


def test_text_stays_text_whatever_yaml_makes_of_it() -> None:
    text = put("- one", "- NO").replace("- two", "- 12:30:45").replace("- three", "- 2024-02-30\n      - " + "9" * 5000)
    (item,) = loaded(text)
    assert item.question.key_points == ("NO", "12:30:45", "2024-02-30", "9" * 5000)


def test_windows_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    (plain,), (windows,) = loaded(GOOD), loaded("\ufeff" + GOOD.replace("\n", "\r\n"))
    assert windows == plain


def test_what_is_left_empty_is_left_out() -> None:
    (item,) = loaded(put("- three", "- three\n      -").replace("level:", "replaces:\n    level:"))
    assert item.question.key_points == ("one", "two", "three")
    assert item.question.replaces is None


def test_a_concept_that_is_not_named_is_the_id() -> None:
    assert loaded(GOOD)[0].question.concept == "scaling"


def test_the_version_is_that_of_the_words_and_not_of_the_filing() -> None:
    (item,) = loaded(GOOD)
    (moved,) = loaded(put("level: basic", "tags: [exam]\n    level: advanced"))
    (reworded,) = loaded(put("Why divide?", "Why is it divided?"))
    assert item.version == moved.version != reworded.version
    assert len(item.version) == 12


def test_lines_are_those_of_the_file_also_behind_a_broken_question() -> None:
    items = list(load_bytes((put("- one", '- "\\x"') + "\n# a comment\n" + NEXT).encode(), "f"))
    (left,) = (item for item in items if isinstance(item, LeftOut))
    (second,) = (item for item in items if isinstance(item, Loaded))
    assert left.line == 3
    assert (put("- one", '- "\\x"') + "\n# a comment\n" + NEXT).splitlines()[second.line - 1] == "  - id: second"


def test_a_broken_question_costs_no_other() -> None:
    bad = NEXT.replace("second", "bad").replace("- one", "- `one`")
    text = GOOD + bad + NEXT + bad.replace("id: bad", "id: worse") + NEXT.replace("second", "third")
    assert [item.question.id for item in loaded(text)] == ["scaling", "second", "third"]


def test_a_hopeless_file_is_given_up_and_said_to_be() -> None:
    told = said("schema: 1\nquestions:\n" + "  - id: `x`\n" * 200)
    assert len(told) < 70
    assert "the file is not read from here on" in told[-1]


def test_a_flood_of_problems_is_cut_off() -> None:
    told = said("schema: 1\nquestions:\n" + "  - x\n" * 3_000)
    assert len(told) == load.MAX_FINDINGS + 1
    assert "2500 more problems are not listed" in told[-1]


@pytest.mark.parametrize("name", ["scaling", "a" * 80])
def test_an_id_may_have_eighty_characters(name: str) -> None:
    assert loaded(put("id: scaling", f"id: {name}"))
    assert not loaded(put("id: scaling", f"id: {name + 'a' * 80}"))


class TestReading:
    def told(self, path: Path | str) -> str:
        finding, left = load.load(str(path))
        assert isinstance(finding, Finding) and isinstance(left, LeftOut)
        return finding.problem

    def test_a_folder_is_no_file(self, tmp_path: Path) -> None:
        assert self.told(tmp_path) == "it is a folder, not a file"

    def test_a_missing_file_is_said_to_be_missing(self, tmp_path: Path) -> None:
        assert self.told(tmp_path / "none.yaml") == "it cannot be read: no such file or directory"

    @pytest.mark.skipif(sys.platform == "win32", reason="no pipes in folders there")
    def test_a_pipe_without_a_writer_does_not_hang(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe.yaml")
        assert self.told(tmp_path / "pipe.yaml") == "it is a pipe or a device, not a file"

    @pytest.mark.skipif(sys.platform == "win32", reason="no devices in folders there")
    def test_a_device_is_not_read(self) -> None:
        assert self.told("/dev/zero") == "it is a pipe or a device, not a file"

    @pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
    def test_a_circle_of_links_ends(self, tmp_path: Path) -> None:
        (tmp_path / "a.yaml").symlink_to(tmp_path / "b.yaml")
        (tmp_path / "b.yaml").symlink_to(tmp_path / "a.yaml")
        assert self.told(tmp_path / "a.yaml").startswith("it cannot be read: ")

    def test_a_link_to_a_file_is_followed(self, tmp_path: Path) -> None:
        (tmp_path / "real").write_text(GOOD)
        (tmp_path / "link.yaml").symlink_to(tmp_path / "real")
        (item,) = load.load(str(tmp_path / "link.yaml"))
        assert isinstance(item, Loaded)

    def test_a_file_that_is_too_large_is_not_read(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(load, "MAX_BYTES", 1 << 20)
        (tmp_path / "large.yaml").write_bytes(b"#" * ((1 << 20) + 1))
        assert self.told(tmp_path / "large.yaml") == "it is larger than 1 MB"

    def test_a_name_with_a_nul_is_refused(self) -> None:
        assert self.told("a\0b") == "its name is no name of a file"


@pytest.fixture
def without_libyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    from quiz.bank._slow import Parser

    monkeypatch.setattr(events, "Parser", Parser)


@pytest.mark.usefixtures("without_libyaml")
@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
def test_without_libyaml_the_same_questions_are_good(broken: Broken) -> None:
    assert len(loaded(broken.text)) == broken.good
    assert bool(said(broken.text)) == bool(broken.said)


@pytest.mark.usefixtures("without_libyaml")
def test_without_libyaml_the_shipped_bank_is_the_same() -> None:
    slow = list(load.load(shipped()))
    assert slow and all(isinstance(item, Loaded) for item in slow)


LINES = (GOOD + NEXT).splitlines(keepends=True)
PIECES = [
    "- ",
    ": ",
    "[",
    "{",
    '"',
    "'",
    "|",
    "&a ",
    "*a",
    "!x ",
    "? ",
    "<<: ",
    "\t",
    "#",
    "%",
    "\\",
    "---\n",
    "\x85",
    "\0",
]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_bank_that_is_mangled_anyhow_raises_nothing(data: st.DataObject) -> None:
    lines = list(LINES)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        place = data.draw(st.integers(0, len(lines[at])))
        piece = data.draw(st.sampled_from(PIECES) | st.text(max_size=3))
        match data.draw(st.integers(0, 3)):
            case 0:
                lines[at] = lines[at][:place] + piece + lines[at][place:]
            case 1:
                lines[at] = lines[at][:place] + lines[at][place + 1 :]
            case 2:
                lines.insert(at, data.draw(st.sampled_from(LINES)))
            case 3 if len(lines) > 1:
                del lines[at]
    text = "".join(lines).encode("utf-8", "surrogatepass")
    items = list(load_bytes(text, "f"))
    good, left = (sum(isinstance(item, kind) for item in items) for kind in (Loaded, LeftOut))
    told = [item for item in items if isinstance(item, Finding) and item.severity == "error"]
    assert bool(left) == bool(told)
    assert good + left >= 1 or items


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_noise_raises_nothing(noise: bytes) -> None:
    list(load_bytes(noise, "f"))
    list(load_bytes(b"schema: 1\nquestions:\n  - " + noise, "f"))


@settings(max_examples=200, deadline=None)
@given(
    st.text(
        st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="\ufeff\ufffe\uffff"), min_size=1
    )
)
def test_any_text_comes_back_as_it_was_written(text: str) -> None:
    quoted = text.replace("'", "''")
    (item,) = loaded(put("- one", f"- 'x{quoted}x'")) if len(text) < 10_000 else loaded(GOOD)
    assert item.question.key_points[0] == f"x{text}x"
