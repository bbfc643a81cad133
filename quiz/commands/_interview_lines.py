"""An interview line by line: through a pipe, for screen readers, on simple terminals. The rules are the screen's."""

import sys
from collections.abc import Iterable

from rich.text import Text

from quiz.commands._interview import Interview
from quiz.commands._lines import width
from quiz.terminal.interview import Talk, ask, choices, header, opening
from quiz.terminal.keys import Key

COMMANDS = {"skip": "n", "pause": "z", "end": "q"}
HELP = "(:skip, :pause, :note TEXT, :time, :end; the end of the input leaves, and `quiz interview` goes on)"


def run(interview: Interview, resumed: bool) -> str:
    """Ask until the interview is over: "over", "ended" early, or "left", to be gone on with later."""
    if resumed:
        interview.press(Key("space"))
    else:
        say(opening(interview.plan, width()))
        interview.begin()
        if not interview.advance():
            return "over"
    while True:
        do = _question(interview)
        if do in ("leave", "end"):
            return "left" if do == "leave" else "ended"
        if not interview.advance():
            return "over"


def _question(interview: Interview) -> str:
    """One question until it is answered or skipped, or the interview ends or is left."""
    _show(interview)
    while True:
        line = _line()
        if line is None:
            interview.keep(now=True)
            return "leave"
        if line == ":time":
            say(header(interview.talk, interview.times(), width()))
            continue
        if line == ":help":
            print(HELP, flush=True)
            continue
        for key in _keys(line, interview.talk):
            do = interview.press(key)
            if do in ("answer", "skip", "leave", "end"):
                return do
        _after(interview)


def _keys(line: str, talk: Talk) -> list[Key]:
    """The keys that a line stands for."""
    if talk.phase == "paused":
        return [Key("q" if line == ":end" else "space")]
    if talk.phase in ("sure", "went"):
        return [Key(line.lower() or "space")]
    command, _, rest = line.removeprefix(":").partition(" ")
    if line.startswith(":") and command in COMMANDS:
        return [Key("tab"), Key(COMMANDS[command])]
    if line.startswith(":") and command == "note":
        return [Key("tab"), Key("w"), Key("paste", rest), Key("enter")]
    return [Key("ctrl-e"), Key("ctrl-u"), Key("paste", line), Key("enter")]


def _line() -> str | None:
    while True:
        try:
            line = sys.stdin.readline(20_000)
        except KeyboardInterrupt:
            return None
        except UnicodeDecodeError:
            print("That line is not UTF-8; it was ignored.", flush=True)
            continue
        return line.strip() if line else None


def _show(interview: Interview) -> None:
    talk = interview.talk
    say([Text(), *header(talk, interview.times(), width()), Text(), *ask(talk, width(), plain=True)])
    print(_possible(talk), flush=True)


def _after(interview: Interview) -> None:
    talk = interview.talk
    if talk.note:
        print(talk.note)
    if talk.phase in ("sure", "went"):
        say(choices(talk, width()))
    print(_possible(talk), flush=True)


def _possible(talk: Talk) -> str:
    if talk.phase == "paused":
        return "(the clock stands; an empty line goes on, :end ends here)"
    if talk.phase in ("sure", "went"):
        return "(a letter)"
    empty = "don't know" if talk.question.judged else "you have said it aloud"
    return f"Type your answer (an empty line: {empty}; :help)."


def say(lines: Iterable[Text]) -> None:
    """Lines without any style."""
    print("\n".join(line.plain.rstrip() for line in lines), flush=True)
