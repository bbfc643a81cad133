"""Make a large learner: a bank of many questions and a log of many reviews, for the benchmarks.

    python -m benchmarks.generate HOME --questions 100000 --reviews 1000000 --state due --today 2026-11-23

Then, with QUIZ_HOME=HOME QUIZ_BANK=HOME/questions.yaml QUIZ_NOW=2026-11-23T09:00, the commands see one of three states:
`due` (all cards seen, all due), `done` (all seen, none due) or `new` (none seen; the log is about another bank).
"""

import argparse
import os
import random
from collections.abc import Iterator
from datetime import date

from quiz.bank.question import LEVELS, TOPICS
from quiz.store.ids import uuid7
from quiz.store.merge import merge
from quiz.store.open import Store, open_store
from quiz.study.card import Card, reviewed
from quiz.study.day import DAY_MS
from quiz.study.event import Event
from quiz.study.settings import Settings

STATES = ("due", "done", "new")
FILLER = "Two hundred characters of text make a question about as long as those that people write down. " * 2
RECALL = """\
  - id: {id}
    area: {area}
    topic: {topic}
    concept: concept-{concept}
    level: {level}
    kind: {kind}
    question: |
      Question {number}: what follows from $x_{{{number}}} = \\frac{{1}}{{\\sqrt{{d_k}}}}$?
      {filler}
    answer: |
      Answer {number}. {filler}
    key_points:
      - the first point of question {number}
      - the second point, which is a little longer than the first
      - the third point
    pitfalls:
      - what people get wrong about question {number}
    sources:
      - Vaswani et al. 2017, §3.2.1
    verified_by: cited
"""
CHOICE = (
    RECALL
    + """\
    options:
      - text: the right one of question {number}
        right: true
      - text: the wrong one of question {number}
        why: it is the other way round
"""
)


def bank(count: int) -> Iterator[str]:
    """The YAML of `count` questions: a recall question and a choice share a concept, topics and levels take turns."""
    topics = [(area, topic) for area, topics in TOPICS.items() for topic in topics]
    yield "schema: 1\nquestions:\n"
    for number in range(count):
        area, topic = topics[number // 2 % len(topics)]
        kind, template = ("choice", CHOICE) if number % 2 else ("recall", RECALL)
        yield template.format(
            id=card(number),
            area=area,
            topic=topic,
            concept=number // 2,
            level=LEVELS[number // 2 % 3],
            kind=kind,
            number=number,
            filler=FILLER,
        )


def card(number: int) -> str:
    """The id of a generated question."""
    return f"question-{number:06}"


def log(cards: int, reviews: int, state: str, today: int, chance: random.Random) -> list[Event]:
    """`reviews` events over `cards` cards, each reviewed about when it fell due; today finds them in `state`."""
    events: list[Event] = []
    for number in range(cards):
        id = card(number) if state != "new" else f"forgotten-{number:06}"
        share = reviews // cards + (number < reviews % cards)
        events += _history(id, share, state, today, chance)
    events.sort(key=lambda event: event.at)
    return events


def _history(id: str, count: int, state: str, today: int, chance: random.Random) -> Iterator[Event]:
    settings, learnt, answers = Settings(), Card(id), []
    day = 0
    for nth in range(count):
        rating = 4 if nth == count - 1 else chance.choices((1, 2, 3, 4), (3, 2, 12, 3))[0]
        learnt = reviewed(learnt, rating, 0, day, settings)
        assert learnt.due is not None
        answers.append((day, rating))
        day = max(learnt.due, day + 1) + chance.randrange(3)
    if answers and learnt.due is not None:
        last = answers[-1][0]
        ahead = chance.randint(1, max(1, learnt.due - last - 1)) if state == "done" else -chance.randrange(60)
        shift = today + ahead - learnt.due
        for day, rating in answers:
            at = (day + shift) * DAY_MS + chance.randrange(6 * 3_600_000, 20 * 3_600_000)
            seconds = round(chance.uniform(3, 40), 1)
            evidence = {"version": "5f0c9d2e", "ticked": [0, 2], "points": 3, "proposed": rating, "think": seconds / 2}
            yield Event(
                "review", at, 0, day + shift, f"day-{day + shift}", id, rating, seconds, "review", data=evidence
            )


def fill(store: Store, events: list[Event], chance: random.Random) -> None:
    """Put the events into a store as if they had been recorded there."""
    merge(store, (event._replace(id=uuid7(event.at, chance.randbytes(10))) for event in events))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home")
    parser.add_argument("--questions", type=int, default=100_000)
    parser.add_argument("--reviews", type=int, default=1_000_000)
    parser.add_argument("--state", choices=STATES, default="due")
    parser.add_argument("--today", type=date.fromisoformat, default=date(2026, 11, 23))
    wanted = parser.parse_args()
    os.makedirs(wanted.home, exist_ok=True)
    with open(os.path.join(wanted.home, "questions.yaml"), "w", encoding="utf-8") as file:
        file.writelines(bank(wanted.questions))
    chance = random.Random(2026)
    store = open_store(os.path.join(wanted.home, "learner.db"), lambda at: uuid7(at, chance.randbytes(10)))
    today = (wanted.today - date(1970, 1, 1)).days
    fill(store, log(wanted.questions, wanted.reviews, wanted.state, today, chance), chance)
    store.close()


if __name__ == "__main__":
    main()
