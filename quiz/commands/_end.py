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
    load = [] if sitting.desk.settings.plan_on(day) else sitting.desk.agenda.coming(DAYS, day)
    return closing.ended(summary, load, day, width) + _plan(sitting, width)


def nothing(sitting: Sitting, width: int) -> list[Text]:
    """Nothing to ask, and what one can do about it."""
    day = sitting.desk.now().study_day
    counts = sitting.desk.agenda.counts(day, sitting.wanted.deck)
    if sitting.desk.settings.plan_on(day):
        return closing.nothing_due(0, counts.next_due, day, any(sitting.wanted.deck)) + _plan(sitting, width)
    lines = closing.nothing_due(counts.new, counts.next_due, day, any(sitting.wanted.deck))
    return lines + closing.coming(sitting.desk.agenda.coming(DAYS, day), day, width)


def _plan(sitting: Sitting, width: int) -> list[Text]:
    """Where the plan stands, while one lasts."""
    moment = sitting.desk.now()
    plan = sitting.desk.settings.plan_on(moment.study_day)
    if plan is None:
        return []
    from quiz.terminal import planned

    left = sum(map(len, sitting.desk.left(moment)))
    expected = sitting.desk.agenda.on_the_day(moment.study_day)[1]
    return planned.closing(plan.date - moment.study_day, expected or 0.0, left, width)
