"""Where bank files are found."""

import os
from pathlib import Path

import pytest

from quiz.bank.places import BankFile, files, shipped
from quiz.errors import Misused


def test_the_shipped_bank_is_there() -> None:
    assert os.path.isfile(shipped())


def test_a_folder_gives_its_yaml_files_by_name(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.yml", "c.txt", ".hidden.yaml", "d.yaml~"):
        (tmp_path / name).touch()
    assert [os.path.basename(bank.path) for bank in files([str(tmp_path)])] == ["a.yml", "b.yaml"]


def test_a_file_named_twice_is_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.yaml").touch()
    monkeypatch.chdir(tmp_path)
    assert files(["a.yaml", str(tmp_path), f"{tmp_path}/./a.yaml"]) == [BankFile(str(tmp_path / "a.yaml"))]


def test_a_bank_that_has_to_be_there_is_missed(tmp_path: Path) -> None:
    with pytest.raises(Misused, match="There is no bank file or folder none"):
        files(["none"])
    assert files([BankFile(str(tmp_path / "none"), required=False)]) == []
