"""The bank as rounds and interviews draw from it."""

import json
from collections.abc import Mapping

from quiz.commands._desk import Desk
from quiz.study.deck import Deck
from quiz.study.pool import Chains, Item
from quiz.study.recall import expected_recall


def pool(desk: Desk, deck: Deck, asked: Mapping[str, int] | None = None) -> tuple[list[Item], Chains]:
    """The questions of a deck that are not suspended, and what follows what in the whole bank.

    `asked`: how often earlier interviews asked each question.
    """
    follows = "SELECT question.id, json_extract(body, '$.follow_ups') FROM question JOIN entry ON number = entry"
    links = {id: tuple(json.loads(found)) for id, found in desk.index.all(follows) if found}
    day = desk.now().study_day
    learnt = desk.agenda.calibration(day)
    recall = {card.id: expected_recall(card, day, desk.settings, learnt) for card in desk.agenda.cards()}
    suspended = {id for id, state in desk.agenda.states() if state == "suspended"}
    rows = desk.index.rows(*deck)
    items = [
        Item(*row[:6], links.get(row.id, ()), recall.get(row.id), (asked or {}).get(row.id, 0))
        for row in rows
        if row.id not in suspended
    ]
    return items, Chains(links)
