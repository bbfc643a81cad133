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
    pip = [sys.executable, "-m", "pip"]
    build = [*pip, "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(tmp_path), str(ROOT)]
    subprocess.run(build, check=True, cwd=tmp_path)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"quiz/data/questions.yaml", "quiz/store/schema/001_log.sql"} <= names
    assert not any(name.startswith(("tests/", "docs/")) for name in names)
    place = tmp_path / "place"
    subprocess.run([*pip, "install", "--quiet", "--no-deps", "--target", str(place), str(wheel)], check=True)
    environment = {**os.environ, "PYTHONPATH": str(place), "QUIZ_HOME": str(tmp_path / "home")}
    done = subprocess.run(
        [sys.executable, "-m", "quiz", "bank", "list"], capture_output=True, text=True, cwd="/", env=environment
    )
    assert "attention-scaling" in done.stdout, done.stderr
