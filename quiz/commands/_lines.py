"""The session line by line: through a pipe, for screen readers, on simple terminals. The rules are the screen's."""

import os
import sys
from collections.abc import Iterable

from rich.text import Text

from quiz.commands._sitting import Sitting
from quiz.terminal import show
from quiz.terminal.ask import LETTERS, Turn
from quiz.terminal.keys import Key


def width() -> int:
    """Columns of a line: the terminal's, 80 in a pipe, COLUMNS where it is set; never more than are good to read."""
    named = os.environ.get("COLUMNS", "")
    if named.isdecimal() and int(named):
        return min(int(named), show.WIDE)
    try:
        return min(os.get_terminal_size(sys.stdout.fileno()).columns, show.WIDE) if sys.stdout.isatty() else 80
    except (OSError, ValueError):
        return 80


COMMANDS = {
    "undo": "u",
    "bury": "-",
    "suspend": "@",
    "flag": "*",
    "hint": "h",
    "type": "t",
    "follow": "g",
    "prove": "p",
    "edit": "v",
    "help": "?",
    "quit": "q",
}
RATINGS = {"again": "1", "hard": "2", "good": "3", "easy": "4"}


def run(sitting: Sitting) -> None:
    """Ask until the sitting is over, the input ends or the learner quits."""
    if not sitting.advance():
        _say(sitting.nothing(width()))
        return
    while True:
        _ask(sitting)
        if not _turn(sitting) or not sitting.advance():
            break
    _say([Text(), *sitting.goodbye(width())])


def keys(line: str, turn: Turn) -> list[Key]:
    """The keys that a line stands for; none when the line means nothing here."""
    text = line.strip()
    if text.startswith(":"):
        command = COMMANDS.get(text[1:].lower())
        if command is None:
            return []
        return [Key("tab"), Key(command)] if turn.phase == "line" else [Key(command)]
    if turn.phase == "line":
        return [Key("ctrl-u"), Key("paste", text), Key("enter")]  # without what could not be read before
    if not text:
        return [Key("space")]
    word = text.lower()
    if turn.phase == "confidence":
        return [Key(word)] if word in LETTERS else []
    if word in RATINGS:
        return [Key(RATINGS[word])]
    letters = turn.tickable if turn.phase == "answer" else len(turn.prompt.options)
    if turn.phase != "answer" and len(word) > 1:
        return []
    if word in ("1", "2", "3", "4") or all(letter in LETTERS[:letters] for letter in word):
        return [Key(key) for key in word]
    return []


def _turn(sitting: Sitting) -> bool:
    """One card until it is rated or put away; False at the end of input or when the learner quits."""
    while True:
        try:
            line = sys.stdin.readline(20_000)
        except KeyboardInterrupt:
            return False
        except UnicodeDecodeError:
            print("That line is not UTF-8; it was ignored.", flush=True)
            continue
        if not line:
            return False
        pressed = keys(line, sitting.turn)
        if not pressed:
            print(f"{line.strip()[:40]!r} means nothing here. {_possible(sitting.turn)}", flush=True)
        for key in pressed:
            do = sitting.press(key)
            match do:
                case "quit":
                    return False
                case "rate" | "undo" | "bury" | "suspend":
                    print(sitting.last, flush=True)
                    return True
                case "prove":
                    _prove(sitting.turn)
                case "edit":
                    print("Editing needs a terminal: `quiz bank edit` does it from anywhere.", flush=True)
        if pressed:
            _after(sitting, pressed[-1])


def _after(sitting: Sitting, key: str) -> None:
    """What there is to say after keys that left the card on the screen."""
    turn = sitting.turn
    if turn.note:
        print(turn.note)
    elif turn.help:
        _say(show.help_lines(turn, width()))
        sitting.press(Key("space"))
    elif turn.phase == "confidence":
        pass
    elif key in ("space", "enter") or (turn.phase == "answer" and turn.ticked is None and key in LETTERS):
        _answer(sitting)
    elif turn.phase == "answer" and key in LETTERS:
        said = ", ".join(LETTERS[nth] for nth in sorted(turn.ticked or ())) or "none"
        print(f"Ticked: {said} of {turn.tickable}.")
    elif key == "g":
        print(f"Next: {turn.follow_ups[turn.follow][1].strip()}" if turn.follow is not None else "No follow-up next.")
    elif key == "h":
        _say(show.question(turn, width(), plain=True))
    print(_possible(turn), flush=True)


def _ask(sitting: Sitting) -> None:
    progress = sitting.progress()
    _say([Text(), show.header(sitting.turn, progress), Text(), *show.question(sitting.turn, width(), plain=True)])
    if sitting.turn.phase == "answer":  # a debrief: it was answered before
        _answer(sitting)
    print(_possible(sitting.turn), flush=True)


def _answer(sitting: Sitting) -> None:
    answer = show.answer(sitting.turn, width(), plain=True).lines
    _say([Text(), *sitting.aside(width()), *answer])
    _say([Text(), show.ratings(sitting.turn, sitting.futures(), width())])


def _possible(turn: Turn) -> str:
    """What a line may be now."""
    if turn.phase == "line":
        return "Type your answer (an empty line: don't know; :help)."
    if turn.phase == "question":
        letters = f"a letter from a to {LETTERS[len(turn.prompt.options) - 1]}; " if turn.prompt.options else ""
        return (
            f"({letters}an empty line shows the answer; :hint, :type, :help)"
            if not letters
            else f"({letters}an empty line: don't know; :help)"
        )
    if turn.phase == "confidence":
        return f"(how sure are you? {', '.join(' '.join(row.plain.split()) for row in show.sure()[2:])}; :help)"
    take = f"an empty line takes {turn.proposed.name.lower()}; " if turn.proposed else ""
    ticks = "letters tick; " if turn.tickable else ""
    return f"({ticks}{take}{' '.join(str(int(r)) for r in turn.ratings)} rate; :help)"


def _prove(turn: Turn) -> None:
    from quiz.commands._prove import views

    _say(views(turn, width(), plain=True))


def _say(lines: Iterable[Text]) -> None:
    print("\n".join(line.plain.rstrip() for line in lines), flush=True)
