"""The entry point: `quiz` and `python -m quiz`. Turns what went wrong into one sentence and an exit code."""

import gc
import sys


def main() -> None:
    """Run the command that was named; exits 0, 1 (failed), 2 (wrongly asked) or 130 (Ctrl-C)."""
    gc.disable()  # until the command runs: nothing made while starting is garbage
    from quiz.commands._app import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
