"""The compiled copy of a bank: the same questions, read again only where a file changed, and never in the way."""

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from quiz.bank import build, index
from quiz.bank.index import Index, open_index
from quiz.bank.load import Loaded, load, load_bytes
from quiz.bank.places import BankFile, shipped
from quiz.errors import Failed, Misused
from tests.bank.banks import GOOD, NEXT, put


@pytest.fixture
def opened(tmp_path: Path) -> Callable[..., Index]:
    """Opens the index of some bank files."""

    def open_(*banks: BankFile | Path, empty: bool = False) -> Index:
        named = [bank if isinstance(bank, BankFile) else str(bank) for bank in banks]
        return open_index(named, str(tmp_path / "cache"), empty=empty)

    return open_


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A bank of two questions."""
    path = tmp_path / "bank.yaml"
    path.write_text(GOOD + NEXT)
    return path


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are parsed."""
    seen: list[str] = []
    real = load_bytes

    def spied(data: bytes, file: str) -> object:
        seen.append(os.path.basename(file))
        return real(data, file)

    monkeypatch.setattr(build, "load_bytes", spied)
    return seen


def test_the_index_has_what_the_file_has(opened: Callable[..., Index]) -> None:
    its = opened(BankFile(shipped(), shipped=True))
    questions = [item for item in load(shipped()) if isinstance(item, Loaded)]
    assert its.count == len(questions) == len(list(its.rows()))
    for item in questions:
        found = its.question(item.question.id)
        assert found is not None
        assert (found.question, found.version, found.line) == (item.question, item.version, item.line)
        assert found.shipped and found.file == shipped()
        assert set(item.question.follow_ups) <= set(found.links)


def test_a_second_start_reads_no_file(opened: Callable[..., Index], bank: Path, reads: list[str]) -> None:
    first = opened(bank)
    assert reads == ["bank.yaml"]
    again = opened(bank)
    assert reads == ["bank.yaml"]
    assert (again.path, again.fingerprint, again.count) == (first.path, first.fingerprint, 2)


def test_only_a_file_that_changed_is_read_again(opened: Callable[..., Index], tmp_path: Path, reads: list[str]) -> None:
    (tmp_path / "own").mkdir()
    for name in ("a", "b", "c"):
        (tmp_path / "own" / f"{name}.yaml").write_text(put("id: scaling", f"id: {name}"))
    before = opened(tmp_path / "own")
    reads.clear()
    (tmp_path / "own" / "b.yaml").write_text(put("id: scaling", "id: bee"))
    (tmp_path / "own" / "d.yaml").write_text(put("id: scaling", "id: dee"))
    (tmp_path / "own" / "c.yaml").unlink()
    after = opened(tmp_path / "own")
    assert reads == ["b.yaml", "d.yaml"]
    assert after.ids() == ["a", "bee", "dee"]
    assert after.path == before.path and after.fingerprint != before.fingerprint


def test_a_file_that_was_only_touched_changes_nothing(
    opened: Callable[..., Index], bank: Path, reads: list[str]
) -> None:
    before = opened(bank).fingerprint
    os.utime(bank, (1, 1))
    assert opened(bank).fingerprint == before
    assert reads == ["bank.yaml"]


def test_taking_files_over_and_reading_them_make_the_same_index(opened: Callable[..., Index], tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "a.yaml").write_text(put("", "", "    follow_ups:\n      - second\n      - none\n  - id: broken\n"))
    (own / "b.yaml").write_text("schema: 1\nquestions:\n")
    opened(own)
    (own / "b.yaml").write_text("schema: 1\nquestions:\n" + NEXT)
    taken_over = contents(opened(own))
    os.unlink(opened(own).path)
    assert contents(opened(own)) == taken_over


def contents(its: Index) -> list[object]:
    tables = ("entry", "question", "alias", "finding", "file", "meta")
    return [list(its.all(f"SELECT * FROM {table}")) for table in tables]


def test_a_question_of_ones_own_stands_for_the_shipped_one(opened: Callable[..., Index], tmp_path: Path) -> None:
    (tmp_path / "shipped.yaml").write_text(GOOD + NEXT)
    (tmp_path / "mine.yaml").write_text(put("Why divide?", "Why by the root?"))
    its = opened(BankFile(str(tmp_path / "shipped.yaml"), shipped=True), BankFile(str(tmp_path / "mine.yaml")))
    found, other = its.question("scaling"), its.question("second")
    assert found and other
    assert found.question.question == "Why by the root?\n" and not found.shipped
    assert other.shipped and its.count == 2 and its.left_out is None


def test_an_alias_finds_the_question_of_today(opened: Callable[..., Index], bank: Path) -> None:
    bank.write_text(put("", "", "    aliases:\n      - old-name\n"))
    found = opened(bank).question("old-name")
    assert found and found.question.id == "scaling"
    assert opened(bank).question("nothing") is None


def test_links_are_follow_ups_and_parents(opened: Callable[..., Index], bank: Path) -> None:
    bank.write_text(put("", "", "    follow_ups:\n      - second\n      - none\n") + NEXT)
    its = opened(bank)
    first, second = its.question("scaling"), its.question("second")
    assert first and second
    assert (first.links, second.links) == (("second",), ("scaling",))


def test_what_does_not_check_is_left_out_and_said_to_be(opened: Callable[..., Index], bank: Path) -> None:
    assert opened(bank).left_out is None
    bank.write_text(GOOD + NEXT.replace("recall", "recal") + NEXT.replace("level: basic", "level: `x`") + NEXT)
    its = opened(bank)
    assert its.ids() == ["scaling", "second"]
    assert its.left_out == "2 questions left out (2 in bank.yaml): `quiz bank check` says why."
    bank.write_bytes(b"\xff")
    assert opened(bank, empty=True).left_out == "bank.yaml could not be read to its end: `quiz bank check` says why."


def test_a_double_id_is_left_out_and_counted(opened: Callable[..., Index], bank: Path) -> None:
    bank.write_text(GOOD + NEXT.replace("second", "scaling"))
    its = opened(bank)
    assert its.left_out == "1 question left out (1 in bank.yaml): `quiz bank check` says why."
    (finding,) = its.findings()
    assert f"{bank}:3" in finding.problem and finding.line == 18


def test_no_question_left_is_a_failure_that_says_why(opened: Callable[..., Index], bank: Path) -> None:
    bank.write_text("schema: 1\nquestions:\n  - id: a\n")
    with pytest.raises(Failed, match=r"no question to ask\. 1 question left out"):
        opened(bank)
    with pytest.raises(Failed, match="no question to ask"):
        opened()


def test_a_bank_that_is_not_there_is_asked_wrongly_unless_it_may_be_missing(
    opened: Callable[..., Index], tmp_path: Path, bank: Path
) -> None:
    with pytest.raises(Misused, match="There is no bank file or folder"):
        opened(tmp_path / "none.yaml")
    assert opened(bank, BankFile(str(tmp_path / "none"), required=False)).count == 2


@pytest.mark.parametrize("junk", [b"", b"junk", b"SQLite format 3\0" + b"\0" * 5_000, None])
def test_a_damaged_or_foreign_or_missing_index_is_made_anew(
    opened: Callable[..., Index], bank: Path, junk: bytes | None
) -> None:
    path = opened(bank).path
    os.unlink(path)
    if junk is not None:
        Path(path).write_bytes(junk)
    assert opened(bank).ids() == ["scaling", "second"]


def test_somebody_elses_database_in_its_place_is_replaced(opened: Callable[..., Index], bank: Path) -> None:
    path = opened(bank).path
    os.unlink(path)
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE meta (x)")
    other.close()
    assert opened(bank).count == 2


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9])
def test_an_index_cut_short_is_made_anew_or_removed(opened: Callable[..., Index], bank: Path, cut: float) -> None:
    path = Path(opened(bank).path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * cut)])
    try:
        its = opened(bank)
        assert [row.id for row in its.rows()] == ["scaling", "second"]
        assert its.question("scaling")
    except Failed as error:
        assert "is removed: run the command again" in str(error)
        assert opened(bank).question("scaling")


def test_a_file_that_changed_beside_a_damaged_index_is_read_all_the_same(
    opened: Callable[..., Index], tmp_path: Path, bank: Path
) -> None:
    path = Path(opened(bank).path)
    whole = bytearray(path.read_bytes())
    whole[4096 * 2 :] = b"\xaa" * (len(whole) - 4096 * 2)  # the first pages, with the schema, stay whole
    path.write_bytes(whole)
    bank.write_text(GOOD)
    assert opened(bank).ids() == ["scaling"]


def test_other_code_makes_the_index_anew(
    opened: Callable[..., Index], bank: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(bank)
    monkeypatch.setattr(index, "_code", lambda: 1)
    opened(bank)
    assert reads == ["bank.yaml", "bank.yaml"]


def test_a_crash_in_the_middle_leaves_the_index_before(
    opened: Callable[..., Index], bank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = opened(bank).path
    before = Path(path).read_bytes()
    bank.write_text(GOOD)

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(build, "_settle", crash)
        with pytest.raises(KeyboardInterrupt):
            opened(bank)
    assert Path(path).read_bytes() == before
    assert opened(bank).ids() == ["scaling"]


def test_what_a_crash_left_is_cleared_away_later(opened: Callable[..., Index], bank: Path, tmp_path: Path) -> None:
    opened(bank)
    old, new = (tmp_path / "cache" / f"bank-{name}.db.x.new" for name in ("old", "new"))
    old.touch()
    new.touch()
    os.utime(old, (1, 1))
    bank.write_text(GOOD)
    opened(bank)
    assert new.exists() and not old.exists()


def test_two_starts_at_once_both_get_a_whole_index(tmp_path: Path, bank: Path) -> None:
    counts: list[int] = []

    def start() -> None:
        counts.append(open_index([str(bank)], str(tmp_path / "cache")).count)

    threads = [threading.Thread(target=start) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts == [2] * 6
    assert [path.suffix for path in (tmp_path / "cache").iterdir()] == [".db"]


def test_an_open_index_goes_on_while_another_run_makes_a_new_one(opened: Callable[..., Index], bank: Path) -> None:
    before = opened(bank)
    bank.write_text(GOOD)
    after = opened(bank)
    assert before.question("second") is not None
    assert after.question("second") is None


def test_a_folder_that_cannot_be_written_is_said_so(tmp_path: Path, bank: Path) -> None:
    (tmp_path / "cache").write_text("a file in the way")
    with pytest.raises(Failed, match=r"index could not be written to .*cache"):
        open_index([str(bank)], str(tmp_path / "cache"))


def test_a_pipe_in_the_folder_costs_only_itself(opened: Callable[..., Index], tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "a.yaml").write_text(GOOD)
    (own / ".hidden.yaml").write_text("junk")
    (own / "folder.yml").mkdir()
    its = opened(own)
    assert its.ids() == ["scaling"]
    assert [finding.problem for finding in its.findings()] == ["it is a folder, not a file"]
    assert its.left_out == "folder.yml could not be read to its end: `quiz bank check` says why."


def test_filters_hold_all_together_and_any_within(opened: Callable[..., Index], bank: Path) -> None:
    tagged = NEXT.replace("level: basic", "level: advanced\n    tags: [exam, hard]").replace(
        "topic: attention", "topic: masks"
    )
    bank.write_text(GOOD + tagged)
    its = opened(bank)

    def ids(**filters: list[str]) -> list[str]:
        return [row.id for row in its.rows(**filters)]

    assert ids() == ["scaling", "second"]
    assert ids(topics=["masks", "attention"]) == ["scaling", "second"]
    assert ids(topics=["masks", "attention"], levels=["advanced"]) == ["second"]
    assert ids(tags=["hard", "soft"]) == ["second"]
    assert ids(tags=["soft"]) == ids(kinds=["choice"]) == []
    assert ids(areas=["transformer-internals"], kinds=["recall"]) == ["scaling", "second"]


def test_ids_are_completed_from_their_beginning(opened: Callable[..., Index], bank: Path) -> None:
    assert opened(bank).ids("sc") == ["scaling"]
    assert opened(bank).ids("z") == []


@pytest.mark.parametrize(
    "query",
    [
        "SELECT rank FROM question WHERE id = 'a'",
        "SELECT id FROM alias WHERE old = 'a'",
        "SELECT links FROM question WHERE id = 'a'",
    ],
)
def test_what_a_start_asks_of_the_index_scans_nothing(opened: Callable[..., Index], bank: Path, query: str) -> None:
    plan = " ".join(row[3] for row in opened(bank).all("EXPLAIN QUERY PLAN " + query))
    assert "SEARCH" in plan and "SCAN" not in plan


def test_a_start_from_the_index_imports_neither_pydantic_nor_yaml(tmp_path: Path, bank: Path) -> None:
    program = (
        "import sys; from quiz.bank.index import open_index; its = open_index(sys.argv[1:2], sys.argv[2]);"
        "assert its.question('scaling').question.level == 'basic'; print(*sys.modules)"
    )
    command = [sys.executable, "-c", program, str(bank), str(tmp_path / "cache")]
    first, second = (
        set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()) for _ in "12"
    )
    assert {"pydantic", "yaml"} <= first
    assert not {"pydantic", "yaml", "rich", "hashlib", "tempfile", "quiz.bank.build", "quiz.bank.kinds.choice"} & second
