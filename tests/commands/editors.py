"""An editor that does what a test says, in a folder with a blank in its name."""

import shlex
import sys
from pathlib import Path


def editor(folder: Path, *changes: str) -> str:
    """A command that applies one change (Python, with the text as `t`) each time it is run; then it changes nothing."""
    place = folder / "my editor"
    place.mkdir(exist_ok=True)
    (place / "changes").mkdir(exist_ok=True)
    for number, change in enumerate(changes):
        (place / "changes" / str(number)).write_text(change, encoding="utf-8")
    (place / "edit.py").write_text(
        "import os, sys\n"
        "from pathlib import Path\n"
        "changes, path = Path(__file__).parent / 'changes', Path(sys.argv[-1])\n"
        "left = sorted(changes.iterdir())\n"
        "if left:\n"
        "    t = path.read_bytes().decode()\n"
        "    names = {'t': t}\n"
        "    exec(left[0].read_text(encoding='utf-8'), names)\n"
        "    path.write_bytes(names['t'].encode())\n"
        "    left[0].unlink()\n"
        "sys.exit(int(os.environ.get('EDITOR_CODE', '0')))\n",
        encoding="utf-8",
    )
    return f"{shlex.quote(sys.executable)} {shlex.quote(str(place / 'edit.py'))} --wait"
