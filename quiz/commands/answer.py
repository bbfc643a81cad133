"""Record one answer from a script or an editor."""

from typing import Annotated

import typer

from quiz.bank.question import Question, Verdict
from quiz.commands import _context
from quiz.commands._complete import card_ids, ratings
from quiz.commands._desk import open_desk
from quiz.errors import Misused
from quiz.memory.values import Rating
from quiz.study.card import draw_seed
from quiz.study.day import iso
from quiz.study.session import Given, Session
from quiz.study.session import answer as answered


def command(
    card: Annotated[str, typer.Argument(help="The id of the card.", metavar="CARD", autocompletion=card_ids)],
    rating: Annotated[
        str | None,
        typer.Argument(
            help="again, hard, good, easy or 1..4; a judged kind needs none.",
            metavar="[RATING]",
            autocompletion=ratings,
        ),
    ] = None,
    response: Annotated[str | None, typer.Option(help="What was answered: a letter or text.", metavar="TEXT")] = None,
    seed: Annotated[int | None, typer.Option(help="The seed that `quiz next` gave.", min=0)] = None,
    seconds: Annotated[float | None, typer.Option(help="How long it took.", min=0.0, max=86_400.0)] = None,
) -> None:
    """Record one answer; durable when the command returns."""
    given = None if rating is None else _rating(rating)
    desk = open_desk()
    found, moment = desk.found(card), desk.now()
    before = desk.agenda.card(found.question.id)
    draw = draw_seed(before, bool(found.question.drawn_by)) if seed is None else seed
    verdict = Verdict() if response is None else found.question.judge(response, draw)
    if (given := given or verdict.rating) is None:
        raise Misused(_missing(found.question))
    prompt = found.question.prompt(draw)
    evidence = {
        "version": found.version,
        "seed": draw if prompt.options or prompt.params is not None else None,
        "params": prompt.params,
        "response": verdict.response,
        "right": verdict.right,
    }
    session = Session(id=None, setting="script", card=before, settings=desk.settings)
    _, after, review = answered(session, Given(given, seconds, evidence), moment)
    written = desk.record(review, before, after)
    after = desk.agenda.card(after.id)
    assert after.state is not None and after.due is not None
    if _context.options().json:
        _context.print_json(
            {
                "review": written.id,
                "card": after.id,
                "rating": int(given),
                "right": verdict.right,
                "stability": after.state.stability,
                "difficulty": after.state.difficulty,
                "due": iso(after.due),
                "interval_days": after.due - moment.study_day,
            }
        )
        return
    judged = "" if verdict.right is None else "Right. " if verdict.right else "Wrong. "
    when = "again today" if after.due == moment.study_day else f"again on {iso(after.due)}"
    print(f"{judged}{after.id}: {given.name.lower()}, {when}.   quiz undo takes it back")


def _rating(text: str) -> Rating:
    names = {rating.name.lower(): rating for rating in Rating} | {str(int(rating)): rating for rating in Rating}
    try:
        return names[text.lower()]
    except KeyError:
        raise Misused(f"{text!r} is no rating: use again, hard, good, easy or 1 to 4.") from None


def _missing(question: Question) -> str:
    if question.judged:
        return f"{question.id} is judged by its answer: add --response, or a rating from 1 to 4."
    return (
        f"{question.id} is a {question.kind} question, which nobody can judge but you: add again, hard, good or easy."
    )
