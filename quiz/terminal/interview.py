"""A mock interview on the screen: what each key does, and what is drawn. Nothing about right or wrong is ever shown.

As in `quiz.terminal.ask`, a talk and a key give the next talk and what is to be done; no keys or clocks are read here.
"""

from typing import Literal, NamedTuple

from rich.text import Text

from quiz.bank.question import Prompt, Question, Verdict
from quiz.errors import Misused
from quiz.study.interview import Plan
from quiz.study.session import SURE
from quiz.terminal.ask import LETTERS, SCROLLS
from quiz.terminal.keys import Key, Line
from quiz.terminal.markdown import render
from quiz.terminal.screen import Page
from quiz.terminal.show import edited, hints, lettered, sure
from quiz.terminal.text import wrap

Phase = Literal["line", "keys", "note", "paused", "sure", "went"]
Do = Literal["", "hand-in", "answer", "skip", "pause", "go-on", "note", "end", "leave"]
WENT = ("Well: I said most of it", "Not so well")
"""How an answer went that only the learner has heard; the letters a and b."""

NARROW = 60


class Talk(NamedTuple):
    """The question on the screen."""

    question: Question
    prompt: Prompt
    seed: int
    number: int
    follows: bool
    """Whether it follows up the one before; whether deeper or sideways is not told."""
    confidence: bool = False
    phase: Phase = "line"
    line: Line = Line()
    noting: Line = Line()
    response: str | None = None
    """What was handed in; None where it was spoken."""
    verdict: Verdict = Verdict()
    sure: float | None = None
    said: bool | None = None
    """How it went, where the learner was asked."""
    note: str = ""
    """What the last key has to say."""
    scroll: int = 0


class Times(NamedTuple):
    """The clock, in seconds."""

    on_this: float
    allotted: float
    left: float
    total: float


def press(talk: Talk, key: Key) -> tuple[Talk, Do]:
    """The talk after a key, and what the loop has to do."""
    talk = talk._replace(note="")
    if key in ("ctrl-c", "eof"):
        return talk, "leave"
    if key in ("up", "down", "page-up", "page-down", "resize"):
        return talk._replace(scroll=max(0, talk.scroll + SCROLLS[key])), ""
    match talk.phase:
        case "line":
            return _line_key(talk, key)
        case "note":
            return _note_key(talk, key)
        case "keys":
            return _command(talk, key.lower())
        case "paused":
            return _paused_key(talk, key.lower())
    return _letter(talk, key.lower())


def _line_key(talk: Talk, key: Key) -> tuple[Talk, Do]:
    if key == "enter":
        return _hand_in(talk)
    if key in ("tab", "escape"):
        return talk._replace(phase="keys"), ""
    return talk._replace(line=talk.line.feed(key)), ""


def _hand_in(talk: Talk) -> tuple[Talk, Do]:
    """Hand in what was typed; nothing was: it was spoken, or, where a judge has to read it, it is not known."""
    text = talk.line.text.strip()
    if talk.question.judged and not text:
        return talk, "skip"
    try:
        verdict = talk.question.judge(text, talk.seed)
    except Misused as error:
        return talk._replace(note=str(error)), ""
    talk = talk._replace(verdict=verdict, response=verdict.response)
    if talk.confidence:
        return talk._replace(phase="sure"), "hand-in"
    return (talk, "answer") if text else (talk._replace(phase="went"), "hand-in")


def _letter(talk: Talk, key: str) -> tuple[Talk, Do]:
    """How sure, or how it went."""
    if key in ("tab", "escape"):
        return talk._replace(phase="line"), ""
    asked = SURE if talk.phase == "sure" else WENT
    if key not in LETTERS[: len(asked)]:
        return _nothing(talk, key, f"a-{LETTERS[len(asked) - 1]} answers, Tab goes back"), ""
    nth = LETTERS.index(key)
    if talk.phase == "sure":
        spoken = talk.response is None
        return talk._replace(sure=SURE[nth], said=SURE[nth] > 0.5 if spoken else None), "answer"
    return talk._replace(said=nth == 0), "answer"


def _command(talk: Talk, key: str) -> tuple[Talk, Do]:
    match key:
        case "tab" | "escape" | "enter" | "space":
            return talk._replace(phase="line"), ""
        case "n":
            return talk, "skip"
        case "z":
            return talk._replace(phase="paused"), "pause"
        case "w":
            return talk._replace(phase="note"), ""
        case "q":
            return talk, "end"
    return _nothing(talk, key, "Tab: back to your answer"), ""


def _note_key(talk: Talk, key: Key) -> tuple[Talk, Do]:
    if key in ("tab", "escape") or (key == "enter" and not talk.noting.text.strip()):
        return talk._replace(phase="line"), ""
    if key == "enter":
        return talk._replace(phase="line", note="Noted."), "note"
    return talk._replace(noting=talk.noting.feed(key)), ""


def _paused_key(talk: Talk, key: str) -> tuple[Talk, Do]:
    if key in ("space", "enter", "z"):
        return talk._replace(phase="line"), "go-on"
    return (talk, "end") if key == "q" else (_nothing(talk, key, "Space goes on"), "")


def _nothing(talk: Talk, key: str, instead: str) -> Talk:
    return talk._replace(note=f"{key if key.isprintable() else 'That key'} does nothing here.   {instead}")


def opening(plan: Plan, width: int) -> list[Text]:
    """What will happen, as an interviewer would say it."""
    questions = f"about {plan.usual} questions" if plan.usual < plan.most else f"up to {plan.most} questions"
    minutes = f"{plan.minutes:g} minute{'' if plan.minutes == 1 else 's'}"
    words = [
        f"Thanks for coming. We have {minutes} for {questions}, from easy to hard, for the role {plan.role}. "
        "I shall follow up on what you say.",
        "Type your answers, or say them aloud and press Enter. The clock shows the time for each question and for all. "
        "I do not say what was right before the end; then we go through everything together.",
        "Tab, then n skips a question, z pauses, w takes a note, q ends early. Close the window if you must: "
        "`quiz interview` goes on where we were.",
    ]
    return _spaced(words, width)


def _spaced(paragraphs: list[str], width: int) -> list[Text]:
    lines: list[Text] = []
    for words in paragraphs:
        lines += [*([Text()] if lines else []), *(Text(row) for row in wrap(words, width))]
    return lines


def clock(seconds: float) -> str:
    """`2:05`; hours only where there are some."""
    whole = max(0, int(seconds))
    minutes, rest = divmod(whole, 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}" if minutes >= 60 else f"{minutes}:{rest:02}"


def header(talk: Talk, times: Times, width: int) -> list[Text]:
    """`Question 3, a follow-up`, and the clock: for this question and for all."""
    head = Text(f"Question {talk.number}{', a follow-up' if talk.follows else ''}", "title")
    over = times.on_this > times.allotted
    mine = Text(f"{clock(times.on_this)} of {clock(times.allotted)}", "note" if over else "quiet")
    if over:
        mine.append(" come to the point" if width >= NARROW else " !")
    left = f"{clock(times.left)} left of {clock(times.total)}" if times.left > 0 else "time is up: finish this one"
    whole = Text(left, "quiet" if times.left > 60 else "note")
    if width >= NARROW:
        return [Text.assemble(head, "   ", mine, " for this   ", whole)]
    return [head, mine, whole]


def ask(talk: Talk, width: int, plain: bool) -> list[Text]:
    """The question and its lettered lines."""
    lines = render(talk.prompt.text, width=width, plain=plain)
    lines += [Text()] if talk.prompt.options else []
    for letter, option in zip(LETTERS, talk.prompt.options, strict=False):
        lines += lettered(letter, option, width, plain)
    return lines


def choices(talk: Talk, width: int) -> list[Text]:
    """How sure, or how it went: a letter each."""
    if talk.phase == "sure":
        return sure()
    rows = [Text.assemble((letter, "key"), f"   {words}") for letter, words in zip(LETTERS, WENT, strict=False)]
    words = "How did that go? It decides what I ask next, and is no score."
    return [*(Text(row, "title") for row in wrap(words, width)), Text(), *rows]


def page(talk: Talk, times: Times, width: int, height: int) -> Page:
    """The whole screen; what is typed is always in sight, however long the question."""
    top = [*header(talk, times, width), Text()]
    body: list[Text] = []
    typed: list[Text] = []
    if talk.phase == "paused":
        body = _spaced([f"The clock stands, with {clock(times.left)} left. The question is hidden meanwhile."], width)
    else:
        top += ask(talk, width, plain=False)
        if talk.phase in ("sure", "went"):
            typed = choices(talk, width)
        elif talk.phase == "note":
            typed = [Text("Your note, for the debrief:", "title"), *edited(talk.noting, width, height)]
        else:
            typed = edited(talk.line, width, height)
    note = [Text(row, "note") for row in wrap(talk.note, width)] if talk.note else []
    return Page(top, body, [Text(), *typed, Text(), *note, *hints(keys(talk), width)])


def keys(talk: Talk) -> list[tuple[str, str]]:
    """The keys that work now."""
    match talk.phase:
        case "paused":
            return [("Space", "go on"), ("q", "end here")]
        case "keys":
            return [("n", "skip"), ("z", "pause"), ("w", "note"), ("q", "end here"), ("Tab", "back to your answer")]
        case "note":
            return [("Enter", "keep the note"), ("Tab", "back")]
        case "sure" | "went":
            return [(f"a-{LETTERS[len(SURE if talk.phase == 'sure' else WENT) - 1]}", "choose"), ("Tab", "back")]
    empty = "don't know" if talk.question.judged else "I have said it"
    return [("Enter", "hand in" if talk.line.text.strip() else empty), ("Tab", "skip, pause, note, end")]
