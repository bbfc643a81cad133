"""An interview as a report for a mentor: Markdown, or one HTML file that reads on a phone and needs no network."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import TypeVar

from quiz.bank.question import Question
from quiz.study.confidence import Calibration
from quiz.study.day import iso
from quiz.study.debrief import RUBRIC, Debrief, Group, in_words, points
from quiz.study.transcript import Answer, Transcript
from quiz.terminal.confidence import IN_WORDS
from quiz.terminal.debrief import pace, said, scored
from quiz.terminal.html import html, spanned
from quiz.terminal.interview import clock
from quiz.terminal.numbers import percent
from quiz.terminal.text import clean

T = TypeVar("T")

STYLE = """
:root { color-scheme: light dark; --line: #d5d8de; --soft: #f3f4f7; --ink: #1c1f26; --quiet: #5b6270; --bar: #2f6fbd;
  --good: #1d7a35; --gap: #a05a00; --bad: #b3261e; --page: #fff }
@media (prefers-color-scheme: dark) { :root { --line: #3a3f4a; --soft: #22262e; --ink: #e6e8ec; --quiet: #a2a9b6;
  --bar: #6ea8ec; --good: #6fce86; --gap: #e9ac5a; --bad: #f2857d; --page: #16181d } }
body { font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--page); max-width: 44rem;
  margin: 0 auto; padding: 1rem; overflow-wrap: break-word }
h1 { font-size: 1.5rem; margin: .5rem 0 } h2 { font-size: 1.2rem; margin: 2rem 0 .5rem }
h3 { font-size: 1.05rem; margin: 0 } h4 { margin: .8rem 0 .2rem } small, .quiet { color: var(--quiet) }
p { margin: .5rem 0 } ul, ol { margin: .3rem 0; padding-left: 1.4rem } table { border-collapse: collapse }
th, td { text-align: left; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
pre { overflow-x: auto; background: var(--soft); padding: .6rem; border-radius: .4rem; line-height: 1.25 }
code { font-family: ui-monospace, monospace; font-size: .9em } blockquote { margin: .4rem 0; padding: .1rem .8rem;
  border-left: 3px solid var(--bar); background: var(--soft) } .wide { overflow-x: auto }
article { border: 1px solid var(--line); border-radius: .6rem; padding: .9rem; margin: .9rem 0 }
.verdict { font-size: 1.15rem; font-weight: 600 }
.track { background: var(--soft); border-radius: .3rem; height: .7rem }
.track div { background: var(--bar); border-radius: .3rem; height: .7rem } .row { margin: .5rem 0 }
.row span { float: right; color: var(--quiet) } .said { white-space: pre-wrap } .solid { color: var(--good) }
.gaps { color: var(--gap) } .weak { color: var(--bad) }
.points { list-style: none; padding-left: 1.3rem; text-indent: -1.3rem }
"""


def title(transcript: Transcript) -> str:
    """`Mock interview, 2026-11-24`."""
    return f"Mock interview, {iso(transcript.start.study_day)}"


def summary(transcript: Transcript) -> str:
    """`research, 10 minutes: 6 questions in 7:40`."""
    count = len(transcript.answers)
    return f"{transcript.role}, {transcript.minutes:g} minutes: {count} questions in {clock(transcript.elapsed)}"


def _verdict(told: Debrief) -> str:
    rule = RUBRIC[told.verdict]
    if not told.whole.of:
        return "No score yet."
    return f"{told.verdict.capitalize()}: {points(told.whole)} points. The rubric says of that: {rule}."


def _heading(answer: Answer) -> str:
    follows = {"deeper": ", going deeper", "sideways": ", a step aside"}.get(answer.move, "")
    return f"{answer.number}. {answer.card} ({answer.topic}, {answer.level}{follows})"


def _ticks(answer: Answer, question: Question) -> list[tuple[str, str]]:
    """(mark, point): said, not said; without a mark where nobody ticked."""
    if answer.ticked is None:
        return [("•", point) for point in question.key_points]
    return [("✓" if nth in answer.ticked else "✗", point) for nth, point in enumerate(question.key_points)]


def _calibration(sure: Calibration) -> str:
    whole = sure.whole
    if whole is None:
        return ""
    levels = ", ".join(f"said {level.name}: {level.right} of {level.times} right" for level in sure.levels)
    average = f"On average {percent(whole.said)} sure and {percent(whole.share)} right: {IN_WORDS[whole.fit]}."
    return f"{average} ({levels}.)"


def markdown(
    transcript: Transcript, told: Debrief, earlier: Sequence[Transcript], questions: Mapping[str, Question]
) -> str:
    """The report as Markdown. `questions`: those of the answers that the bank still has."""
    lines = [f"# {title(transcript)}", "", summary(transcript), "", f"**{_verdict(told)}**", ""]
    for head, groups in (("topic", told.topics), ("level", told.levels)):
        lines += [f"| {head} | points | |", "| --- | --- | --- |"]
        lines += [f"| {group.name} | {points(group)} | {in_words(group)} |" for group in groups]
        lines.append("")
    if sure := _calibration(told.confidence):
        lines += [sure, ""]
    lines += ["## Work on first", ""]
    for nth, todo in enumerate(told.todo, 1):
        commands = ", ".join(f"`{command}`" for command in todo.commands)
        lines.append(f"{nth}. {todo.what}: {todo.why}. {commands}")
    lines += ["", "## Questions", ""]
    for answer in transcript.answers:
        lines += [f"### {_heading(answer)}", "", answer.question.strip(), ""]
        lines += [f"**Said.** {scored(answer)}. {pace(answer, earlier)}", "", _quoted(said(answer)), ""]
        for note in answer.notes:
            lines += ["**Note.**", "", _quoted(note), ""]
        if question := questions.get(answer.card):
            lines += ["**Model answer.**", "", question.reveal(answer.seed).strip(), ""]
            lines += [*(f"- {mark} {point}" for mark, point in _ticks(answer, question)), ""]
            if question.pitfalls:
                lines += ["**Easily got wrong.**", "", *(f"- {pitfall}" for pitfall in question.pitfalls), ""]
    return clean("\n".join(lines)).rstrip() + "\n"


def _quoted(text: str) -> str:
    """The learner's words, which are no Markdown: what could be taken for it is escaped."""
    special = "".join("\\" + char if char in "\\`*_[]<>#$|!" else char for char in text)
    return "\n".join("> " + line for line in special.split("\n"))


def page(
    transcript: Transcript, told: Debrief, earlier: Sequence[Transcript], questions: Mapping[str, Question]
) -> str:
    """The report as one HTML file."""
    name = escape(title(transcript))
    body = [
        f"<h1>{name}</h1>",
        f'<p class="quiet">{_text(summary(transcript))}</p>',
        f'<p class="verdict">{_text(_verdict(told))}</p>',
        _rubric(told),
        "<h2>By topic</h2>" + "".join(map(_bar, told.topics)),
        "<h2>By level</h2>" + "".join(map(_bar, told.levels)),
    ]
    if sure := _calibration(told.confidence):
        body.append(f"<h2>How sure, and how right</h2><p>{_text(sure)}</p>")
    body.append("<h2>Work on first</h2>" + _todo(told))
    body.append("<h2>Questions</h2>")
    body += [_article(answer, earlier, questions.get(answer.card)) for answer in transcript.answers]
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{name}</title>\n'
        f"<style>{STYLE}</style>\n</head>\n<body>\n" + "\n".join(body) + "\n</body>\n</html>\n"
    )


def _rubric(told: Debrief) -> str:
    rows = (
        f"<li>{'<strong>' if name == told.verdict else ''}{escape(name)}: {escape(words)}"
        f"{'</strong>' if name == told.verdict else ''}</li>"
        for name, words in RUBRIC.items()
    )
    return f'<details><summary class="quiet">The rubric</summary><ul>{"".join(rows)}</ul></details>'


def _bar(group: Group) -> str:
    word = in_words(group)
    figures = f'{points(group)} <b class="{word}">{word}</b>'
    track = f'<div class="track"><div style="width:{100 * group.share:.0f}%"></div></div>'
    return f'<div class="row"><span>{figures}</span>{_text(group.name)}{track}</div>'


def _todo(told: Debrief) -> str:
    items = []
    for todo in told.todo:
        commands = "<br>".join(f"<code>{_text(command)}</code>" for command in todo.commands)
        items.append(f"<li>{_text(todo.what)}: {_text(todo.why)}<br>{commands}</li>")
    return f"<ol>{''.join(items)}</ol>"


def _article(answer: Answer, earlier: Sequence[Transcript], question: Question | None) -> str:
    parts = [f"<h3>{_text(_heading(answer))}</h3>", html(answer.question)]
    parts.append(f'<h4>Said</h4><blockquote class="said">{_text(said(answer))}</blockquote>')
    parts += [f'<h4>Note</h4><blockquote class="said">{_text(note)}</blockquote>' for note in answer.notes]
    parts.append(f'<p class="quiet">{_text(scored(answer))}. {_text(pace(answer, earlier))}</p>')
    if question:
        parts.append(f"<h4>Model answer</h4>{html(question.reveal(answer.seed))}")
        points_ = _list(_ticks(answer, question), lambda pair: f"{pair[0]} {spanned(clean(pair[1]))}", "points")
        parts.append(f"<h4>Key points</h4>{points_}" if question.key_points else "")
        pitfalls = _list(question.pitfalls, lambda pitfall: spanned(clean(pitfall)), "")
        parts.append(f"<h4>Easily got wrong</h4>{pitfalls}" if question.pitfalls else "")
    return f"<article>{''.join(parts)}</article>"


def _list(items: Sequence[T], shown: Callable[[T], str], name: str) -> str:
    return f'<ul class="{name}">{"".join(f"<li>{shown(item)}</li>" for item in items)}</ul>'


def _text(text: str) -> str:
    return escape(clean(text))
