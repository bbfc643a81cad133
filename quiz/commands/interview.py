"""A timed mock interview that follows up on what you say, and the debrief after it."""

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from quiz.commands import _context
from quiz.commands._deck import Level, deck
from quiz.errors import Failed, Misused
from quiz.study.roles import ROLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quiz.commands._desk import Desk
    from quiz.study.transcript import Transcript

DOES = ("list", "show", "compare")
Agreed = tuple[float, str, tuple[str, ...], int, bool]
"""Minutes, role, levels, seed, and whether to ask for confidence."""


def command(
    what: Annotated[
        str | None, typer.Argument(help="list, show or compare earlier ones.", autocompletion=lambda: list(DOES))
    ] = None,
    number: Annotated[int | None, typer.Argument(metavar="[N]", help="Which one to show; the last if none.")] = None,
    minutes: Annotated[float, typer.Option(help="How long.", min=3, max=240)] = 30,
    level: Level = None,
    role: Annotated[
        str,
        typer.Option(help=f"{', '.join(ROLES)}.", metavar="ROLE", autocompletion=lambda: list(ROLES)),
    ] = ROLES[0],
    seed: Annotated[int | None, typer.Option(help="Fixes what chance decides.", min=0, max=2**53)] = None,
    confidence: Annotated[bool, typer.Option("--confidence", help="Say how sure you are with each answer.")] = False,
    another: Annotated[
        bool, typer.Option("--new", help="Begin another one; an unfinished one is left as it is.")
    ] = False,
    save: Annotated[str | None, typer.Option(metavar="FILE", help="Keep a report: .md or .html.")] = None,
) -> None:
    """A mock interview: easy to hard, following up, the clock on screen, nothing told before the debrief.

    A killed one goes on where it was. `list`, `show N` and `compare` look at earlier ones; `show N --save report.html`
    keeps a report.
    """
    from quiz.commands import _reports

    if role not in ROLES:
        raise Misused(f"There is no role {role!r}. Known: {', '.join(ROLES)}.")
    if what is not None and what not in DOES:
        raise Misused(f"There is no `quiz interview {what}`: it is list, show or compare, or nothing to hold one.")
    if number is not None and what != "show":
        raise Misused(f"`quiz interview {what or ''}` takes no number: `quiz interview show {number}` shows that one.")
    if save and what in ("list", "compare"):
        raise Misused("--save keeps one interview: `quiz interview show N --save report.html`.")
    _reports.check_ending(save)
    chosen = deck(None, None, level, None, None)
    if what == "list":
        return _reports.print_list()
    if what == "compare":
        return _reports.print_comparison()
    if what == "show":
        return _reports.print_one(number, save)
    if _context.options().json:
        raise Misused("An interview is a conversation and has no --json: `quiz round --json` asks programs.")
    from quiz.commands._desk import open_desk

    desk = open_desk()
    drawn = int.from_bytes(os.urandom(4), "big") if seed is None else seed
    session = _hold(desk, (minutes, role, chosen.levels, drawn, confidence), another)
    if session and save:
        _reports.save(desk, session, save)
    return None


def _hold(desk: "Desk", agreed: Agreed, another: bool) -> str | None:
    """Hold an interview, or go on with the last one, and its debrief; the session, None where it is not over."""
    from quiz.commands._interview import begun, close
    from quiz.store.reviews import events_in
    from quiz.study.transcript import SETTING, transcripts

    earlier = transcripts(events_in(desk.store, SETTING))
    last = earlier[-1] if earlier else None
    if another and last is not None and last.ended is None:
        close(desk, last.session)
    if last is None or another or (last.ended is not None and (last.debriefed or not last.unrated)):
        last, fresh = begun(desk, *agreed), True
    else:
        fresh = False
        what = "debrief of the last interview" if last.ended else "last interview"
        print(f"The {what} goes on; --new begins another interview.", file=sys.stderr)
    if last.ended is None and not _talk(desk, last, earlier, fresh):
        return None
    _debrief(desk, last.session)
    return last.session


def _talk(desk: "Desk", transcript: "Transcript", earlier: "Sequence[Transcript]", fresh: bool) -> bool:
    """The interview itself; False when it was left, to be gone on with later."""
    from quiz.commands._interview import Interview
    from quiz.commands._lines import width
    from quiz.commands._pool import pool
    from quiz.study.deck import Deck
    from quiz.study.transcript import asked_before
    from quiz.terminal.interview import clock
    from quiz.terminal.text import wrap

    items, chains = pool(desk, Deck(levels=transcript.levels), asked_before(earlier))
    interview = Interview(desk, transcript, items, chains, fresh)
    resumed = not fresh and interview.resume()
    if fresh and interview.done():
        raise Failed("The bank has no question that fits: give it more --minutes, or another --level.")
    if resumed or not interview.done():
        if _context.on_screen():
            from quiz.commands import _interview_tty

            how = _interview_tty.run(interview, resumed)
        else:
            from quiz.commands import _interview_lines

            how = _interview_lines.run(interview, resumed)
        if how == "left":
            if interview.started:
                left = clock(interview.times().left)
                print("\n".join(wrap(f"The interview waits, {left} left: `quiz interview` goes on with it.", width())))
            return False
        interview.end(early=how == "ended")
    else:
        interview.end(early=False)
    return True


def _debrief(desk: "Desk", session: str) -> None:
    from quiz.commands._debrief import Debrief

    if _context.on_screen():
        from quiz.commands import _tty

        _tty.run(Debrief(desk, session))
    else:
        from quiz.commands import _lines

        _lines.run(Debrief(desk, session))
