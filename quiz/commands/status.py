"""Say what is due, new and learnt today."""

from quiz.commands import _context
from quiz.commands._desk import open_desk
from quiz.study.day import iso


def command() -> None:
    """Say what is due today, how much is new and learnt, and when the next card falls due."""
    desk = open_desk()
    day = desk.now().study_day
    counts = desk.agenda.counts(day)
    if _context.options().json:
        days = {"study_day": iso(day), "next_due": iso(counts.next_due)}
        _context.print_json({**days, **counts._asdict(), **days, "interview": None})
        return
    new = min(counts.new, max(0, desk.settings.new_per_day - counts.new_today))
    print(f"Today       {counts.due} due, {new} new to come; {counts.answered_today} answered")
    print(f"The bank    {counts.total} cards: {counts.learnt} learnt, {counts.learning} learning, {counts.new} new")
    if counts.suspended or counts.buried:
        print(f"Set aside   {counts.suspended} suspended, {counts.buried} buried until tomorrow")
    if counts.next_due is not None:
        print(f"Next        {iso(counts.next_due)}")
    print(
        "\nquiz starts today's session"
        if counts.due or new
        else "\nquiz review --ahead practises more without spoiling the schedule"
    )
