"""What is installed is whole: the wheel carries the bank, and runs from anywhere."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.slow
def test_the_wheel_carries_the_bank_and_runs_from_the_root_of_the_disk(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, check=True, cwd=ROOT)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"quiz/data/questions.yaml", "quiz/store/schema/001_log.sql"} <= names
    assert not any(name.startswith(("tests/", "docs/")) for name in names)
    place = tmp_path / "place"
    zipfile.ZipFile(wheel).extractall(place)  # which is how a wheel is installed
    environment = {**os.environ, "PYTHONPATH": str(place), "QUIZ_HOME": str(tmp_path / "home")}
    done = subprocess.run(
        [sys.executable, "-m", "quiz", "bank", "list"], capture_output=True, text=True, cwd="/", env=environment
    )
    assert "attention-scaling" in done.stdout, done.stderr
