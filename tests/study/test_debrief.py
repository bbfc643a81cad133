"""What an interview came to, out of the log."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from quiz.study.debrief import RUBRIC, Debrief, Group, debrief, in_words, points, verdict
from quiz.study.event import Event
from quiz.study.transcript import Transcript, asked_before, transcripts, usual_seconds


def event(type: str, seq: int, card: str | None = None, session: str = "one", **fields: Any) -> Event:
    base = Event(type, seq, 60, 20_000, session=session, card=card, setting="interview", id=f"{session}{seq}", seq=seq)
    rating, seconds = fields.pop("rating", None), fields.pop("seconds", None)
    return base._replace(rating=rating, seconds=seconds, data=fields)


def answered(seq: int, card: str, **fields: Any) -> Event:
    usual = {"topic": "attention", "level": "basic", "kind": "recall", "question": "?", "strong": True, "seconds": 60.0}
    return event("interview", seq, card, what="answer", **{**usual, "allotted": 120, **fields})


def log(*events: Event, session: str = "one") -> list[Event]:
    return [event("interview", 0, session=session, what="start", minutes=10, role="research", seed=1), *events]


def held(*events: Event) -> Transcript:
    return transcripts(log(*events))[0]


def ticked(seq: int, card: str, said: int, of: int = 4) -> Event:
    return event("review", seq, card, rating=1 + 2 * (said == of), ticked=list(range(said)), points=of)


def test_a_transcript_is_read_from_the_log_alone() -> None:
    transcript = held(
        answered(1, "first", response="my words", elapsed=70.0, notes=["look it up"]),
        answered(2, "second", right=False, kind="numeric", skipped=False, elapsed=140.0),
        event("interview", 3, what="end", reason="time", elapsed=140.0),
        ticked(4, "first", 2),
    )
    assert (transcript.minutes, transcript.role, transcript.ended, transcript.elapsed) == (10, "research", "time", 140)
    first, second = transcript.answers
    assert (first.response, first.ticked, first.points, first.notes) == ("my words", (0, 1), 4, ("look it up",))
    assert (first.credit, second.credit, [answer.card for answer in transcript.unrated]) == (0.5, 0.0, ["second"])


def test_a_review_that_was_taken_back_leaves_the_answer_unrated() -> None:
    back = Event("retract", 5, 0, 0, session="one", card="first", retracts="one2", id="x")
    assert held(answered(1, "first"), ticked(2, "first", 4), back).unrated


KEYS = ["minutes", "role", "levels", "seed", "confidence", "ticked", "points", "response", "right", "level", "notes"]


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from([*KEYS, "allotted", "elapsed", "what"]),
            st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text()),
        )
    )
)
def test_no_event_breaks_the_reading(datas: Sequence[dict[str, Any]]) -> None:
    whats = ("start", "answer", "end", "debriefed")
    events = [
        Event(type, nth, 0, 0, "one", "c", nth % 6, 1.0, "interview", data={"what": whats[nth % 4], **data}, id=type)
        for nth, data in enumerate(datas)
        for type in ("interview", "review")
    ]
    for transcript in transcripts(events):
        debrief(transcript, [])


def test_an_answer_scores_its_judge_its_points_or_its_rating() -> None:
    transcript = held(
        *(answered(nth, card) for nth, card in enumerate("abcd", 1)),
        answered(5, "e", right=True), answered(6, "f", skipped=True), ticked(7, "a", 1),
        *(event("review", 10 + nth, card, rating=nth) for nth, card in enumerate("bc", 2)),
    )  # fmt: skip
    assert [answer.credit for answer in transcript.answers] == [0.25, 0.5, 1.0, None, 1.0, 0.0]


def came_to(*shares: tuple[str, str, int], demos: Sequence[str] = ()) -> Debrief:
    """The debrief of answers with (topic, level, points said of four)."""
    events: list[Event] = []
    for nth, (topic, level, said) in enumerate(shares):
        events += [
            answered(10 + nth, f"q{nth}", topic=topic, level=level, demos=[f"of-q{nth}"]),
            ticked(90 + nth, f"q{nth}", said),
        ]
    return debrief(held(*events), [], demos)


def test_the_verdict_follows_the_rubric() -> None:
    assert came_to(*[("moe", "basic", 4)] * 3).verdict == "too short"
    assert came_to(*[("moe", "basic", 4)] * 4).verdict == "strong"
    assert came_to(*[("moe", "basic", 3)] * 4).verdict == "close"
    assert came_to(*[("moe", "basic", 2)] * 4).verdict == "not yet"
    assert came_to(*[("moe", "basic", 4)] * 8, *[("moe", "advanced", 1)] * 2).verdict == "close"


@given(st.lists(st.tuples(st.floats(0, 1), st.sampled_from(["basic", "advanced"])), max_size=12))
def test_a_better_answer_never_makes_the_verdict_worse(answers: list[tuple[float, str]]) -> None:
    order = ["too short", "not yet", "close", "strong"]

    def told(answers: list[tuple[float, str]]) -> int:
        levels = {
            name: Group(
                name, sum(s for s, level in answers if level == name), sum(level == name for _, level in answers)
            )
            for name in ("basic", "advanced")
        }
        return order.index(verdict(Group("all", sum(s for s, _ in answers), len(answers)), levels.values()))

    for nth in range(len(answers)):
        better = [*answers[:nth], (1.0, answers[nth][1]), *answers[nth + 1 :]]
        assert told(better) >= told(answers)


def test_topics_come_weakest_first_and_levels_easiest_first() -> None:
    told = came_to(("moe", "advanced", 4), ("gpt", "basic", 1), ("gpt", "intermediate", 3))
    assert [(group.name, points(group)) for group in told.topics] == [("gpt", "1 of 2"), ("moe", "1 of 1")]
    assert [group.name for group in told.levels] == ["basic", "intermediate", "advanced"]
    assert [in_words(Group("x", score, 2)) for score in (1.6, 1.0, 0.8)] == ["solid", "gaps", "weak"]
    assert in_words(Group("x", 0, 1)) == "one answer"


def test_three_things_to_work_on_have_commands_with_a_demo_for_what_was_missed() -> None:
    told = came_to(
        *[("moe", "basic", 1)] * 2, ("gpt", "basic", 1), ("bert", "basic", 2), ("t5", "basic", 2),
        demos=["of-q1", "of-q4"],
    )  # fmt: skip
    assert [todo.what for todo in told.todo] == ["moe", "gpt", "bert"]
    assert told.todo[0].commands == ("quiz review --topic moe", "quiz prove of-q1")
    assert told.todo[1].commands == ("quiz review --topic gpt",)


def test_where_nothing_was_lost_the_next_thing_is_harder_questions() -> None:
    told = came_to(*[("moe", "basic", 4)] * 4)
    assert [todo.commands for todo in told.todo] == [("quiz interview --level advanced",)]
    unrated = debrief(held(answered(1, "a")), [])
    assert [todo.commands for todo in unrated.todo] == [("quiz interview",)]


def test_a_time_stands_beside_the_median_of_earlier_ones_once_there_are_enough() -> None:
    def before(*seconds: float, level: str = "basic") -> Transcript:
        return held(*(answered(nth, f"e{nth}", seconds=s, level=level) for nth, s in enumerate(seconds, 1)))

    now = held(answered(1, "now", seconds=100.0))
    assert debrief(now, [before(10, 20)]).paces[0].usual == 120
    assert debrief(now, [before(10, 20, 60)]).paces[0][1:] == (20, True)
    assert usual_seconds([before(10, 20, 60), before(1, 1, 1, level="advanced")], "recall", "basic") == 20
    assert usual_seconds([before(10, 20), before(90, level="advanced")], "recall", "basic") == 20
    assert asked_before([before(1, 2), before(3)]) == {"e1": 2, "e2": 1}


def test_over_confidence_is_something_to_work_on() -> None:
    events = [answered(10 + nth, f"q{nth}", right=nth > 5, confidence=0.9, topic="moe") for nth in range(10)]
    told = debrief(held(*events), [])
    assert told.confidence.whole is not None and told.confidence.whole.fit == "over"
    assert ("quiz review --confidence",) in [todo.commands for todo in told.todo]


def test_the_documented_rubric_is_the_one_that_holds() -> None:
    page = (Path(__file__).parents[2] / "docs" / "interview.md").read_text(encoding="utf-8")
    for name, words in RUBRIC.items():
        assert f"| {name} | {words} |" in page
