"""One card, from the question to the rating: what each key does on each screen.

A turn and a key give the next turn and what the loop has to do. Nothing here reads keys, draws or records, so that a
terminal, a pipe and a test are asked by the same rules.
"""

from typing import Literal, NamedTuple

from quiz.bank.question import Prompt, Question, Verdict
from quiz.errors import Misused
from quiz.memory.values import Rating
from quiz.study.session import SURE, proposal
from quiz.terminal.keys import Key, Line

LETTERS = "abcdef"
Do = Literal["", "sure", "reveal", "tick", "rate", "undo", "bury", "suspend", "flag", "prove", "edit", "quit"]

ANYWHERE: dict[str, Do] = {
    "u": "undo",
    "-": "bury",
    "@": "suspend",
    "*": "flag",
    "q": "quit",
    "ctrl-c": "quit",
    "eof": "quit",
}


SCROLLS = {"up": -1, "down": 1, "page-up": -10, "page-down": 10, "home": -(10**6), "end": 10**6, "resize": 0}
"""Lines by which a key moves the view."""


class Turn(NamedTuple):
    """A card on the screen."""

    question: Question
    prompt: Prompt
    seed: int
    follow_ups: tuple[tuple[str, str], ...] = ()
    """(id, question) of the follow-ups that the bank has."""
    two_grades: bool = False
    confidence: bool = False
    """Whether to ask how sure the learner is, before anything is revealed."""
    phase: Literal["question", "line", "confidence", "answer"] = "question"
    help: bool = False
    line: Line = Line()
    response: str | None = None
    """What was typed or picked."""
    verdict: Verdict = Verdict()
    sure: float | None = None
    """How sure the learner was, 0..1; None where that was not asked."""
    hinted: bool = False
    ticked: frozenset[int] | None = None
    """Key points that were said; None before the first tick, when nothing is proposed yet."""
    follow: int | None = None
    """Which follow-up comes next, on request."""
    rating: Rating | None = None
    note: str = ""
    """What the last key has to say."""
    scroll: int = 0

    @property
    def recall(self) -> bool:
        """Whether the learner speaks, reveals and ticks."""
        return self.prompt.entry == "reveal"

    @property
    def tickable(self) -> int:
        """How many lettered key points the answer shows."""
        return 0 if self.question.judged else len(self.question.key_points)

    @property
    def proposed(self) -> Rating | None:
        """What Space takes: what judging suggests, or what the ticks propose."""
        rating = self.verdict.rating
        if rating is None and self.ticked is not None:
            rating = proposal(len(self.ticked), len(self.question.key_points), self.hinted)
        return Rating.GOOD if rating == Rating.HARD and self.two_grades else rating

    @property
    def ratings(self) -> tuple[Rating, ...]:
        """The ratings on offer."""
        return (Rating.AGAIN, Rating.GOOD) if self.two_grades else tuple(Rating)


def begin(
    question: Question,
    seed: int,
    follow_ups: tuple[tuple[str, str], ...] = (),
    two_grades: bool = False,
    confidence: bool = False,
) -> Turn:
    """The turn of a card that is now asked."""
    prompt = question.prompt(seed)
    phase: Literal["line", "question"] = "line" if prompt.entry == "line" else "question"
    return Turn(question, prompt, seed, follow_ups, two_grades, confidence, phase)


def press(turn: Turn, key: Key) -> tuple[Turn, Do]:
    """The turn after a key, and what the loop has to do."""
    turn = turn._replace(note="")
    if turn.phase == "line" and not turn.help and key not in ("ctrl-c", "eof", "resize"):
        return _type(turn, key)
    pressed = key.lower()
    if turn.help:
        return _help_key(turn, pressed)
    if pressed in ANYWHERE:
        return turn, ANYWHERE[pressed]
    if pressed == "?":
        return turn._replace(help=True, scroll=0), ""
    if pressed in SCROLLS:
        return _scrolled(turn, pressed), ""
    if pressed == "paste":
        instead = " t: type your answer first." if turn.recall and turn.phase == "question" else ""
        return turn._replace(note=f"A paste is ignored here.{instead}"), ""
    if turn.phase == "confidence":
        return _confidence_key(turn, pressed)
    return _answer_key(turn, pressed) if turn.phase == "answer" else _question_key(turn, pressed)


def _question_key(turn: Turn, key: str) -> tuple[Turn, Do]:
    if turn.prompt.entry == "line":
        if key == "tab":
            return turn._replace(phase="line"), ""
        return _nothing(turn, key, "Tab: back to your answer"), ""
    if key in ("space", "enter"):
        return _reveal(turn, turn.response or "")
    if turn.prompt.entry == "letter" and key in LETTERS[: len(turn.prompt.options)]:
        return _reveal(turn, key)
    if turn.recall and key == "h":
        return turn._replace(hinted=True), ""
    if turn.recall and (key == "t" or (key == "tab" and turn.line.text)):
        return turn._replace(phase="line"), ""
    if key in "1234":
        return turn._replace(note="First the answer, then the rating: Space shows it."), ""
    return _nothing(turn, key), ""


def _confidence_key(turn: Turn, key: str) -> tuple[Turn, Do]:
    if key in LETTERS[: len(SURE)]:
        return turn._replace(sure=SURE[LETTERS.index(key)], phase="answer"), "reveal"
    return _nothing(turn, key, f"a-{LETTERS[len(SURE) - 1]}: how sure are you?"), ""


def _answer_key(turn: Turn, key: str) -> tuple[Turn, Do]:
    if key in ("space", "enter"):
        if turn.proposed is None:
            return turn._replace(note="1-4 rate" if not turn.two_grades else "1 or 3 rates"), ""
        return turn._replace(rating=turn.proposed), "rate"
    if key in "1234":
        rating = Rating(int(key))
        if rating not in turn.ratings:
            return turn._replace(note="Only 1 (not recalled) and 3 (recalled) with --two-grades."), ""
        return turn._replace(rating=rating), "rate"
    if key in LETTERS[: turn.tickable]:
        return turn._replace(ticked=(turn.ticked or frozenset()) ^ {LETTERS.index(key)}), "tick"
    if key == "g" and turn.follow_ups:
        return _follow(turn), ""
    if key == "p":
        if turn.question.demos:
            return turn, "prove"
        return turn._replace(note="This question has no demo."), ""
    if key == "v":
        return turn, "edit"
    return _nothing(turn, key), ""


def _type(turn: Turn, key: Key) -> tuple[Turn, Do]:
    """A key on the input line, which takes everything but Enter, Tab and Escape."""
    if key == "enter":
        typed = turn.line.text.strip()
        return _reveal(turn._replace(response=typed or None), typed)
    if key in ("tab", "escape"):
        return turn._replace(phase="question"), ""
    return turn._replace(line=turn.line.feed(key)), ""


def _reveal(turn: Turn, response: str) -> tuple[Turn, Do]:
    """Hand in a response; one that cannot be read is said so and not judged."""
    try:
        verdict = turn.question.judge(response, turn.seed)
    except Misused as error:
        return turn._replace(note=str(error)), ""
    turn = turn._replace(phase="answer", verdict=verdict, response=verdict.response, scroll=0)
    if turn.confidence and (turn.recall or turn.response is not None):  # nobody is sure of "don't know"
        return turn._replace(phase="confidence"), "sure"
    return turn, "reveal"


def _follow(turn: Turn) -> Turn:
    """The next of the follow-ups, after the last none again."""
    nth = 0 if turn.follow is None else turn.follow + 1
    return turn._replace(follow=nth if nth < len(turn.follow_ups) else None)


def _help_key(turn: Turn, key: str) -> tuple[Turn, Do]:
    if key in ("q", "ctrl-c", "eof"):
        return turn, "quit"
    if key in SCROLLS:
        return _scrolled(turn, key), ""
    if key in ("space", "enter", "?", "escape"):
        return turn._replace(help=False, scroll=0), ""
    return _nothing(turn, key, "Space goes back"), ""


def _scrolled(turn: Turn, key: str) -> Turn:
    """The view moved; the screen knows how far it can go."""
    return turn._replace(scroll=max(0, turn.scroll + SCROLLS[key]))


def _nothing(turn: Turn, key: str, instead: str = "? help") -> Turn:
    return turn._replace(note=f"{key if key.isprintable() else 'That key'} does nothing here.   {instead}")
