"""What is shown of interviews that are over: beside each answer, at the end of a debrief, in the list, side by side."""

from collections.abc import Iterable, Sequence

from rich.text import Text

from quiz.study.confidence import Calibration
from quiz.study.day import iso
from quiz.study.debrief import RUBRIC, Debrief, Group, in_words, points
from quiz.study.transcript import Answer, Transcript, usual_seconds
from quiz.terminal.chart import spark
from quiz.terminal.confidence import report
from quiz.terminal.interview import clock
from quiz.terminal.numbers import percent
from quiz.terminal.text import clean, wrap


def said(answer: Answer) -> str:
    """What the learner gave, in a word or in their own."""
    if answer.response:
        return answer.response
    return "(skipped)" if answer.skipped else "(spoken; nothing was typed)"


def pace(answer: Answer, earlier: Sequence[Transcript]) -> str:
    """`Took 1:32 of 2:30; your median for recall questions is 1:50.`"""
    words = f"Took {clock(answer.seconds)} of {clock(answer.allotted)}"
    usual = usual_seconds(earlier, answer.kind, answer.level)
    return words + (f"; your median for such {answer.kind} questions is {clock(usual)}." if usual else ".")


def aside(answer: Answer, earlier: Sequence[Transcript], width: int) -> list[Text]:
    """What an interview adds to an answer in its debrief."""
    lines = [Text(row, "quiet") for row in wrap(pace(answer, earlier), width)]
    if answer.right is not None or not answer.response:
        lines += _paragraph(f"You said: {said(answer)}", width)
    for note in answer.notes:
        lines += _paragraph(f"Your note: {note}", width)
    return [*lines, Text()]


def closing(transcript: Transcript, told: Debrief, width: int, sofar: Calibration | None = None) -> list[Text]:
    """What an interview came to: the verdict with its rubric, scores, times, confidence, what to work on first.

    `sofar`: how well confidence fits over the whole log, where that is more than this interview.
    """
    if not transcript.answers:
        return [Text("No question was answered; nothing has changed.")]
    lines = [*_head(transcript, told, width), *_rubric(told, width)]
    lines += [Text(), Text("By topic", "title"), *_groups(told.topics)]
    lines += [Text(), Text("By level", "title"), *_groups(told.levels)]
    lines += [Text(), Text("Time", "title"), *_paces(told)]
    if told.confidence.whole is not None:
        lines += [Text(), *report(told.confidence, width)]
    if sofar is not None and sofar.whole is not None:
        lines += [Text(), *_paragraph("The same over all your answers so far:", width), Text(), *report(sofar, width)]
    if told.unrated:
        words = f"{told.unrated} of {len(transcript.answers)} answers are not rated yet and count nowhere: "
        lines += [Text(), *_paragraph(f"{words}`quiz interview` goes on with the debrief.", width, "note")]
    lines += _todo(told, width)
    return [*lines, Text(), Text("Keep it: quiz interview show --save report.html", "quiet")]


def _head(transcript: Transcript, told: Debrief, width: int) -> list[Text]:
    words = f"{iso(transcript.start.study_day)} · {clean(transcript.role)} · {transcript.minutes:g} minutes · "
    words += f"{len(transcript.answers)} questions in {clock(transcript.elapsed)}"
    lines = _paragraph(words, width, "title")
    if told.whole.of:
        verdict = told.verdict.capitalize()
        lines += _paragraph(f"{verdict}: {points(told.whole)} points ({percent(told.whole.share)}).", width, "title")
    return lines


def _rubric(told: Debrief, width: int) -> list[Text]:
    """The rubric, with what holds marked."""
    lines: list[Text] = [Text()]
    for name, words in RUBRIC.items():
        mark = "> " if name == told.verdict else "  "
        rows = wrap(f"{name}: {words}", width - 2)
        style = "" if name == told.verdict else "quiet"
        lines += [Text((mark if nth == 0 else "  ") + row, style) for nth, row in enumerate(rows)]
    return lines


def _groups(groups: Sequence[Group]) -> list[Text]:
    widest = max((len(group.name) for group in groups), default=0)
    styles = {"solid": "good", "gaps": "hard", "weak": "again", "one answer": "quiet"}
    return [
        Text.assemble(
            f"  {clean(group.name):<{widest}}  {points(group):<9} ", (in_words(group), styles[in_words(group)])
        )
        for group in groups
    ]


def _paces(told: Debrief) -> list[Text]:
    lines = []
    for pace in told.paces:
        answer = pace.answer
        beside = f"your median {clock(pace.usual)}" if pace.measured else f"of {clock(pace.usual)}"
        over = answer.seconds > pace.usual
        words = ("slower" if over else "faster") if pace.measured else ("over time" if over else "in time")
        words = "skipped" if answer.skipped else words
        lines.append(Text.assemble(f"  {answer.number:>2}  {clock(answer.seconds):>5}  {beside}  ", (words, "quiet")))
    return lines


def _todo(told: Debrief, width: int) -> list[Text]:
    lines = [Text(), Text("Work on first", "title")]
    for nth, todo in enumerate(told.todo, 1):
        rows = wrap(f"{clean(todo.what)}: {clean(todo.why)}", width - 3)
        lines += [Text((f"{nth}. " if at == 0 else "   ") + row) for at, row in enumerate(rows)]
        lines += [Text(f"   {clean(command)}", "key") for command in todo.commands]
    return lines


def listed(found: Sequence[Transcript], width: int) -> list[Text]:
    """A line for each interview, oldest first."""
    lines = []
    for nth, transcript in enumerate(found, 1):
        score, of = transcript.whole
        state = "" if transcript.debriefed else "  unfinished" if transcript.ended is None else "  not all rated"
        whole = points(Group("", score, of)) + " points" if of else "no score"
        words = f"{nth:>3}  {iso(transcript.start.study_day)}  {clean(transcript.role):<12}  "
        if width < 60:
            words = f"{nth:>3}  {iso(transcript.start.study_day)}  "
        lines.append(Text.assemble(f"{words}{transcript.minutes:g} min  {whole}", (state, "note")))
    return lines


def shown(transcript: Transcript, earlier: Sequence[Transcript], width: int) -> list[Text]:
    """Each question as it was asked, what was said, and what that scored: out of the log alone."""
    lines: list[Text] = []
    for answer in transcript.answers:
        how = {"open": "", "deeper": ", deeper", "sideways": ", sideways"}.get(answer.move, "")
        lines += _paragraph(f"{answer.number}. {answer.card} ({answer.topic}, {answer.level}{how})", width, "title")
        lines += _paragraph(answer.question.strip(), width, indent=3)
        lines += _paragraph(f"You: {said(answer)}", width, indent=3)
        for note in answer.notes:
            lines += _paragraph(f"Note: {note}", width, indent=3)
        lines += _paragraph(f"{scored(answer)}. {pace(answer, earlier)}", width, "quiet", indent=3)
        lines.append(Text())
    for note in transcript.notes:
        lines += [*_paragraph(f"Note at the end: {note}", width), Text()]
    return lines


def scored(answer: Answer) -> str:
    """What an answer scored, in words."""
    if answer.skipped:
        return "Skipped"
    if answer.right is not None:
        return "Right" if answer.right else "Wrong"
    if answer.ticked is not None and answer.points:
        return f"{len(answer.ticked)} of {answer.points} points"
    names = {1: "again", 2: "hard", 3: "good", 4: "easy"}
    return f"Rated {names[answer.rating]}" if answer.rating in names else "Not rated yet"


def compared(found: Sequence[Transcript], width: int) -> list[Text]:
    """Earlier interviews side by side: the share of the points in each, and per topic from the first to the last."""
    scored = [(nth, one, *one.whole) for nth, one in enumerate(found, 1) if one.whole[1]]
    if not scored:
        return [Text("No interview has a score yet: `quiz interview` holds one.")]
    lines = [Text("Share of the points", "title")]
    room = max(8, min(50, width - 24))
    for nth, one, score, of in scored:
        filled = round(room * score / of)
        bar = "█" * filled + "·" * (room - filled)
        lines.append(Text(f"  {nth:>2} {iso(one.start.study_day)} {bar} {percent(score / of)}"))
    shares = _topics(one for _, one, _, _ in scored)
    if len(scored) > 1 and shares:
        lines += [Text(), Text("By topic, oldest to newest", "title")]
        widest = max(map(len, shares))
        for topic, values in sorted(shares.items()):
            marks = spark([0.0, *values, 1.0])[1:-1]
            lines.append(Text(f"  {clean(topic):<{widest}}  {marks}  {percent(values[0])} to {percent(values[-1])}"))
    return lines


def _topics(transcripts: Iterable[Transcript]) -> dict[str, list[float]]:
    """Topic -> its share in each interview that asked it, where there are two at least."""
    shares: dict[str, list[float]] = {}
    for transcript in transcripts:
        credits: dict[str, list[float]] = {}
        for answer in transcript.answers:
            if answer.credit is not None:
                credits.setdefault(answer.topic, []).append(answer.credit)
        for topic, its in credits.items():
            shares.setdefault(topic, []).append(sum(its) / len(its))
    return {topic: values for topic, values in shares.items() if len(values) > 1}


def _paragraph(text: str, width: int, style: str = "", indent: int = 0) -> list[Text]:
    room = max(10, width - indent)
    return [Text(" " * indent + row, style) for line in clean(text).split("\n") for row in wrap(line, room)]
