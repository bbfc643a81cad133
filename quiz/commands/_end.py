"""The last words of a sitting."""

from rich.text import Text

from quiz.commands._sitting import Sitting
from quiz.terminal import closing

DAYS = 7


def goodbye(sitting: Sitting, width: int) -> list[Text]:
    """What today came to and what the next days hold."""
    day = sitting.desk.now().study_day
    summary = sitting.summary()
    if not summary.answers:
        return [Text("Nothing was rated; nothing has changed.")]
    return closing.ended(summary, sitting.desk.agenda.coming(DAYS, day), day, width)


def nothing(sitting: Sitting, width: int) -> list[Text]:
    """Nothing to ask, and what one can do about it."""
    day = sitting.desk.now().study_day
    counts = sitting.desk.agenda.counts(day, sitting.wanted.deck)
    lines = closing.nothing_due(counts.new, counts.next_due, day, any(sitting.wanted.deck))
    return lines + closing.coming(sitting.desk.agenda.coming(DAYS, day), day, width)
