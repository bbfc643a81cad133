"""How well the learner's confidence fits, over the whole log: for the debrief of an interview and for `quiz stats`."""

from quiz.commands._desk import Desk
from quiz.store.reviews import confident_reviews
from quiz.study.confidence import Calibration, calibration, said

GONE = "(no longer in the bank)"


def calibrated(desk: Desk) -> Calibration:
    """The report over all reviews that say how sure the learner was, by the topics of today's bank."""
    topics = {row.id: row.topic for row in desk.index.rows()}
    current = desk.agenda.current_ids()
    reviews = ((current.get(review.card or "", review.card or ""), review) for review in confident_reviews(desk.store))
    answers = (said(review, topics.get(card, GONE)) for card, review in reviews)
    return calibration(answer for answer in answers if answer is not None)
