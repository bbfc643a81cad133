"""Progress at a glance: counts, retention against what was foretold, the load, recall by topic, what is hard."""

from collections.abc import Iterator, Sequence
from math import nan

from rich.console import RenderableType
from rich.text import Text

from quiz.study.day import iso, weekday
from quiz.study.stats import Cell, Hard, Stats
from quiz.terminal.chart import bars, line_chart, spark
from quiz.terminal.heatmap import heatmap
from quiz.terminal.text import wrap

SOON = 7
"""Days of the load that have a bar of their own."""
LEECHES = 8
"""Of them are shown."""
LEVELS = ("basic", "intermediate", "advanced")


def view(stats: Stats, today: int, width: int) -> Iterator[RenderableType]:
    """All of it, in pieces of at most `width` columns."""
    yield from _counts(stats, width)
    if not stats.reviews:
        yield from _words("Nothing is answered yet: `quiz` starts the first session.", width)
        return
    yield from _retention(stats, width)
    yield from _load(stats.load, today, width)
    yield from _topics(stats.cells, width)
    yield from _hard(stats, width)


def _counts(stats: Stats, width: int) -> Iterator[Text]:
    total = stats.new + stats.learning + stats.learnt
    yield Text("Progress", "title")
    yield from _words(
        f"{stats.learnt} of {total} learnt, {stats.learning} learning, {stats.new} new"
        + (f", {stats.suspended} suspended" if stats.suspended else ""),
        width,
    )
    yield Text(_meter((stats.learnt, stats.learning, stats.new), min(width, 60)))
    if stats.reviews:
        streak = f"{stats.streak} day{'s' * (stats.streak != 1)} in a row (longest {stats.longest_streak})"
        time = f"{stats.hours:.1f} hours in all, {stats.minutes_a_day:.0f} minutes a day of study"
        yield from _words(f"{stats.reviews:,} answers on {stats.days_studied} days; {streak}; {time}.", width)


def _meter(parts: Sequence[int], room: int) -> str:
    """The parts as shares of a bar, in marks that need no colour."""
    total = sum(parts) or 1
    ends = [round(room * sum(parts[: nth + 1]) / total) for nth in range(len(parts))]
    sizes = [end - start for start, end in zip([0, *ends], ends, strict=False)]
    return "".join(mark * size for mark, size in zip("█▒·", sizes, strict=True))


def _retention(stats: Stats, width: int) -> Iterator[RenderableType]:
    """True retention by week, and how far the chances that were foretold came true."""
    known = [week for week in stats.weeks if week.reviews]
    yield Text()
    yield Text("Retention", "title")
    if not known:
        yield from _words("No card was asked again on a later day yet.", width)
        return
    if stats.retention is not None:
        yield from _words(f"{100 * stats.retention:.0f} % recalled in the last 30 days.", width)
    for week in known[-6:]:
        shares = _shares(week.recalled, week.foretold, week.reviews)
        yield Text(f"  from {str(iso(week.first_day))[5:]}  {shares}"[:width])
    if len(known) > 2:
        xs = [-float(len(stats.weeks) - 1 - nth) for nth, week in enumerate(stats.weeks) if week.reviews]
        yield line_chart(
            {
                "recalled": (xs, [100 * week.recalled / week.reviews for week in known]),
                "foretold": (xs, [100 * week.foretold / week.reviews for week in known]),
            },
            width=min(width, 72),
            height=8,
            title="% by week",
            x_label="weeks from now",
        )
    if sum(band.reviews for band in stats.bands) >= 20:
        yield Text()
        yield from _words("When a chance was foretold, how often it came true", width, "quiet")
        for band in stats.bands:
            yield Text(f"  {_shares(band.recalled, band.foretold, band.reviews)}"[:width])


def _shares(recalled: int, foretold: float, of: int) -> str:
    return f"{100 * foretold / of:3.0f} % foretold, {100 * recalled / of:3.0f} % recalled  ({of})"


def _load(load: Sequence[int], today: int, width: int) -> Iterator[RenderableType]:
    yield Text()
    yield Text(f"Due in the next {len(load)} days", "title")
    items = [(f"{weekday(today + ahead)}", float(count)) for ahead, count in enumerate(load[:SOON], 1)]
    yield bars(items, width=min(width, 60))
    yield Text(f"{spark(load)}  {sum(load)} in all, at most {max(load, default=0)} a day"[:width], "quiet")


def _topics(cells: Sequence[Cell], width: int) -> Iterator[RenderableType]:
    """The mean chance of recall by topic and level, of what was answered."""
    topics = [t for t in dict.fromkeys(cell.topic for cell in cells) if any(c.seen for c in cells if c.topic == t)]
    by = {(cell.topic, cell.level): cell for cell in cells}
    seen = {topic: sum(cell.seen for cell in cells if cell.topic == topic) for topic in topics}
    of = {topic: sum(cell.cards for cell in cells if cell.topic == topic) for topic in topics}

    def percent(topic: str, level: str) -> float:
        cell = by.get((topic, level))
        return nan if cell is None or cell.recall is None else round(100 * cell.recall)

    yield Text()
    yield heatmap(
        [[percent(topic, level) for level in LEVELS] for topic in topics],
        width=min(width, 72),
        row_labels=[f"{topic} {seen[topic]}/{of[topic]}" for topic in topics],
        column_labels=[level[:5] for level in LEVELS],
        title="Chance of recall today, % (seen / cards)",
        missing="-",
    )


def _hard(stats: Stats, width: int) -> Iterator[Text]:
    if stats.hardest:
        yield Text()
        yield Text("Hardest", "title")
        for one in stats.hardest:
            yield from _card(one, width)
    if stats.leeches:
        yield Text()
        yield Text("Leeches", "title")
        for one in stats.leeches[:LEECHES]:
            yield from _words(f"{one.card}: forgotten {one.lapses} times", width, indent="  ")
        if (more := len(stats.leeches) - LEECHES) > 0:
            yield Text(f"  and {more} more: quiz stats --json lists them"[:width], "quiet")
        yield from _words(
            "More repetition alone seldom helps. Read one whole and say it in your own words (quiz bank show ID), see "
            "it measured (p in a session), rewrite its key points (quiz bank edit ID), or set it aside (@).",
            width,
            "quiet",
        )


def _card(one: Hard, width: int) -> Iterator[Text]:
    said = f"missed {one.missed} of {one.reviews}, {100 * one.recall:.0f} % now"
    together = f"  {one.card:<28} {said}"
    yield from [Text(together)] if len(together) <= width else _words(f"{one.card}: {said}", width, indent="  ")


def _words(text: str, width: int, style: str = "", indent: str = "") -> Iterator[Text]:
    for row in wrap(text, max(10, width - len(indent))):
        yield Text(indent + row, style)
