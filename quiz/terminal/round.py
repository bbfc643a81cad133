"""How a round ends: the score by topic, what was missed and why, and what to do about it."""

from rich.text import Text

from quiz.study.round import Score
from quiz.terminal.markdown import render
from quiz.terminal.numbers import percent
from quiz.terminal.text import wrap


def ended(score: Score, seed: int, recorded: bool, width: int) -> list[Text]:
    """The last words of a round."""
    if not score.of:
        return [Text("Nothing was answered; nothing has changed.")]
    lines = [Text(f"{score.right} of {score.of} right ({percent(score.right / score.of)})", "title"), Text()]
    widest = max(map(len, score.by_topic))
    for topic, (right, of) in score.by_topic.items():
        marks = Text.assemble(("●" * right, "right"), ("○" * (of - right), "wrong"))
        lines.append(Text.assemble(f"  {topic:<{widest}}  {right} of {of}  ", marks))
    if score.missed:
        lines += [Text(), Text("Missed", "title")]
    for answer in score.missed:
        lines.append(Text(f"  {answer.card}"))
        why = render(answer.why, width=width - 4) if answer.why else [Text("rated again")]
        lines += [Text.assemble("    ", (line.plain, "quiet")) for line in why]
    lines += [Text(), Text("Next", "title")]
    lines += [Text(f"  quiz review --topic {topic}", "key") for topic in score.review]
    if score.demo:
        lines.append(Text.assemble((f"  quiz prove {score.demo}", "key")))
    lines.append(Text.assemble((f"  quiz round --seed {seed}", "key"), ("  asks the same questions again", "quiet")))
    if not recorded:
        lines += [Text(row, "quiet") for row in wrap("Nothing was recorded (--no-record).", width)]
    return lines
