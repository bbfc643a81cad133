"""What a card looks like: the header, the question, what the answer adds under it, and the keys that work now.

Everything is made of lines of rich `Text`, so that a screen can pin, scroll and redraw them and a pipe can print them.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.text import Text

from quiz.memory.fsrs import Future
from quiz.memory.values import Rating
from quiz.study.session import SURE, hint
from quiz.terminal.ask import LETTERS, Turn
from quiz.terminal.keys import Line
from quiz.terminal.markdown import render
from quiz.terminal.numbers import percent
from quiz.terminal.text import clean, wrap
from quiz.terminal.text import width as cells

NARROW = 60
"""Below this many columns intervals go first, key names never."""
WIDE = 100
"""Text runs no wider than this, however wide the terminal: long lines tire."""

IN_WORDS = {
    Rating.AGAIN: "forgot it, or got the heart of it wrong",
    Rating.HARD: "recalled, with gaps or with real effort",
    Rating.GOOD: "recalled, with a little hesitation",
    Rating.EASY: "at once and complete; you will not see it for long",
}


class Progress(NamedTuple):
    """Where the sitting stands."""

    nth: int
    of: int
    again: int
    """Cards that come again today."""
    last: str = ""
    """What the last answer did: `Last: good, again in 4 days`."""
    undo: bool = False
    """Whether there is something to take back."""


def waiting(days: int) -> str:
    """A wait in short: `<10 min`, `4 d`, `2.1 mo`, `1.3 y`."""
    if days == 0:
        return "<10 min"
    if days < 60:
        return f"{days} d"
    return f"{days / 30.44:.1f} mo" if days < 365 else f"{days / 365.25:.1f} y"


def answered(rating: Rating, days: int) -> str:
    """What an answer did, in one line: `Last: good, again in 4 days`."""
    when = (
        "later today"
        if days == 0
        else "tomorrow"
        if days == 1
        else f"in {days} days"
        if days < 60
        else f"in {waiting(days)}"
    )
    return f"Last: {rating.name.lower()}, again {when}"


def header(turn: Turn, progress: Progress) -> Text:
    """`4/20 · 2 coming again · attention · basic`."""
    parts = [f"{progress.nth}/{progress.of}"]
    if progress.again:
        parts.append(f"{progress.again} coming again")
    return Text(" · ".join([*parts, turn.question.topic, turn.question.level]), "quiet")


def question(turn: Turn, width: int, plain: bool) -> list[Text]:
    """The question and its lettered options; with a hint, how many points there are and how they begin."""
    lines = render(turn.prompt.text, width=width, plain=plain)
    if turn.prompt.options:
        lines.append(Text())
    for letter, option in zip(LETTERS, turn.prompt.options, strict=False):
        lines += lettered(letter, option, width, plain)
    if turn.hinted and turn.phase != "answer":
        lines += [Text(), Text(f"{len(turn.question.key_points)} points:", "quiet")]
        lines += [Text(f"  {clean(beginning)}", "quiet") for beginning in hint(turn.question.key_points)]
    return lines


def lettered(letter: str, markdown: str, width: int, plain: bool, mark: str = "") -> list[Text]:
    """Markdown behind a letter, indented under it."""
    first = f"{letter} {mark}" if mark else f"{letter}  "
    lines = render(markdown, width=width - len(first) - 1, plain=plain)
    indent = " " * (len(first) + 1)
    return [Text.assemble((first + " ", "key") if nth == 0 else indent, line) for nth, line in enumerate(lines)]


def sure() -> list[Text]:
    """How sure are you? A letter for each answer."""
    lines = [Text("How sure are you of your answer?", "title"), Text()]
    return lines + [
        Text.assemble((letter, "key"), f"   {percent(p)}") for letter, p in zip(LETTERS, SURE, strict=False)
    ]


class Revealed(NamedTuple):
    """What appears under the question."""

    lines: list[Text]
    points_at: int
    """The line at which the key points begin."""


def answer(turn: Turn, width: int, plain: bool) -> Revealed:
    """All that appears under the question: the verdict, the answer, key points, follow-ups, pitfalls, sources."""
    lines = _verdict(turn, width, plain)
    lines += render(turn.question.reveal(turn.seed), width=width, plain=plain)
    points_at = len(lines) + 1
    lines += _key_points(turn, width, plain)
    lines += _follow_ups(turn, width, plain)
    if turn.question.pitfalls:
        lines += [Text(), Text("Easily got wrong", "title")]
        for pitfall in turn.question.pitfalls:
            lines += lettered("!", pitfall, width, plain, " ")
    if turn.question.sources:
        lines += [
            Text(),
            *(Text(row, "quiet") for source in turn.question.sources for row in wrap(clean(source), width)),
        ]
    return Revealed(lines, points_at)


def _verdict(turn: Turn, width: int, plain: bool) -> list[Text]:
    lines: list[Text] = []
    if turn.verdict.right is not None:
        word, style = (
            ("Right", "right")
            if turn.verdict.right
            else ("Not known", "wrong")
            if turn.response is None
            else ("Wrong", "wrong")
        )
        lines += [Text(word, style), *render(turn.verdict.feedback, width=width, plain=plain), Text()]
    elif turn.response:
        lines += [Text("You wrote", "title")]
        lines += [Text("  " + line) for row in clean(turn.response).splitlines() for line in wrap(row, width - 2)]
        lines += [Text(), Text("The answer", "title")]
    return lines


def _key_points(turn: Turn, width: int, plain: bool) -> list[Text]:
    lines: list[Text] = []
    if turn.question.key_points:
        lines += [Text(), Text("Key points" + (": tick what you said" if turn.tickable else ""), "title")]
    for nth, (letter, point) in enumerate(zip(LETTERS, turn.question.key_points, strict=False)):
        if turn.tickable:
            lines += lettered(letter, point, width, plain, "[x]" if nth in (turn.ticked or ()) else "[ ]")
        else:
            lines += lettered("-", point, width, plain, " ")
    return lines


def _follow_ups(turn: Turn, width: int, plain: bool) -> list[Text]:
    lines: list[Text] = []
    if turn.follow_ups:
        lines += [Text(), Text("An interviewer would go on", "title")]
    for nth, (_, text) in enumerate(turn.follow_ups):
        lines += lettered(
            ">" if nth == turn.follow else "-", text, width, plain, "next:" if nth == turn.follow else " "
        )
    return lines


def ratings(turn: Turn, futures: Sequence[Future], width: int) -> Text:
    """`1 again <10 min  2 hard 2 d  3 good 4 d  4 easy 9 d`, the proposed one marked."""
    line = Text()
    for rating in turn.ratings:
        name = rating.name.lower()
        wait = "" if width < NARROW else f" {waiting(futures[rating - 1].interval)}"
        chosen = rating == turn.proposed
        line.append(f"{'>' if chosen else ' '}{int(rating)} ", "key")
        line.append(name, name)
        if chosen:
            line.stylize("reverse", len(line) - len(name))
        line.append(wait + " ", "quiet")
    return line


def keys(turn: Turn, progress: Progress, width: int) -> list[Text]:
    """The keys that work now, wrapped to the width."""
    if turn.help:
        pairs = [("Space", "back"), ("q", "quit")]
    elif turn.phase == "line":
        pairs = [("Enter", "hand in" if turn.line.text.strip() else "don't know"), ("Tab", "other keys")]
    else:
        pairs = _now(turn) + ([("u", "undo")] if progress.undo else [])
        pairs += [("-", "bury"), ("@", "suspend"), ("*", "flag"), ("?", "help"), ("q", "quit")]
    return hints(pairs, width)


def hints(pairs: Iterable[tuple[str, str]], width: int) -> list[Text]:
    """Keys and what they do, side by side, a new line where one would not fit."""
    lines: list[Text] = []
    for key, word in pairs:
        part = Text.assemble((key, "key"), " ", (word, "quiet"))
        if lines and lines[-1].cell_len + 3 + part.cell_len <= width:
            lines[-1].append(" · ", "quiet").append_text(part)
        else:
            lines.append(part)
    return lines


def edited(typed: Line, width: int, height: int) -> list[Text]:
    """What is being typed, with the cursor: the part around it that fits into a third of a screen of `height`."""
    rows, cursor_row, column = typed.rows(width - 2)
    most = max(2, height // 3)
    first = min(max(0, cursor_row - most + 1), max(0, len(rows) - most))
    lines: list[Text] = []
    for row, text in enumerate(rows):
        line = Text("> " if row == 0 else "  ")
        if row == cursor_row:
            text = text.ljust(len(text) + column + 1 - cells(text)) if cells(text) <= column else text
            at = next(at for at in range(len(text)) if cells(text[:at]) >= column)
            line.append(text[:at]).append(text[at], "reverse").append(text[at + 1 :])
        else:
            line.append(text)
        lines.append(line)
    return lines[first : first + most]


def _now(turn: Turn) -> list[tuple[str, str]]:
    """The keys of this very screen, those that work on all screens aside."""
    if turn.phase == "answer":
        pairs = [("Space", turn.proposed.name.lower())] if turn.proposed else []
        if turn.tickable:
            pairs.append((f"a-{LETTERS[min(turn.tickable, len(LETTERS)) - 1]}", "tick"))
        if turn.follow_ups:
            pairs.append(("g", "follow-up next"))
        return [*pairs, *([("p", "prove")] if turn.question.demos else []), ("v", "edit")]
    if turn.phase == "confidence":
        return [(f"a-{LETTERS[len(SURE) - 1]}", "how sure")]
    if turn.prompt.entry == "letter":
        return [(f"a-{LETTERS[len(turn.prompt.options) - 1]}", "choose"), ("Space", "don't know")]
    if turn.prompt.entry == "line":
        return [("Tab", "back to your answer")]
    return [("Space", "answer"), *([] if turn.hinted else [("h", "hint")]), ("t", "type first")]


def help_lines(turn: Turn, width: int) -> list[Text]:
    """What the ratings mean and what each key does, in words."""
    rows = [(str(int(rating)), f"{rating.name.lower()}: {IN_WORDS[rating]}") for rating in turn.ratings]
    rows += [
        ("Space", "shows the answer; then takes the proposed rating, once a point is ticked or an answer judged"),
        (
            "a-f",
            "choose an option; under an answer, tick a point you said: "
            "under half proposes again, under 4/5 hard, else good",
        ),
        ("h", "a hint: how many points, and how each begins; the proposal is then hard at best"),
        ("t", "type your answer first; it stays beside the key points and is never graded by a machine"),
        ("g", "the follow-up comes next, as an interviewer would go on; again: another one, or none"),
        *(
            [("a-e", "before the answer, how sure you are; the debrief of an interview says how well that fits")]
            if turn.confidence
            else []
        ),
        ("p", "prove it: run this question's demo"),
        ("v", "edit this question; its history stays"),
        ("u", "undo the last rating, bury, suspend or flag of this sitting, as often as you want"),
        ("-", "bury: not before tomorrow"),
        ("@", "suspend: not before you ask for it"),
        ("*", "flag, or take the flag off"),
        ("Tab", "from the input line to the keys and back"),
        ("↑ ↓", "scroll"),
        ("q", "quit; what was rated is saved already"),
    ]
    lines = [Text(row) for row in wrap(turn.question.help, width)]
    lines += [Text(), Text("Ratings and keys", "title"), Text()]
    for key, words in rows:
        wrapped = wrap(words, max(10, width - 8))
        lines += [Text.assemble((f"{key if nth == 0 else '':<7} ", "key"), part) for nth, part in enumerate(wrapped)]
    return lines
