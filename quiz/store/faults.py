"""What goes wrong with a file under SQLite, as one sentence: which file, what it means, what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from quiz.errors import Failed


@contextmanager
def told(path: str) -> Iterator[None]:
    """Turn an error of SQLite into Failed with a sentence about the file at `path`."""
    try:
        yield
    except sqlite3.Error as error:
        raise Failed(sentence(path, error)) from error


def sentence(path: str, error: sqlite3.Error) -> str:
    """What an error of SQLite means for whoever uses the file."""
    match getattr(error, "sqlite_errorname", "").split("_")[1:2]:
        case ["BUSY" | "LOCKED"]:
            return f"{path} is held by another program: end that one or wait for it, then try again."
        case ["FULL" | "TOOBIG" | "NOMEM"]:
            return f"There is no room left to write {path}: make some and try again; what was saved before is whole."
        case ["READONLY" | "CANTOPEN" | "PERM" | "AUTH"]:
            return (
                f"{path} cannot be written: give yourself write permission for the file and its folder, then try again."
            )
        case ["IOERR"]:
            return (
                f"The disk failed at {path} ({error}): check it, then see with `quiz log` if the last answer is there."
            )
        case ["CORRUPT" | "NOTADB" | "FORMAT"]:
            return damaged(path, str(error))
    return f"{path} cannot be used ({error}): if this stays so, move the file away and put a backup in its place."


def damaged(path: str, why: str) -> str:
    """The sentence about a file that is not whole."""
    return f"{path} is damaged ({why}); nothing in it was changed: move it away and put a backup in its place."
