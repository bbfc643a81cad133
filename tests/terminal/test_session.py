"""A session on a real terminal: what is on the screen after real keys."""

import os
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import Learner, ratings

pexpect = pytest.importorskip("pexpect", reason="needs a POSIX terminal")
pyte = pytest.importorskip("pyte")


class Terminal:
    """A session in a terminal of its own, and the screen that its learner sees."""

    def __init__(self, columns: int = 80, rows: int = 30, *args: str, **environment: str) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self.screen)
        variables = {**os.environ, "TERM": "xterm-256color", **environment}
        command = ["-m", "quiz", *args]
        self.process = pexpect.spawn(
            sys.executable, command, env=variables, dimensions=(rows, columns), encoding="utf-8"
        )

    def press(self, *keys: str) -> "Terminal":
        for key in keys:
            self.process.send(key)
            time.sleep(0.05)  # a learner's pace: what is typed ahead of an answer is dropped
        return self

    def shows(self, *words: str) -> str:
        """Wait until all words are on the screen, and give it as text."""
        until = time.monotonic() + 20
        while time.monotonic() < until:
            try:
                self._stream.feed(self.process.read_nonblocking(65536, timeout=0.1))
            except pexpect.TIMEOUT:
                pass
            except pexpect.EOF:
                until = 0.0
            text = "\n".join(line.rstrip() for line in self.screen.display)
            if all(word in text for word in words):
                return text
        raise AssertionError(f"{words} not on the screen:\n{text}")

    def resize(self, columns: int, rows: int) -> "Terminal":
        self.screen.resize(rows, columns)
        self.process.setwinsize(rows, columns)
        return self

    def ends(self) -> int:
        self.process.expect(pexpect.EOF, timeout=20)
        self.process.close()
        return int(self.process.exitstatus if self.process.exitstatus is not None else -self.process.signalstatus)


def test_the_question_stays_when_the_answer_appears_and_the_footer_says_what_works(small: Learner) -> None:
    terminal = Terminal()
    before = terminal.shows("What is first?", "Space answer", "q quit")
    assert "That is first." not in before and "undo" not in before
    after = terminal.press(" ").shows("That is first.", "4 easy", "a-d tick")
    assert "What is first?" in after and "Space answer" not in after
    terminal.press("q")
    assert terminal.ends() == 0
    assert ratings(small) == []


def test_ticks_rate_and_the_next_card_says_what_the_last_answer_did(small: Learner) -> None:
    terminal = Terminal()
    terminal.shows("What is first?")
    terminal.press(" ").shows("That is first.")
    terminal.press("a", "b", "c").shows("a [x]", "c [x]", "Space hard")
    terminal.press(" ").shows("What is second?", "Last: hard, again tomorrow", "u undo")
    assert ratings(small) == [("first", 2)]
    terminal.press("u").shows("What is first?", "Took back: hard on first")
    terminal.press("q").ends()
    assert small.quiz("status", "--json").json["answered_today"] == 0


def test_keys_typed_ahead_of_an_answer_never_rate(small: Learner) -> None:
    terminal = Terminal()
    terminal.shows("What is first?")
    terminal.process.send("   3333")
    terminal.shows("That is first.")
    time.sleep(0.3)
    terminal.press("q").ends()
    assert ratings(small) == []


def test_a_paste_is_not_taken_for_keys(small: Learner) -> None:
    terminal = Terminal()
    terminal.shows("What is first?")
    terminal.press(" ").shows("That is first.")
    terminal.press("\x1b[200~3 3 3\x1b[201~").shows("paste is ignored")
    terminal.press("q").ends()
    assert ratings(small) == []


def test_a_typed_answer_stands_beside_the_key_points(small: Learner) -> None:
    terminal = Terminal()
    terminal.shows("What is first?")
    terminal.press("t", *"my own words").shows("> my own words")
    terminal.press("\r").shows("You wrote", "my own words", "That is first.")
    terminal.press("3").shows("What is second?")
    terminal.press("q").ends()
    assert small.quiz("log", "--json").lines[0]["data"]["response"] == "my own words"


def test_a_choice_is_judged_by_one_key(small: Learner) -> None:
    terminal = Terminal(80, 30, "review", "--kind", "choice")
    text = terminal.shows("What is picked?", "a-b choose")
    letter = next(line.strip()[0] for line in text.splitlines() if line.strip().endswith("  no"))
    terminal.press(letter).shows("Wrong", "because it is not", ">1 again")
    terminal.press("q").ends()


def test_nothing_is_lost_when_the_session_is_killed(small: Learner) -> None:
    terminal = Terminal()
    terminal.shows("What is first?")
    terminal.press(" ").shows("That is first.")
    terminal.press("3").shows("Last: good")
    terminal.process.kill(9)
    assert terminal.ends() == -9
    assert ratings(small) == [("first", 3)]
    assert small.quiz("next", "--json").json["card"] == "second"


def test_ctrl_c_ends_like_q_and_the_terminal_is_as_before(small: Learner) -> None:
    terminal = Terminal()
    terminal.shows("What is first?")
    terminal.press("\x03").shows("Nothing was rated")
    assert terminal.ends() == 0


def test_forty_columns_lose_the_intervals_and_no_key(small: Learner) -> None:
    terminal = Terminal(40, 40)
    terminal.shows("What is first?", "q quit")
    narrow = terminal.press(" ").shows("1 again", "2 hard", "3 good", "4 easy", "- bury", "? help", "q quit")
    assert "<10 min" not in narrow
    terminal.resize(80, 30).shows("<10 min")
    terminal.press("q").ends()


def test_a_screen_without_colour_has_no_colour(small: Learner) -> None:
    terminal = Terminal(80, 30, NO_COLOR="1")
    terminal.shows("What is first?")
    terminal.press(" ").shows("1 again")
    colours = {cell.fg for row in terminal.screen.buffer.values() for cell in row.values()}
    assert colours == {"default"}
    terminal.press("q").ends()


def test_a_dumb_terminal_gets_lines(small: Learner) -> None:
    terminal = Terminal(80, 30, TERM="dumb")
    text = terminal.shows("What is first?", "an empty line shows the answer")
    assert "Space answer" not in text
    terminal.press("\r").shows("That is first.")
    terminal.process.sendeof()
    assert terminal.ends() == 0


def test_help_says_what_each_rating_means_and_goes_back(small: Learner) -> None:
    terminal = Terminal(80, 40)
    terminal.shows("What is first?")
    terminal.press("?").shows("forgot it", "Space back")
    terminal.press(" ").shows("What is first?", "Space answer")
    terminal.press("q").ends()


def test_a_question_is_edited_in_the_session_and_its_history_goes_on(small: Learner, tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text(f"#!{sys.executable}\nimport sys, pathlib\np = pathlib.Path(sys.argv[1])\n"
                      "p.write_text(p.read_text().replace('That is first.', 'That is better.'))\n")  # fmt: skip
    editor.chmod(0o755)
    terminal = Terminal(80, 30, VISUAL=str(editor))
    terminal.shows("What is first?")
    terminal.press(" ").shows("That is first.")
    terminal.press("a", "v").shows("That is better.", "a [x]", "Saved first")
    terminal.press("3").shows("What is second?")
    terminal.press("q").ends()
    assert ratings(small) == [("first", 3)]


def test_confidence_comes_before_the_answer_and_a_double_press_says_nothing(small: Learner) -> None:
    terminal = Terminal(80, 30, "review", "--kind", "choice", "--confidence")
    text = terminal.shows("What is picked?", "a-b choose")
    letter = next(line.strip()[0] for line in text.splitlines() if line.strip().endswith("  no"))
    terminal.process.send(letter * 2)
    asked = terminal.shows("How sure are you", "e   90 %", "a-e how sure")
    assert "because" not in asked
    terminal.press("7").shows("7 does nothing here", "How sure are you")
    terminal.press("e").shows("Wrong", "because it is not", ">1 again")
    terminal.press(" ").shows("Last: again")
    terminal.press("q").ends()
    assert small.quiz("log", "--json").lines[0]["data"]["confidence"] == 0.9


def test_a_round_on_a_terminal_ends_with_its_score(small: Learner) -> None:
    terminal = Terminal(80, 40, "round", "--kind", "recall", "--seed", "1")
    for nth in (1, 2):
        terminal.shows(f"{nth}/2", "Space answer")
        terminal.press(" ").shows("Key points: tick", "a [ ]")
        terminal.press("a").shows("a [x]")
        terminal.press(" ")
    terminal.shows("0 of 2 right", "Missed", "quiz review --topic")
    assert terminal.ends() == 0
