"""Run as a program: fits FSRS-6 weights with fsrs-rs, which holds the interpreter while it works.

stdin: {"cards": [[[rating, gap in study days], ...], ...]}, each card's reviews in order. stdout: {"weights": [21]}.
"""

import json
import sys


def main() -> None:
    """Read the reviews, fit, print the weights."""
    import fsrs_rs_python as rs

    items = []
    for reviews in json.load(sys.stdin)["cards"]:
        its = [rs.FSRSReview(rating, gap) for rating, gap in reviews]
        items += [rs.FSRSItem(its[: end + 1]) for end in range(1, len(its)) if reviews[end][1] > 0]
    print(json.dumps({"weights": list(rs.FSRS(list(rs.DEFAULT_PARAMETERS)).compute_parameters(items))}))


if __name__ == "__main__":
    main()
