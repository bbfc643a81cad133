"""List the questions, in the order of learning."""

from quiz.commands import _context
from quiz.commands._deck import Area, Kind, Level, Tag, Topic, deck
from quiz.commands._desk import open_desk


def command(area: Area = None, topic: Topic = None, level: Level = None, kind: Kind = None, tag: Tag = None) -> None:
    """List the questions, in the order of learning, and say where your own bank files go."""
    chosen = deck(area, topic, level, kind, tag)
    desk = open_desk()
    states = dict(desk.agenda.states())
    rows = list(desk.index.rows(*chosen))
    if _context.options().json:
        for row in rows:
            _context.print_json({**row._asdict(), "state": states[row.id]})
        return
    wide = max((len(row.id) for row in rows), default=0)
    for row in rows:
        print(f"{row.id:{wide}}  {row.topic:16} {row.level:12} {row.kind:8} {states[row.id]}")
    count = len(rows)
    print(f"\n{count} question{'s' * (count != 1)}. `quiz bank show ID` reads one.")
    print(f"Your own bank files (*.yaml) go into {_context.places().own}")
