"""Say what is due, new and learnt today."""

from quiz.commands import _context
from quiz.commands._desk import open_desk
from quiz.study.day import iso


def command() -> None:
    """Say what is due today, how much is new and learnt, and when the next card falls due."""
    desk = open_desk()
    moment = desk.now()
    day = moment.study_day
    counts = desk.agenda.counts(day)
    plan = desk.settings.plan_on(day)
    expected = desk.agenda.on_the_day(day)[1] if plan else None
    if _context.options().json:
        interview = plan and {"date": iso(plan.date), "days_left": plan.date - day, "expected_recall": expected}
        days = {"study_day": iso(day), "next_due": iso(counts.next_due)}
        _context.print_json({**days, **counts._asdict(), **days, "interview": interview})
        return
    new = len(desk.left(moment)[1]) if plan else min(counts.new, max(0, desk.settings.new_per_day - counts.new_today))
    print(f"Today       {counts.due} due, {new} new to come; {counts.answered_today} answered")
    print(f"The bank    {counts.total} cards: {counts.learnt} learnt, {counts.learning} learning, {counts.new} new")
    if counts.suspended or counts.buried:
        print(f"Set aside   {counts.suspended} suspended, {counts.buried} buried until tomorrow")
    if plan:
        recall = "" if expected is None else f"; {100 * expected:.0f} % known then if you stop now"
        print(f"Interview   {iso(plan.date)}, in {plan.date - day} days{recall}")
    if counts.next_due is not None:
        print(f"Next        {iso(counts.next_due)}")
    print(
        "\nquiz starts today's session"
        if counts.due or new
        else "\nquiz review --ahead practises more without spoiling the schedule"
    )
