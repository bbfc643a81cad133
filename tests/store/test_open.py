import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from quiz.errors import Failed
from quiz.store import open as opening
from quiz.store.open import APPLICATION_ID, Store, migrations, open_store
from quiz.store.reviews import last_event
from tests.store.conftest import held, new_ids, opened, rate


def pragma(store: Store, name: str) -> object:
    return store.connection.execute(f"PRAGMA {name}").fetchone()[0]


def refused(path: Path) -> str:
    """Why the file is not opened; not a byte of it may change."""
    before = path.read_bytes()
    with pytest.raises(Failed) as failed:
        open_store(str(path), new_ids(1), timeout=0.05)
    assert path.read_bytes() == before
    assert [other.name for other in path.parent.iterdir()] == [path.name]
    assert str(path) in str(failed.value)
    return str(failed.value)


def test_a_new_file_says_whose_it_is_and_which_version(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "deep" / "learner.db"), new_ids(1))
    assert pragma(store, "application_id") == APPLICATION_ID
    assert pragma(store, "user_version") == migrations()[-1][0]
    assert pragma(store, "journal_mode") == "delete"
    assert pragma(store, "synchronous") == 3
    assert pragma(store, "integrity_check") == "ok"
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["learner.db"]


def test_what_was_recorded_is_there_when_the_file_is_opened_again(tmp_path: Path) -> None:
    store = opened(tmp_path / "learner.db")
    event, card = rate(store, "softmax"), held(store, "softmax")
    store.close()
    again = opened(tmp_path / "learner.db")
    assert last_event(again) == event
    assert held(again, "softmax") == card
    assert again.position().device == event.device


def test_two_first_starts_at_once_share_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, other = tmp_path / "learner.db", []

    def meanwhile(source: str, target: str) -> None:
        monkeypatch.undo()
        other.append(opened(path, 2))
        rate(other[0], "softmax")
        opening._link(source, target)

    monkeypatch.setattr(opening, "_link", meanwhile)
    late = opened(path, 1)
    assert late.position() == other[0].position()
    assert [path.name for path in tmp_path.iterdir()] == ["learner.db"]


def test_an_empty_file_is_not_taken_for_a_new_learner(tmp_path: Path) -> None:
    (tmp_path / "learner.db").touch()
    assert "is empty" in refused(tmp_path / "learner.db")


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "learner.db").write_text("questions:\n" * 50)
    assert "is damaged" in refused(tmp_path / "learner.db")


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "learner.db") as other:
        other.execute("CREATE TABLE mail (text)")
    other.close()
    assert "another program" in refused(tmp_path / "learner.db")


def changed(path: Path, change: Callable[[bytearray], object]) -> Path:
    """A sound file with something done to its bytes."""
    store = opened(path)
    for nth in range(60):
        rate(store, f"card-{nth}")
    store.close()
    data = bytearray(path.read_bytes())
    change(data)
    path.write_bytes(data)
    return path


def test_a_file_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = changed(tmp_path / "learner.db", lambda data: data.__setitem__(slice(60, 64), (99).to_bytes(4, "big")))
    assert "newer quiz (its format is 99" in refused(path)


def test_a_file_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    path = changed(tmp_path / "learner.db", lambda data: data.__delitem__(slice(-4096, None)))
    assert "4096 bytes are missing" in refused(path)


def test_a_file_whose_first_page_is_spoilt_is_refused(tmp_path: Path) -> None:
    path = changed(tmp_path / "learner.db", lambda data: data.__setitem__(slice(100, 200), bytes(100)))
    assert "is damaged" in refused(path)


def test_a_folder_in_its_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="cannot be used: Is a directory"):
        open_store(str(tmp_path), new_ids(1))


def test_a_place_where_nothing_can_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Failed, match="Check the path"):
        open_store(str(tmp_path / "file" / "learner.db"), new_ids(1))


def test_a_file_that_another_run_holds_is_waited_for_and_then_said(tmp_path: Path) -> None:
    store, other = opened(tmp_path / "learner.db"), opened(tmp_path / "learner.db", 2)
    with other.writing(), pytest.raises(Failed, match="held by another program"):
        rate(store, "softmax")
    assert last_event(store) is None
    assert rate(store, "softmax").seq == 1


def test_a_file_that_cannot_be_written_is_said_and_can_still_be_read(store: Store) -> None:
    event = rate(store, "softmax")
    store.connection.execute("PRAGMA query_only = 1")
    with pytest.raises(Failed, match="cannot be written: give yourself write permission"):
        rate(store, "softmax")
    assert last_event(store) == event


def test_a_full_disk_is_said_and_nothing_of_the_answer_is_left(store: Store) -> None:
    event, card = rate(store, "softmax"), held(store, "softmax")
    store.connection.execute("PRAGMA max_page_count = 1")
    with pytest.raises(Failed, match="There is no room left"):
        for nth in range(100):
            event, card = rate(store, f"card-{nth}"), held(store, f"card-{nth}")
    assert last_event(store) == event
    assert held(store, card.id) == card
    assert pragma(store, "integrity_check") == "ok"
    store.connection.execute("PRAGMA max_page_count = 1000000")
    assert rate(store, "softmax").seq == event.seq + 1


def test_damage_that_shows_only_later_is_said(tmp_path: Path) -> None:
    path = changed(tmp_path / "learner.db", lambda data: data.__setitem__(slice(4096, None), bytes(len(data) - 4096)))
    with pytest.raises(Failed, match="is damaged"):
        rate(opened(path), "softmax")


def schemas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, second: str) -> None:
    """The schema with a second migration."""
    folder = tmp_path / "schema"
    folder.mkdir()
    for _, path in migrations():
        (folder / Path(path).name).write_text(Path(path).read_text())
    (folder / "900_more.sql").write_text(second)
    monkeypatch.setattr(opening, "SCHEMA", str(folder))


def test_an_older_file_is_migrated_and_keeps_what_it_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "learner.db"
    store = opened(path)
    event = rate(store, "softmax")
    store.close()
    schemas(tmp_path, monkeypatch, "CREATE TABLE more (a); -- one\nINSERT INTO more\n  VALUES (1);\n")
    store = opened(path)
    assert pragma(store, "user_version") == 900
    assert store.connection.execute("SELECT a FROM more").fetchall() == [(1,)]
    assert last_event(store) == event
    assert opened(path).position() == store.position(), "it is migrated once"


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "learner.db"
    opened(path).close()
    before = path.read_bytes()
    schemas(tmp_path, monkeypatch, "CREATE TABLE more (a);\nINSERT INTO less VALUES (1);\n")
    with pytest.raises(Failed):
        opened(path)
    monkeypatch.undo()
    store = opened(path)
    assert path.read_bytes()[:64] == before[:64] or pragma(store, "user_version") == migrations()[-1][0]
    assert store.connection.execute("SELECT name FROM sqlite_schema WHERE name = 'more'").fetchall() == []
