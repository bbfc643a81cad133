"""What each key does in a mock interview, what the screen says, and that a kill loses nothing that was typed."""

import time

import pytest

from quiz.bank.kinds.choice import Choice
from quiz.bank.kinds.recall import Recall
from quiz.bank.question import Question
from quiz.study.interview import Plan
from quiz.terminal.interview import Talk, Times, clock, header, opening, page, press
from quiz.terminal.keys import Key
from tests.bank.kinds.evidence import made
from tests.conftest import Learner, bank_text, question

OPTIONS = [{"text": "yes", "right": True}, {"text": "no", "why": "because it is not"}]
RECALL = made(Recall, key_points=("a", "b", "c"))
CHOICE = Choice.build(
    {name: getattr(RECALL, name) for name in ("id", "area", "topic", "concept", "level", "question", "answer")}
    | {"kind": "choice", "options": OPTIONS}
)


def talk(question: Question = RECALL, confidence: bool = False) -> Talk:
    return Talk(question, question.prompt(1), 1, number=2, follows=True, confidence=confidence)


def after(start: Talk, *keys: str) -> tuple[Talk, list[str]]:
    """The talk after these keys (a longer text is pasted), and what the loop had to do."""
    names = {"space", "enter", "tab", "escape", "ctrl-c", "eof", "page-down"}
    done = []
    for key in keys:
        start, do = press(start, Key(key) if len(key) == 1 or key in names else Key("paste", key))
        done.append(do)
    return start, [do for do in done if do]


def text(shown: Talk, width: int = 80) -> str:
    times = Times(on_this=65, allotted=120, left=300, total=600)
    drawn = page(shown, times, width, 30)
    return "\n".join(line.plain for line in (*drawn.top, *drawn.body, *drawn.bottom))


def test_a_typed_answer_is_handed_in_by_enter() -> None:
    shown, done = after(talk(), "my words", "enter")
    assert (shown.response, done) == ("my words", ["answer"])


def test_a_spoken_answer_is_asked_how_it_went() -> None:
    shown, done = after(talk(), "enter")
    assert "How did that go?" in text(shown) and done == ["hand-in"]
    assert after(shown, "a")[0].said is True and after(shown, "b") == (shown._replace(said=False), ["answer"])
    assert after(shown, "x")[0].note and after(shown, "tab")[0].phase == "line"


def test_where_confidence_is_asked_it_says_how_it_went_too() -> None:
    spoken, _ = after(talk(confidence=True), "enter")
    assert "How sure are you" in text(spoken)
    assert [after(spoken, letter)[0].said for letter in "ace"] == [False, False, True]
    typed, done = after(talk(confidence=True), "words", "enter", "e")
    assert (typed.sure, typed.said, done) == (0.9, None, ["hand-in", "answer"])


def test_an_empty_line_is_dont_know_where_a_judge_has_to_read_it() -> None:
    assert after(talk(CHOICE), "enter")[1] == ["skip"]
    assert "Enter don't know" in text(talk(CHOICE)) and "Enter I have said it" in text(talk())


def test_what_the_judge_cannot_read_stays_on_the_line() -> None:
    shown, done = after(talk(CHOICE), "z", "enter")
    assert (done, shown.line.text, shown.phase) == ([], "z", "line") and "no option" in shown.note


def test_a_judged_answer_says_nothing_about_right_or_wrong() -> None:
    right, wrong = (after(talk(CHOICE, confidence=True), given, "enter")[0] for given in ("yes", "no"))
    assert (right.verdict.right, wrong.verdict.right) == (True, False)
    assert text(right) == text(wrong)


@pytest.mark.parametrize(("key", "do"), [("n", "skip"), ("z", "pause"), ("q", "end"), ("N", "skip")])
def test_the_keys_behind_tab(key: str, do: str) -> None:
    assert after(talk(), "half", "tab", key)[1] == [do]


def test_letters_on_the_line_are_text_and_no_keys() -> None:
    shown, done = after(talk(), *"nzqw?")
    assert (shown.line.text, done) == ("nzqw?", [])


def test_a_key_that_does_nothing_says_so() -> None:
    assert "x does nothing here" in after(talk(), "tab", "x")[0].note


def test_a_pause_hides_the_question_until_space() -> None:
    paused, _ = after(talk(), "half", "tab", "z")
    assert "What?" not in text(paused) and "Space go on" in text(paused)
    assert after(paused, "space") == (paused._replace(phase="line"), ["go-on"])


def test_a_note_is_taken_beside_the_answer() -> None:
    shown, done = after(talk(), "half", "tab", "w", "look it up", "enter")
    assert (shown.noting.text, shown.line.text, shown.phase, done) == ("look it up", "half", "line", ["note"])
    assert after(talk(), "tab", "w", "enter")[1] == []


def test_ctrl_c_leaves_from_anywhere() -> None:
    for keys in ((), ("tab",), ("tab", "z"), ("tab", "w"), ("enter",)):
        assert after(talk(), *keys, "ctrl-c")[1][-1] == "leave"


def test_the_clock_shows_this_question_and_all_and_says_when_it_is_late() -> None:
    def shown(times: Times, width: int = 80) -> str:
        return " ".join(line.plain for line in header(talk(), times, width))

    assert shown(Times(65, 120, 300, 600)) == "Question 2, a follow-up   1:05 of 2:00 for this   5:00 left of 10:00"
    assert "come to the point" in shown(Times(130, 120, 300, 600))
    assert "time is up: finish this one" in shown(Times(1, 120, -5, 600))
    assert max(len(line.plain) for line in header(talk(), Times(5000, 5000, 9000, 9000), 40)) <= 40
    assert [clock(seconds) for seconds in (-1, 59.9, 61, 3661)] == ["0:00", "0:59", "1:01", "1:01:01"]


@pytest.mark.parametrize("width", [40, 80])
def test_everything_fits_the_width(width: int) -> None:
    lines = [line.plain for line in opening(Plan(45, "llm-engineer", 1), width)]
    for keys in ((), ("tab",), ("tab", "z"), ("tab", "w"), ("enter",)):
        lines += text(after(talk(), *keys)[0], width).split("\n")
    assert max(map(len, lines)) <= width


pexpect = pytest.importorskip("pexpect", reason="needs a POSIX terminal")
pyte = pytest.importorskip("pyte")


def test_a_killed_interview_goes_on_with_the_question_and_what_was_typed(small: Learner) -> None:
    from tests.terminal.test_session import Terminal

    terminal = Terminal(80, 30, "interview", "--minutes", "5", "--seed", "1")
    terminal.shows("We have 5 minutes", "Space begin")
    terminal.press(" ").shows("Question 1", "of 2:00 for this", "left of 5:00")
    terminal.press("\t", "w", *"look up", "\r").shows("Noted.")
    terminal.press(*"half an ans")
    screen = terminal.shows("> half an ans")
    asked = next(line for line in screen.splitlines() if line.startswith("What is "))
    time.sleep(2.2)
    terminal.process.kill(9)
    assert terminal.ends() == -9

    again = Terminal(80, 30, "interview")
    again.shows("The clock stands", "Space go on")
    again.press(" ").shows("Question 1", asked, "> half an ans")
    again.press(*"wer", "\r").shows("Question 2")
    again.press("\t", "q").shows("1/1", "half an answer", "Your note: look up", "Key points: tick")
    again.press("a", "b", "c", " ").shows("0.8 of 1 points", "Work on first")
    assert again.ends() == 0
    log = small.quiz("log", "--json").lines
    assert [event["rating"] for event in log if event["type"] == "review"] == [2]
    assert not (small.home / "interview-draft.json").exists()


def test_the_clock_ticks_stands_in_a_pause_and_an_interview_can_be_left(small: Learner) -> None:
    from tests.terminal.test_session import Terminal

    terminal = Terminal(40, 24, "interview", "--minutes", "5", NO_COLOR="1")
    terminal.shows("We have 5 minutes")
    terminal.press(" ").shows("0:01 of 2:00")
    terminal.press("\t", "z").shows("The clock stands")
    terminal.press("x").shows("x does nothing here")
    colours = {cell.fg for row in terminal.screen.buffer.values() for cell in row.values()}
    assert colours == {"default"}
    terminal.press("\x03").shows("goes on")
    assert terminal.ends() == 0
    assert "unfinished" in small.quiz("interview", "list").out


def test_what_is_typed_is_in_sight_however_long_the_question_and_the_answer(learner: Learner) -> None:
    from tests.terminal.test_session import Terminal

    lines = "\n\n".join(f"Line {nth}." for nth in range(40))
    learner.bank(bank_text([question("long", question=f"What is long?\n\n{lines}")]))
    terminal = Terminal(40, 20, "interview", "--minutes", "5")
    terminal.shows("We have 5 minutes")
    terminal.press(" ").shows("Question 1", "more lines")
    terminal.process.send("\x1b[200~" + "many words " * 60 + "LAST\x1b[201~")
    terminal.shows("LAST", "Enter hand in", "Question 1")
    terminal.press("\x1b[6~").shows("↑")
    terminal.press("\x03").ends()
    review = Terminal(40, 20, "review")
    review.shows("What is long?", "more lines")
    review.press("t", *"typed").shows("> typed", "Enter hand in")
    review.press("\x03").ends()
