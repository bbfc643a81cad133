"""The plan on the screen: the day, today's share, what to expect, the load of the days, the weakest topics."""

from collections.abc import Iterator, Sequence

from rich.text import Text

from quiz.study.day import iso, weekday
from quiz.study.forecast import Forecast, Load, Prospect
from quiz.study.plan import Plan
from quiz.terminal.chart import bars
from quiz.terminal.text import wrap

NARROW = 60
"""Columns below which the figures have the line for themselves."""
ROWS = 14
"""Days the chart shows one by one; more are drawn as means of weeks or longer."""
SIMULATED = (
    "All this is simulated: copies of you answer as FSRS-6 expects of learners in general, some of them forgetting "
    "faster than it thinks, some slower. Nine in ten end in the range. It is no promise."
)


def lines(prospect: Prospect, width: int) -> list[Text]:
    """The whole page, in lines of at most `width` cells where words allow it."""
    page = [*_facts(prospect, width), Text(), *_expected(prospect, width)]
    if prospect.keep.load:
        page += [Text(), *_load(prospect.keep.load, width)]
    if prospect.weakest:
        page += [Text(), Text("Weakest topics, keeping to the plan", "title")]
        page += [Text(f"  {topic:<18}{_percent(share):>6}  of {count}") for topic, share, count in prospect.weakest]
    page += [Text(), *(Text(line, "quiet") for line in wrap(SIMULATED, width))]
    return page


def budget(plan: Plan) -> str:
    """What a day holds, in words."""
    if plan.per_day is not None:
        return f"{plan.per_day} card{'s' * (plan.per_day != 1)} a day"
    return f"{plan.minutes:g} minutes a day"


def days_left(days: int) -> str:
    """How far the interview is."""
    return "today" if days == 0 else "tomorrow" if days == 1 else f"in {days} days"


def day(number: int) -> str:
    """A day with its name."""
    return f"{weekday(number)} {iso(number)}"


def closing(days: int, expected: float, left: int, width: int) -> list[Text]:
    """What a sitting under a plan ends with."""
    todo = f"{left} of today's list left." if left else "Today's list is done."
    far = f"The interview is {days_left(days)}; if you stopped now you would know about {_percent(expected)} then."
    return [Text(), *(Text(line) for line in wrap(f"{todo} {far} `quiz plan` shows where it leads.", width))]


def _facts(prospect: Prospect, width: int) -> Iterator[Text]:
    plan, today = prospect.plan, prospect.today
    of = ", ".join(value for values in plan.deck for value in values)
    facts = [
        ("Interview", f"{day(plan.date)}, {days_left(plan.date - today)}"),
        ("Plan", f"{budget(plan)}; a failed card's repeats come on top"),
        ("Questions", f"{prospect.questions}, {prospect.unseen} never asked" + (f" ({of})" if of else "")),
        ("Today", f"{prospect.left} of {prospect.listed} left, {prospect.left_new} of them new"),
    ]
    if today < prospect.final_from:
        facts.append(("Last days", f"from {day(prospect.final_from)}: only what raises recall on the day"))
    else:
        facts.append(("Last days", "these are they: only what raises recall on the day"))
    for name, words in facts:
        for nth, line in enumerate(wrap(words, max(20, width - 12))):
            yield Text(f"{name if nth == 0 else '':<12}{line}")


def _expected(prospect: Prospect, width: int) -> Iterator[Text]:
    yield Text("Expected recall on the day", "title")
    yield from (
        Text(f"  {line}", "quiet") for line in wrap("over all these questions; an unseen one counts 0", width - 2)
    )
    yield _forecast("if you stop now", prospect.stop, width)
    yield _forecast("if you keep to the plan", prospect.keep, width)
    for other, forecast in prospect.others:
        yield _forecast(f"with {budget(other)}", forecast, width)
    if prospect.keep.unseen >= 1:
        yield Text()
        words = (
            f"The plan cannot be met: about {prospect.keep.unseen:.0f} of {prospect.questions} questions would never "
            f"be asked. Within reach is {_percent(prospect.keep.expected)}."
        )
        if prospect.needed is not None:
            words += f" To see every question once: about {budget(prospect.needed)}."
        words += " Or plan for fewer: --level basic, --topic attention."
        yield from (Text(line, "note") for line in wrap(words, width))


def _forecast(name: str, forecast: Forecast, width: int) -> Text:
    between = f"{100 * forecast.low:.0f} to {100 * forecast.high:.0f}"
    indent, words = ("", "") if width < NARROW else ("  ", "nine in ten: ")
    return Text(f"{indent}{name:<23}{_percent(forecast.expected):>6}  ").append(words + between, "quiet")


def _load(load: Sequence[Load], width: int) -> Iterator[Text]:
    each = 1 if len(load) <= ROWS else max(7, -(-len(load) // ROWS))
    items = []
    for start in range(0, len(load), each):
        some = load[start : start + each]
        cards, new = (sum(day[nth] for day in some) / len(some) for nth in (1, 2))
        label = f"{weekday(some[0].study_day)} {(iso(some[0].study_day) or '')[5:]}"
        items.append((label + (f" {new:3.0f} new" if round(new) else ""), cards))
    title = "Cards a day" if each == 1 else f"Cards a day, means of {each} days"
    yield from bars(items, width=width, title=title, fmt=lambda cards: f"{cards:.0f}").split()


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
