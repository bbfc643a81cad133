"""How a sitting ends: what today came to, what to drill, what the next days hold; or that nothing is due."""

from collections.abc import Sequence

from rich.text import Text

from quiz.study.day import weekday
from quiz.study.progress import Summary


def ended(summary: Summary, load: Sequence[int], today: int, width: int) -> list[Text]:
    """The end of a sitting. `load` is what falls due on each of the next days, the first being tomorrow; empty where a
    plan decides what is asked."""
    lines = [Text(f"Today: {_count(summary.answers, 'answer')} on {_count(summary.cards, 'card')}.", "title")]
    if summary.of:
        share = f"{100 * summary.recalled / summary.of:.0f} %"
        lines.append(Text(f"Retention: {summary.recalled} of {summary.of} recalled at the first try ({share})."))
    if summary.came_back or summary.still_open:
        when = ", first thing next time" if load else ""
        still = f"; {_count(summary.still_open, 'card')} still open{when}" if summary.still_open else ""
        lines.append(Text(f"Came back: {summary.came_back} recalled after a miss{still}."))
    if summary.weakest:
        lines += [Text(), Text("Weakest today", "title")]
        for topic, missed, of in summary.weakest:
            lines.append(Text(f"  {topic:<16} {missed} of {of} missed"))
            lines.append(Text(f"    quiz review --ahead --topic {topic}", "key"))
    return lines + coming(load, today, width)


def coming(load: Sequence[int], today: int, width: int) -> list[Text]:
    """The load of the next days, a bar and a number each."""
    if not any(load):
        return []
    lines = [Text(), Text("Due in the next days", "title")]
    room = max(1, min(40, width - 14))
    most = max(load)
    for ahead, count in enumerate(load, 1):
        bar = "█" * round(count * room / most) if most > room else "█" * count
        lines.append(Text(f"  {weekday(today + ahead)} {count:>5}  ").append(bar, "quiet"))
    return lines


def nothing_due(new: int, next_due: int | None, today: int, filtered: bool) -> list[Text]:
    """Nothing to ask: when there will be, and what one can do now."""
    where = " in what you asked for" if filtered else ""
    lines = [Text(f"Nothing is due{where} today.", "title")]
    if next_due is not None:
        days = next_due - today
        when = "tomorrow" if days == 1 else f"on {weekday(next_due)}, in {days} days"
        lines.append(Text(f"Next: {when}."))
    if new:
        lines.append(Text(f"{_count(new, 'new card')} still to come; `quiz review --new 30` starts more of them now."))
    lines.append(Text("`quiz review --ahead` practises what is not due yet without spoiling the schedule."))
    return lines


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
