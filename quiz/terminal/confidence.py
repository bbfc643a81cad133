"""The calibration report: what was said beside what came true, in bars that read without colour."""

from rich.text import Text

from quiz.study.confidence import Calibration, Fit, Tally
from quiz.terminal.numbers import percent
from quiz.terminal.text import wrap

IN_WORDS: dict[Fit, str] = {
    "few": "too few answers to say how well that fits",
    "fits": "that fits: no more off than luck would be",
    "over": "over-confident: you were sure more often than right, which is what fails interviews",
    "under": "under-confident: you know more than you think",
}
_SHORT: dict[Fit, str] = {"few": "", "fits": "fits", "over": "over-confident", "under": "under-confident"}
TOPICS = 6
"""Topics shown, the most over-confident first."""
SOME = 3
"""Answers from which on a topic is shown."""


def report(calibration: Calibration, width: int) -> list[Text]:
    """`When you said 90 %, 6 of 10 were right`, by what was said and by topic; one line where there is nothing."""
    whole = calibration.whole
    if whole is None:
        return [Text("No answer says how sure you were: --confidence asks.")]
    lines = [Text("How sure, and how right", "title")]
    for level in calibration.levels:
        lines.append(_row(level, f"said {level.name}", width))
    lines.append(Text())
    said = f"On average you said {percent(whole.said)}, and {percent(whole.share)} were right ({whole.right} of "
    lines += [Text(row) for row in wrap(f"{said}{whole.times}): {IN_WORDS[whole.fit]}.", width)]
    topics = [topic for topic in calibration.topics if topic.times >= SOME]
    lines += [Text(), Text("By topic", "title")] if topics else []
    for topic in topics[:TOPICS]:
        style = "note" if topic.fit == "over" else "quiet"
        lines.append(Text.assemble(f"  {topic.name}  ", (_SHORT[topic.fit], style)))
        lines.append(_row(topic, f"said {percent(topic.said)}", width))
    if len(topics) > TOPICS:
        lines.append(Text(f"  and {len(topics) - TOPICS} more topics, less over-confident", "quiet"))
    return lines


def _row(tally: Tally, name: str, width: int) -> Text:
    """A bar for the share that was right, with a mark where what was said would be."""
    room = max(6, min(30, width - 30))
    filled, mark = round(tally.share * room), min(room - 1, round(tally.said * room))
    bar = "".join("|" if at == mark else "█" if at < filled else "·" for at in range(room))
    return Text.assemble(f"  {name:<10} ", (bar, "quiet"), f" {tally.right} of {tally.times} right")
