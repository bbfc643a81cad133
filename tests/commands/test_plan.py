"""The plan to the interview, as a learner meets it. The clock stands on Monday 23 November 2026."""

import pytest

from tests.conftest import Learner, bank_text, question, ratings


@pytest.fixture
def planned(learner: Learner) -> Learner:
    """A learner with twelve questions of twelve concepts and an interview in ten days."""
    topics = ("attention", "masks", "heads")
    learner.bank(bank_text([question(f"q{nth:02}", topic=topics[nth % 3]) for nth in range(12)]))
    assert learner.quiz("plan", "2026-12-03", "--per-day", "4").code == 0
    return learner


def study(learner: Learner, rating: str = "good") -> int:
    """Answer until nothing is left today; how many answers that took."""
    answers = 0
    while (card := learner.quiz("next", "--json").json["card"]) is not None:
        learner.answer(card, rating)
        answers += 1
        assert answers < 50
    return answers


def test_a_plan_is_an_event_of_the_log(planned: Learner) -> None:
    (event,) = planned.quiz("log", "--json").lines
    assert event["type"] == "plan"
    assert event["data"] == {"date": "2026-12-03", "per_day": 4, "minutes": None, "deck": {}}
    planned.quiz("plan", "--clear")
    assert [line.split()[1:] for line in planned.quiz("log").out.splitlines()] == [
        ["plan", "2026-12-03"],
        ["plan", "cleared"],
    ]


def test_each_day_has_its_share_and_missed_days_need_nothing(planned: Learner) -> None:
    for day in ("23", "24", "27"):
        planned.at(f"2026-11-{day}T09:00:00+01:00")
        assert study(planned) == 4
    assert len({card for card, _ in ratings(planned)}) > 6


def test_a_failed_cards_repeats_come_on_top(planned: Learner) -> None:
    first = planned.quiz("next", "--json").json["card"]
    planned.answer(first, "again")
    assert study(planned) == 4


def test_status_says_what_is_left_and_what_would_be_known(planned: Learner) -> None:
    before = planned.quiz("status", "--json").json
    assert (before["due"], before["new"], before["next_due"]) == (0, 12, "2026-11-24")
    assert before["interview"] == {"date": "2026-12-03", "days_left": 10, "expected_recall": 0.0}
    study(planned)
    after = planned.quiz("status", "--json").json
    assert after["answered_today"] == 4
    assert 0.2 < after["interview"]["expected_recall"] < 0.33
    assert "Interview   2026-12-03, in 10 days" in planned.quiz("status").out


def test_the_plan_says_where_it_leads_the_same_each_time(planned: Learner) -> None:
    told = planned.quiz("plan", "--json").json
    assert told["interview"] == {"date": "2026-12-03", "days_left": 10}
    assert (told["per_day"], told["minutes"], told["phase"], told["final_from"]) == (4, None, "build", "2026-11-30")
    assert (told["questions"], told["unseen"]) == (12, 12)
    assert told["today"] == {"cards": 4, "left": 4, "new_left": 4}
    stop, keep = told["forecast"]["stop"], told["forecast"]["keep"]
    assert stop["expected_recall"] == 0.0 and 0.85 < keep["expected_recall"] <= 1
    assert keep["low"] <= keep["expected_recall"] <= keep["high"]
    assert [load["study_day"] for load in told["load"]][:2] == ["2026-11-23", "2026-11-24"]
    assert {topic["topic"] for topic in told["weakest"]} == {"attention", "masks", "heads"}
    assert [other["per_day"] for other in told["other"]] == [2, 6, 8]
    assert told["reachable"] == {"all": True, "per_day": None, "minutes": None}
    assert planned.quiz("plan", "--json").json == told


def test_an_impossible_plan_is_said_to_be_so_with_what_is_reachable(planned: Learner) -> None:
    told = planned.quiz("plan", "2026-11-25", "--per-day", "2", "--json").json
    assert told["reachable"]["all"] is False and 6 <= told["reachable"]["per_day"] <= 8
    assert told["forecast"]["keep"]["unseen"] == 8
    out = planned.quiz("plan").out
    assert "cannot be met" in out and "Within" in out


def test_what_is_not_named_stays_as_it_was(planned: Learner) -> None:
    planned.quiz("plan", "--topic", "masks")
    planned.quiz("plan", "2026-12-10")
    told = planned.quiz("plan", "--minutes", "20", "--json").json
    assert (told["interview"]["date"], told["per_day"], told["minutes"]) == ("2026-12-10", None, 20)
    assert (told["deck"]["topics"], told["questions"]) == (["masks"], 4)


def test_only_the_decks_questions_are_asked(planned: Learner) -> None:
    planned.quiz("plan", "--topic", "masks")
    study(planned)
    assert {int(card[1:]) % 3 for card, _ in ratings(planned)} == {1}
    assert planned.quiz("next", "--topic", "heads", "--json").json["card"] is None


def test_without_the_plan_and_after_the_interview_it_is_ordinary_review(planned: Learner) -> None:
    study(planned)
    planned.at("2026-12-04T09:00:00+01:00")
    status = planned.quiz("status", "--json").json
    assert status["interview"] is None and status["due"] == 4
    assert "was on 2026-12-03" in planned.quiz("plan").out
    planned.at("2026-11-24T09:00:00+01:00")
    assert planned.quiz("plan", "--clear").out == "The plan is dropped: back to ordinary review.\n"
    assert planned.quiz("status", "--json").json["interview"] is None
    assert study(planned) == 8  # the other eight, up to fifteen new ones a day


def test_without_a_plan_every_key_is_null(learner: Learner) -> None:
    told = learner.quiz("plan", "--json").json
    assert told.pop("schema") == 1
    assert set(told) >= {"interview", "forecast", "load", "reachable"} and not any(told.values())
    assert "There is no plan" in learner.quiz("plan").out


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["tomorrow"], "'tomorrow' is no day"),
        (["2026-02-30"], "is no day"),
        (["2026-11-23"], "is today"),
        (["2026-11-01"], "is over"),
        (["2036-11-01"], "more than 1000 days"),
        (["--per-day", "5"], "name the day of the interview"),
        (["2026-12-01", "--per-day", "5", "--minutes", "5"], "not both"),
        (["2026-12-01", "--clear"], "--clear drops the plan"),
        (["2026-12-01", "--topic", "maskes"], "did you mean masks"),
        (["2026-12-01", "--tag", "nothing"], "No question passes this filter"),
    ],
)
def test_a_plan_that_is_none_is_refused_in_a_sentence(learner: Learner, args: list[str], words: str) -> None:
    done = learner.quiz("plan", *args)
    assert (done.code, done.out) == (2, "") and words in done.err
    assert learner.quiz("log", "--json").lines == []


def test_clearing_nothing_fails(learner: Learner) -> None:
    assert learner.quiz("plan", "--clear").code == 1


def test_how_many_new_cards_there_are_is_the_plans_affair(planned: Learner) -> None:
    done = planned.quiz("next", "--new", "3")
    assert done.code == 2 and "quiz plan --per-day" in done.err


def test_a_sitting_follows_the_plan_and_ends_with_it(planned: Learner) -> None:
    out = planned.quiz("review", stdin="\n3\n" * 10).out
    assert "4 cards" in out and "Today's list is done" in out and "in 10 days" in out
    assert "quiz plan" in planned.quiz("review").out


@pytest.mark.parametrize("width", ["40", "80"])
def test_the_page_fits_the_screen_without_colour(planned: Learner, width: str) -> None:
    study(planned)
    out = planned.process("plan", COLUMNS=width, NO_COLOR="1").out
    assert max(map(len, out.splitlines())) <= int(width)
    assert "\x1b" not in out and "simulated" in out
    for words in ("if you stop now", "if you keep to the plan", "with 2 cards a day", "Weakest topics", "Cards a day"):
        assert words in out
