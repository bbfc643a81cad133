"""The real log of tests/data as arrays: 12,580 reviews of one learner, study days that begin at 04:00 UTC."""

import csv
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

CSV = Path(__file__).parent.parent / "data" / "reviews-real-12580.csv"


class Log(NamedTuple):
    """One entry per review, in the order they were made; of a card's first review both gaps are 0."""

    card: NDArray[np.int64]  # 0..n-1
    rating: NDArray[np.int8]
    gap: NDArray[np.int64]  # study days since the card's last review
    hours: NDArray[np.float64]  # the same in hours
    day: NDArray[np.int64]  # the study day of the review


@cache
def real_log() -> Log:
    index: dict[str, int] = {}
    last: dict[int, datetime] = {}
    rows = []
    with CSV.open(newline="") as lines:
        for line in csv.DictReader(lines):
            card = index.setdefault(line["card_id"], len(index))
            at = datetime.fromisoformat(line["review_time"])
            before = last.get(card, at)
            gap = (study_day(at) - study_day(before)).days
            rows.append(
                (card, int(line["review_rating"]), gap, (at - before) / timedelta(hours=1), study_day(at).toordinal())
            )
            last[card] = at
    card_, rating, gap_, hours, day = zip(*rows, strict=True)
    return Log(np.array(card_), np.array(rating, np.int8), np.array(gap_), np.array(hours), np.array(day))


def study_day(at: datetime) -> datetime:
    return (at - timedelta(hours=4)).replace(hour=0, minute=0, second=0, microsecond=0)
