"""Simulated learners until an interview: the plan of `quiz/study/plan.py` beside other ways of studying.

    python -m benchmarks.interview_date [--learners 60] [--memory fsrs|forgetful|act-r] [--case 60,14,30]

Each learner remembers in a way that the scheduler does not know: FSRS-6 with every weight moved and every card
forgotten at a pace of its own (or that and all twice as fast), or ACT-R. All policies meet the same learners and may
give the same number of answers a day. The plan is the product's own `share`, which sees states by FSRS-6 with the
default weights. Printed: mean true recall on the interview day (and 30 days later) over all questions, those never seen
counting 0, in %, with the standard error over the learners, who are a quarter as many at 1,000 cards; and the figures
of the reference.
"""

import argparse
from collections.abc import Callable, Sequence
from math import ceil, exp, log
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from quiz.memory.fsrs import DEFAULT_WEIGHTS, step
from quiz.memory.values import MemoryState
from quiz.study.plan import FIRST_GRADES, RECALLED_GRADES, Planned, gains, share

Floats = NDArray[np.float64]
CASES = ((60, 14, 30), (200, 30, 60), (1000, 60, 100), (200, 3, 100))
REFERENCE = {  # reference/scheduling.md: the same five policies
    (60, 14, 30): (92.7, 96.3, 93.2, 95.0, 97.0),
    (200, 30, 60): (93.3, 97.3, 95.6, 94.6, 97.9),
    (1000, 60, 100): (87.5, 89.8, 89.1, 86.7, 94.0),
    (200, 3, 100): (27.5, 85.9, 79.6, 91.1, 91.1),
}
MISSED = {  # with a quarter of the days missed: two policies and the rule
    (60, 14, 30): (91.3, 94.2, None, None, 95.8),
    (200, 30, 60): (93.0, 95.8, None, None, 96.7),
    (1000, 60, 100): (68.8, 80.6, None, None, 90.6),
    (200, 3, 100): (19.9, 65.8, None, None, 78.5),
}
NEW_A_DAY = 20  # Anki's default
SPREAD = 0.2  # standard deviation of the logarithm of each true weight
PACE = 1.0  # the same of how much faster than that a single card is forgotten; cramming then fares as in the reference
LATER = 30  # days after the interview
CURVE = 0.9 ** (-1 / DEFAULT_WEIGHTS[20]) - 1


class Card(NamedTuple):
    """What a scheduler has seen of a card."""

    state: MemoryState | None = None
    last: int = 0
    due: int = 0
    ease: float = 2.5
    run: int = 0
    """Recalled so many times in a row, for SM-2."""
    gap: int = 0
    """SM-2's last interval in days."""
    passed: bool = False
    """Asked in the final pass."""


class Memory(Protocol):
    """How a learner really remembers: the scheduler never looks inside."""

    def recall(self, card: int, day: int) -> float:
        """The chance of recall of a card that was seen before."""

    def answer(self, card: int, grade: int, day: int) -> None:
        """Take in an answer."""


class Fsrs:
    """FSRS-6 with weights of its own, and cards that each are forgotten faster or slower than those say."""

    def __init__(self, cards: int, chance: np.random.Generator) -> None:
        moved = np.array(DEFAULT_WEIGHTS) * np.exp(chance.normal(0, SPREAD, 21))
        moved[:4].sort()
        self.weights = tuple(moved.tolist())
        self.curve = 0.9 ** (-1 / self.weights[20]) - 1
        self.pace = np.exp(chance.normal(0, PACE, cards)).tolist()
        self.states: list[MemoryState | None] = [None] * cards
        self.last = [0] * cards

    def recall(self, card: int, day: int) -> float:
        state = self.states[card]
        assert state is not None
        gap = self.pace[card] * (day - self.last[card])
        return float((1 + self.curve * gap / state.stability) ** -self.weights[20])

    def answer(self, card: int, grade: int, day: int) -> None:
        gap = self.pace[card] * (day - self.last[card])
        self.states[card] = step(self.states[card], grade, gap, self.weights)
        self.last[card] = day


class Forgetful(Fsrs):
    """The same, everything forgotten twice as fast: Anki's defaults then fare as in the reference."""

    def __init__(self, cards: int, chance: np.random.Generator) -> None:
        super().__init__(cards, chance)
        self.pace = [2 * pace for pace in self.pace]


class ActR:
    """Pavlik and Anderson (2005): each presentation decays the faster the more active the item was at it.

    m = ln sum t_i^-d_i with d_i = c exp(m_i) + a; recall = 1 / (1 + exp((tau - m) / s)). Time between sessions counts
    for 0.025 of itself, in seconds. c, a, s are theirs; tau is lower than theirs (-0.704), which is for pairs of words:
    here what was seen once is recalled after a day with 0.9, as by FSRS. a and tau differ between learners.
    """

    DAY = 86_400 * 0.025

    def __init__(self, cards: int, chance: np.random.Generator) -> None:
        self.c, self.a = 0.217, 0.177 * float(np.exp(chance.normal(0, 0.1)))
        self.tau, self.s = -1.92 + float(chance.normal(0, 0.1)), 0.255
        self.seen: list[list[tuple[int, float]]] = [[] for _ in range(cards)]

    def _active(self, card: int, day: int) -> float:
        return log(sum((self.DAY * (day - at)) ** -decay for at, decay in self.seen[card]))

    def recall(self, card: int, day: int) -> float:
        return 1 / (1 + exp((self.tau - self._active(card, day)) / self.s))

    def answer(self, card: int, grade: int, day: int) -> None:
        decay = self.c * exp(self._active(card, day)) + self.a if self.seen[card] else self.a
        self.seen[card].append((day, decay))


MEMORIES: dict[str, Callable[[int, np.random.Generator], Memory]] = {
    "fsrs": Fsrs,
    "forgetful": Forgetful,
    "act-r": ActR,
}

Policy = Callable[[Sequence[Card], int, int, int], Sequence[int]]
"""Cards, today, the interview day and the answers a day; gives the cards to ask today."""


def interval(state: MemoryState, retention: float) -> int:
    return max(1, round(state.stability / CURVE * (retention ** (-1 / DEFAULT_WEIGHTS[20]) - 1)))


def due_then_new(cards: Sequence[Card], day: int, new: int) -> list[int]:
    due = sorted((n for n, c in enumerate(cards) if c.state and c.due <= day), key=lambda n: cards[n].due)
    return due + [n for n, c in enumerate(cards) if c.state is None][:new]


def anki(cards: Sequence[Card], day: int, interview: int, budget: int) -> Sequence[int]:
    """Due at 0.9 first, then 20 new ones a day."""
    return due_then_new(cards, day, NEW_A_DAY)[:budget]


def final_pass(cards: Sequence[Card], day: int, interview: int, budget: int) -> Sequence[int]:
    """The same, and in the last days each card once more, as RemNote does."""
    if day < interview - ceil(len(cards) / budget):
        return anki(cards, day, interview, budget)
    return [n for n, card in enumerate(cards) if not card.passed][:budget]


def sm2(cards: Sequence[Card], day: int, interview: int, budget: int) -> Sequence[int]:
    """Due first, then as many new ones as fit; `spaced` keeps its intervals."""
    return due_then_new(cards, day, budget)[:budget]


def cram(cards: Sequence[Card], day: int, interview: int, budget: int) -> Sequence[int]:
    """Nothing until there is time to see each card twice; then what raises recall on the day most."""
    if day < interview - 2 * ceil(len(cards) / budget):
        return []
    keys = gains(planned(cards), day, interview - day)
    return sorted(range(len(keys)), key=keys.__getitem__, reverse=True)[:budget]


def rule(cards: Sequence[Card], day: int, interview: int, budget: int) -> Sequence[int]:
    """The product's."""
    return share(planned(cards), day, interview, budget)


def planned(cards: Sequence[Card]) -> list[Planned]:
    return [
        Planned(str(n), *((card.state.stability, card.state.difficulty) if card.state else (None, 0.0)), card.last)
        for n, card in enumerate(cards)
    ]


POLICIES: dict[str, Policy] = {"Anki": anki, "final pass": final_pass, "SM-2": sm2, "cram": cram, "the plan": rule}


def spaced(card: Card, policy: str, grade: int, day: int) -> Card:
    """The card after an answer, as its scheduler sees it."""
    state = step(card.state, grade, day - card.last)
    card = card._replace(state=state, last=day, due=day + interval(state, 0.9))
    if policy != "SM-2":
        return card
    if grade == 1:
        return card._replace(run=0, due=day + 1)
    quality = grade + 1
    ease = max(1.3, card.ease + 0.1 - (5 - quality) * (0.08 + (5 - quality) * 0.02))
    gap = 1 if card.run == 0 else 6 if card.run == 1 else round(card.gap * ease)
    return card._replace(run=card.run + 1, ease=ease, gap=gap, due=day + gap)


def studied(name: str, case: tuple[int, int, int], memory: str, missed: float, seed: int) -> tuple[float, float]:
    """The mean true recall of one learner on the interview day, and 30 days later."""
    count, days, budget = case
    chance = np.random.default_rng(seed)
    learner = MEMORIES[memory](count, chance)
    here = chance.random(days) >= missed
    cards = [Card() for _ in range(count)]
    final = days - ceil(count / budget)
    for day in np.flatnonzero(here).tolist():
        asked = POLICIES[name](cards, day, days, budget)
        assert len(asked) <= budget
        for n in asked:
            if cards[n].state is None:
                grade = 1 + int(chance.choice(4, p=FIRST_GRADES))
            elif chance.random() < learner.recall(n, day):
                grade = 2 + int(chance.choice(3, p=RECALLED_GRADES))
            else:
                grade = 1
            learner.answer(n, grade, day)
            cards[n] = spaced(cards[n], name, grade, day)._replace(passed=day >= final)
    seen = [n for n, card in enumerate(cards) if card.state]
    on_the_day, later = (sum(learner.recall(n, at) for n in seen) / count for at in (days, days + LATER))
    return on_the_day, later


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--learners", type=int, default=60)
    arguments.add_argument("--memory", choices=MEMORIES)
    arguments.add_argument("--case", type=lambda text: tuple(map(int, text.split(","))))
    given = arguments.parse_args()
    for memory in [given.memory] if given.memory else MEMORIES:
        for missed, reference in ((0.0, REFERENCE), (0.25, MISSED)):
            print(f"{memory}, {missed:.0%} of the days missed" + " " * 8 + "".join(f"{name:>13}" for name in POLICIES))
            for case in [given.case] if given.case else CASES:
                table(memory, case, missed, given.learners, reference.get(case, ()))


def table(memory: str, case: tuple[int, int, int], missed: float, learners: int, reference: Sequence[object]) -> None:
    """Print a case: recall on the day, the reference's, 30 days later."""
    count = max(2, learners // 4) if case[0] > 500 else learners
    runs = {name: [studied(name, case, memory, missed, seed) for seed in range(count)] for name in POLICIES}
    for what, column in (("on the day", 0), ("30 days later", 1)):
        cells = []
        for found in runs.values():
            values = 100 * np.array(found)[:, column]
            cells.append(f"{values.mean():7.1f} ±{values.std(ddof=1) / np.sqrt(count):4.1f}")
        print(f"  {','.join(map(str, case)):<12} {what:<16}  " + " ".join(cells), flush=True)
        if column == 0 and reference:
            print(" " * 15 + "the reference's   " + " ".join(f"{value or '':>7}     " for value in reference))


if __name__ == "__main__":
    main()
