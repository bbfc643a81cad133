"""What a mock interview asks next."""

from collections import Counter
from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from quiz.bank.load import Loaded, load
from quiz.bank.places import shipped
from quiz.bank.question import LEVELS, TOPICS
from quiz.study import roles
from quiz.study.interview import Asked, Plan, Stopwatch, allotted, next_question, went_well
from quiz.study.pool import Chains, Item
from tests.study.test_pool import item

KINDS = list(roles.KINDS)


@st.composite
def banks(draw: st.DrawFn) -> list[Item]:
    ids = [f"q{nth}" for nth in range(draw(st.integers(1, 25)))]
    linked = st.lists(st.sampled_from(ids), max_size=3, unique=True).map(tuple)
    return [
        item(
            id,
            draw(st.sampled_from(["attention", "moe", "own-topic"])),
            concept=draw(st.sampled_from(ids)),
            level=draw(st.sampled_from(LEVELS)),
            kind=draw(st.sampled_from(KINDS)),
            follow_ups=draw(linked),
            asked=draw(st.integers(0, 3)),
        )
        for id in ids
    ]


plans = st.builds(Plan, st.floats(1, 90), st.sampled_from(roles.ROLES), st.integers(0, 2**32))


def held(plan: Plan, bank: list[Item], speeds: list[float], strong: list[bool]) -> tuple[list[Asked], float]:
    """A whole interview with somebody who takes that part of each question's time, and how long it took."""
    pool, chains = {one.id: one for one in bank}, Chains({one.id: one.follow_ups for one in bank})
    asked: list[Asked] = []
    elapsed = 0.0
    while (coming := next_question(plan, pool, chains, asked, elapsed)) is not None:
        elapsed += speeds[len(asked) % len(speeds)] * coming.seconds
        asked.append(Asked(coming.item, coming.move, strong[len(asked) % len(strong)]))
    return asked, elapsed


speeds = st.lists(st.floats(0, 1), min_size=1, max_size=10)
turns = st.lists(st.booleans(), min_size=1, max_size=10)


@given(plans, banks(), speeds, turns)
def test_an_interview_ends_within_its_time_and_its_length_and_asks_nothing_twice(
    plan: Plan, bank: list[Item], speeds: list[float], strong: list[bool]
) -> None:
    asked, elapsed = held(plan, bank, speeds, strong)
    assert elapsed <= plan.seconds * (1 + 1e-9)
    assert len(asked) <= plan.most
    assert len({one.item.concept for one in asked}) == len(asked) == len({one.item.id for one in asked})


@given(plans, banks(), speeds, turns)
def test_a_strong_answer_leads_deeper_and_a_weak_one_sideways(
    plan: Plan, bank: list[Item], speeds: list[float], strong: list[bool]
) -> None:
    asked, _ = held(plan, bank, speeds, strong)
    thread = 0
    for before, after in pairwise(asked):
        thread = 0 if before.move == "open" else thread
        if after.move == "deeper":
            assert before.strong and after.item.id in before.item.follow_ups
            assert LEVELS.index(after.item.level) >= LEVELS.index(before.item.level)
        if after.move == "sideways":
            assert not before.strong and after.item.topic == before.item.topic
            assert LEVELS.index(after.item.level) <= LEVELS.index(before.item.level)
        thread = 1 if after.move == "open" else thread + 1
        assert thread < plan.depth + 1


@given(plans, banks(), turns)
def test_the_same_seed_and_answers_ask_the_same_whatever_the_order_of_the_bank(
    plan: Plan, bank: list[Item], strong: list[bool]
) -> None:
    assert held(plan, bank, [0.5], strong) == held(plan, bank[::-1], [0.5], strong)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 10**6))))
def test_a_stopwatch_counts_only_what_ran(steps: list[tuple[bool, int]]) -> None:
    watch, now, ran = Stopwatch(), 0.0, 0.0
    for running, seconds in steps:
        watch = watch.start(now) if running else watch.stop(now)
        now += seconds
        ran += seconds * running
        assert watch.read(now) == ran
    assert watch.read(now - 1e9) >= 0.0


def bank_of(count: int = 60) -> list[Item]:
    topics = ["attention", "inference", "sampling", "moe", "prompting", "bert"]
    return [
        item(f"q{nth}", topics[nth % 6], level=LEVELS[nth // 6 % 3], kind=KINDS[nth // 18 % 7]) for nth in range(count)
    ]


def test_it_goes_from_easy_to_hard_but_for_a_last_one_that_still_fits() -> None:
    for seed in range(20):
        asked, _ = held(Plan(30, "research", seed), bank_of(200), [1.0], [False])
        levels = [LEVELS.index(one.item.level) for one in asked if one.move == "open"]
        assert levels[:-1] == sorted(levels[:-1]) and {0, 2} <= set(levels)


def test_it_mixes_the_kinds_as_the_table_says() -> None:
    kinds = Counter(
        one.item.kind for seed in range(40) for one in held(Plan(45, "ml-engineer", seed), bank_of(250), [1], [True])[0]
    )
    assert not kinds["choice"] and not kinds["cloze"]
    for kind in ("recall", "numeric", "shape", "bug", "predict"):
        assert abs(kinds[kind] / kinds.total() - roles.kind_share("ml-engineer", kind)) < 0.08, kinds


def test_a_role_gets_its_topics_oftener() -> None:
    def prompts(role: str) -> int:
        return sum(
            one.item.topic == "prompting"
            for seed in range(60)
            for one in held(Plan(10, role, seed), bank_of(250), [1], [True])[0]
        )

    assert prompts("llm-engineer") > 2 * prompts("research")


def test_twice_in_trouble_leads_to_another_topic() -> None:
    bank = [item(f"a{nth}") for nth in range(5)] + [item(f"m{nth}", "moe") for nth in range(5)]
    asked, _ = held(Plan(30, "research", 1), bank, [0.5], [False])
    moves = [one.move for one in asked]
    assert "sideways" in moves
    assert all(after == "open" for before, after in pairwise(moves) if before == "sideways")


def test_what_earlier_interviews_asked_comes_less_often() -> None:
    bank = [item(f"q{nth}", asked=0 if nth < 5 else 9) for nth in range(50)]
    first = [held(Plan(3, "research", seed), bank, [1], [True])[0][0].item.asked for seed in range(300)]
    assert first.count(0) > 110


def test_how_it_went_is_what_a_judge_says_else_the_learner_else_the_words() -> None:
    points = ["large logits saturate softmax", "gradients vanish then"]
    assert went_well(True, False, None, points) and not went_well(False, True, "softmax saturates", points)
    assert went_well(None, True, None, points) and not went_well(None, False, "large logits saturate", points)
    assert went_well(None, None, "The logits get large, so the softmax is saturated.", points)
    assert not went_well(None, None, "no idea", points) and not went_well(None, None, None, ())


def test_every_topic_and_kind_has_its_share_and_every_answer_its_time() -> None:
    assert set(roles.TOPICS) == {topic for topics in TOPICS.values() for topic in topics}
    for nth in range(len(roles.ROLES)):
        assert sum(shares[nth] for shares in roles.KINDS.values()) == 100
    assert all(allotted(kind, level) >= 60 for kind in [*roles.KINDS, "new-kind"] for level in LEVELS)


def test_the_documented_table_is_the_one_that_holds() -> None:
    page = (Path(__file__).parents[2] / "docs" / "interview.md").read_text(encoding="utf-8")
    for name, shares in (roles.TOPICS | roles.KINDS).items():
        assert f"| {name} | {' | '.join(map(str, shares))} |" in page, name
    for name, seconds in roles.SECONDS.items():
        assert f"| {name} | {' | '.join(f'{each} s' for each in seconds)} |" in page, name


def test_words_part_those_who_know_from_those_who_repeat_the_question() -> None:
    loaded = (item.question for item in load(shipped()) if isinstance(item, Loaded))
    open_ones = [question for question in loaded if question.kind == "recall"]
    assert all(went_well(None, None, one.answer, one.key_points) for one in open_ones)
    assert sum(went_well(None, None, one.question, one.key_points) for one in open_ones) < len(open_ones) / 20
