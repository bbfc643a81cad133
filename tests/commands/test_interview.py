"""`quiz interview` line by line: the conversation, its debrief, and what is kept of it."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Learner, bank_text, question, ratings

OPTIONS = [{"text": "yes", "right": True}, {"text": "no", "why": "because it is not"}]


@pytest.fixture
def office(learner: Learner) -> Learner:
    """A bank for interviews: two chains of three in two topics, easy to hard, and a neighbour of the second."""
    bank = []
    for topic, area in (("attention", "transformer-internals"), ("moe", "llm-core")):
        chain = [f"{topic}-{nth}" for nth in range(3)]
        for nth, level in enumerate(("basic", "intermediate", "advanced")):
            bank.append(question(chain[nth], area=area, topic=topic, level=level, follow_ups=chain[nth + 1 : nth + 2]))
        bank.append(question(f"{topic}-beside", area=area, topic=topic, level="intermediate"))
    learner.bank(bank_text(bank))
    return learner


STRONG = "one point, another point, a third point, the last point"


def events(learner: Learner, what: str = "answer") -> list[Any]:
    log = learner.quiz("log", "--json").lines
    return [event for event in log if event["type"] == "interview" and event["data"]["what"] == what]


def answers(learner: Learner) -> list[Any]:
    return [event["data"] for event in events(learner)]


def test_it_opens_with_what_will_happen_and_how_long(office: Learner) -> None:
    held = office.quiz("interview", "--minutes", "10", "--role", "research")
    assert held.code == 0
    for words in ("10 minutes", "about 4 questions", "role research", "Question 1", "The interview waits"):
        assert words in held.out


def test_a_strong_answer_leads_deeper_and_a_weak_one_aside(office: Learner) -> None:
    office.quiz("interview", "--seed", "1", stdin=f"{STRONG}\nno idea\n\nb\n\na\n")
    first, second, third, *_ = answers(office)
    assert (first["strong"], second["move"], second["parent"]) == (True, "deeper", events(office)[0]["card"])
    assert (second["strong"], third["move"]) == (False, "sideways")
    assert third["topic"] == second["topic"]


def test_nothing_is_revealed_before_the_end(office: Learner) -> None:
    held = office.quiz("interview", "--minutes", "10", stdin=f"{STRONG}\nno idea\n")
    assert "That is" not in held.out and "Right" not in held.out and "Wrong" not in held.out


def test_an_interview_goes_on_where_it_was_and_keeps_its_question(office: Learner) -> None:
    first = office.quiz("interview", "--seed", "1", stdin="\na\n:note ask about this\n").out
    last = first.rpartition("What is ")[2].partition("?")[0]
    held = office.quiz("interview", stdin="words\n")
    assert f"What is {last}?" in held.out and "Question 2" in held.out
    assert len(events(office, "start")) == 1
    assert [(data["response"], data["notes"]) for data in answers(office)[1:]] == [("words", ["ask about this"])]


def test_the_debrief_stands_words_beside_the_answer_and_dates_reviews_when_they_were_given(office: Learner) -> None:
    office.at("2026-11-23T09:00:00+01:00").quiz("interview", "--seed", "1", stdin="my own words\n:skip\n:end\n:quit\n")
    debriefed = office.at("2026-11-25T20:00:00+01:00").quiz("interview", stdin="abc\n\n\n")
    for words in ("my own words", "That is", "Key points: tick", "Easily got wrong", "Took 0:00 of 2:00", "(skipped)"):
        assert words in debriefed.out
    reviews = [event for event in office.quiz("log", "--json").lines if event["type"] == "review"]
    assert [(one["rating"], one["setting"], one["study_day"]) for one in reviews] == [
        (2, "interview", "2026-11-23"),
        (1, "interview", "2026-11-23"),
    ]
    assert [one["at"] for one in reviews] == [one["at"] for one in events(office)]
    assert reviews[0]["data"]["ticked"] == [0, 1, 2] and reviews[0]["data"]["response"] == "my own words"


def test_the_end_says_a_score_against_the_rubric_and_what_to_do(office: Learner) -> None:
    given = "".join(f"{STRONG}\n" for _ in range(4)) + ":end\n"
    ticked = "abcd\n\n" + "1\n" * 3
    told = office.quiz("interview", "--seed", "1", stdin=given + ticked).out
    for words in ("Not yet: 1 of 4 points", "> not yet: under 6 of 10", "By topic", "By level", "Work on first"):
        assert words in told
    assert "quiz review --topic" in told
    assert office.quiz("interview", "list", "--json").json["verdict"] == "not yet"


def test_a_left_debrief_goes_on_and_a_finished_one_makes_room_for_the_next(office: Learner) -> None:
    left = office.quiz("interview", "--seed", "1", stdin="words\nmore\n:end\n3\n:quit\n")
    assert "1 of 2 answers are not rated yet" in left.out
    gone_on = office.quiz("interview", stdin="3\n")
    assert "debrief of the last interview goes on" in gone_on.err
    assert "not rated yet" not in gone_on.out
    assert "Question 1" in office.quiz("interview", stdin="").out
    assert len(events(office, "start")) == 2


def test_a_new_one_leaves_an_unfinished_one_as_it_is(office: Learner) -> None:
    office.quiz("interview", stdin="words\n")
    assert "Question 1" in office.quiz("interview", "--new", stdin="").out
    assert [one["data"]["reason"] for one in events(office, "end")] == ["left"]


def test_what_stands_on_the_line_when_it_ends_by_itself_is_not_lost(office: Learner) -> None:
    given = "words\n" * 3
    office.quiz("interview", "--minutes", "3", "--seed", "2", stdin=given + "\n3\n" * 3)
    assert [data["response"] for data in answers(office)] == ["words"] * 3
    assert [one["data"]["reason"] for one in events(office, "end")] == ["questions"]


def test_confidence_is_asked_after_each_answer_and_reported_in_the_debrief(office: Learner) -> None:
    told = office.quiz("interview", "--confidence", "--seed", "1", stdin="words\ne\n\na\n:end\n1\n1\n").out
    assert [data["confidence"] for data in answers(office)] == [0.9, 0.1]
    assert "How sure, and how right" in told and "0 of 1 right" in told


def test_a_judged_question_is_judged_in_silence_and_scored_at_the_end(learner: Learner) -> None:
    learner.bank(
        bank_text([question(f"q{nth}", kind="choice", options=[dict(one) for one in OPTIONS]) for nth in range(3)])
    )
    held = learner.quiz("interview", "--minutes", "3", stdin="z\nyes\nno\n\n" + "\n" * 3)
    assert "has no option" in held.out
    assert [(data["right"], data["strong"]) for data in answers(learner)] == [
        (True, True),
        (False, False),
        (False, False),
    ]
    assert [rating for _, rating in ratings(learner)] == [3, 1, 1]
    assert "1 of 3 points" in held.out


def test_earlier_interviews_are_listed_shown_and_compared_from_the_log_alone(office: Learner, tmp_path: Path) -> None:
    for rating in "13":
        office.quiz("interview", "--seed", "1", stdin=f"first words\nmore\n:end\n{rating}\n{rating}\n")
    (tmp_path / "bank.yaml").write_text("broken")
    listed = office.quiz("interview", "list")
    assert listed.out.count("2 points") == 2 and listed.code == 0
    shown = office.quiz("interview", "show", "1")
    assert "first words" in shown.out and "Rated again" in shown.out and "What is" in shown.out
    compared = office.quiz("interview", "compare")
    assert "100 %" in compared.out and "0 % to 100 %" in compared.out
    lines = office.quiz("interview", "compare", "--json").lines
    assert [line["score"] for line in lines] == [0.0, 2.0]
    answer = office.quiz("interview", "show", "2", "--json").json["answers"][0]
    assert (answer["response"], answer["score"], answer["rating"]) == ("first words", 1.0, 3)


def test_a_report_is_markdown_or_one_html_file_with_nothing_let_through(office: Learner, tmp_path: Path) -> None:
    office.quiz("interview", "--seed", "1", stdin="<script>alert(1)</script> & *words*\n:end\nab\n\n")
    page, text = tmp_path / "report.html", tmp_path / "report.md"
    assert office.quiz("interview", "show", "--save", str(page)).code == 0
    assert office.quiz("interview", "show", "1", "--save", str(text)).code == 0
    html = page.read_text(encoding="utf-8")
    assert "<script" not in html and "&lt;script&gt;" in html
    assert "http" not in html and "width=device-width" in html and "That is" in html
    assert (
        "\\<script\\>" in text.read_text() and "\\*words\\*" in text.read_text() and "✓ one point" in text.read_text()
    )


def test_a_report_is_kept_right_after_the_debrief(office: Learner, tmp_path: Path) -> None:
    page = tmp_path / "r.html"
    office.quiz("interview", "--save", str(page), stdin="words\n:end\n3\n")
    assert "words" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["--role", "boss"], 2, "no role 'boss'"),
        (["hold"], 2, "no `quiz interview hold`"),
        (["list", "2"], 2, "takes no number"),
        (["show", "7"], 1, "no interview to show yet"),
        (["--json"], 2, "quiz round --json"),
        (["show", "--save", "report.pdf"], 2, "neither in .md nor in .html"),
        (["compare", "--save", "report.md"], 2, "--save keeps one interview"),
        (["--minutes", "1"], 2, "minutes"),
        (["--level", "advanced", "--minutes", "3"], 1, "no question that fits"),
        (["--level", "expert"], 2, "no level 'expert'"),
    ],
)
def test_what_was_wrongly_asked_is_said_in_a_sentence(small: Learner, args: list[str], code: int, words: str) -> None:
    small.bank(bank_text([question("only", kind="numeric", value=1, formula="1", level="advanced")]), "other.yaml")
    done = small.quiz("interview", *args)
    assert (done.code, done.out) == (code, "")
    assert words in done.err.replace("\n", " ") and "Traceback" not in done.err


@pytest.mark.parametrize("broken", ["", "nonsense", "[]", "{}", '{"session": 1}', "[" * 100_000, "\xff"], ids=repr)
def test_a_broken_draft_costs_the_line_and_nothing_else(office: Learner, broken: str) -> None:
    office.quiz("interview", "--seed", "1", stdin="words\n")
    draft = office.home / "interview-draft.json"
    fields = json.loads(draft.read_text())
    draft.write_bytes(broken.encode("latin-1"))
    held = office.quiz("interview", stdin="more\n")
    assert held.code == 0 and "Question 2" in held.out and "the question begins anew" in held.err
    draft.write_text(json.dumps({**fields, "card": "gone-from-the-bank"}))
    assert office.quiz("interview", stdin="").code == 0
    for wrong in ({"elapsed": "late"}, {"allotted": float("inf")}, {"seed": 0.5}, {"notes": [1]}, {"line": None}):
        draft.write_text(json.dumps({**fields, **wrong}))
        again = office.quiz("interview", stdin="")
        assert (again.code, "Traceback" in again.err, "begins anew" in again.err) == (0, False, True)


def test_a_question_that_left_the_bank_does_not_hold_the_debrief_up(office: Learner) -> None:
    office.quiz("interview", "--seed", "1", stdin="words\n:end\n:quit\n")
    office.bank(bank_text([question("another")]), "other.yaml")
    assert "1 of 1 answers are not rated yet" in office.quiz("interview", stdin="").out
    assert "Question 1" in office.quiz("interview", stdin="").out


def test_earlier_interviews_do_not_ask_the_same_again(office: Learner) -> None:
    for seed in range(2):
        office.quiz("interview", "--new", "--seed", str(seed), stdin="no idea\n:end\n1\n")
    openers = [event["card"] for event in events(office)]
    assert len(set(openers)) == 2


def test_a_note_to_the_question_that_ends_it_is_kept(office: Learner) -> None:
    office.quiz("interview", "--seed", "1", stdin="words\n:note too fast for me\n:end\n3\n")
    assert events(office, "end")[0]["data"]["notes"] == ["too fast for me"]
    assert "too fast for me" in office.quiz("interview", "show").out


def test_an_interview_that_was_ended_before_an_answer_changes_nothing(office: Learner) -> None:
    ended = office.quiz("interview", stdin=":end\n")
    assert "No question was answered" in ended.out and ended.code == 0
    assert ratings(office) == []
    assert "Question 1" in office.quiz("interview", stdin="").out


def test_a_suspended_question_is_not_asked(office: Learner) -> None:
    office.quiz("review", "--topic", "attention", "--level", "basic", stdin=":suspend\n:quit\n")
    asked = office.quiz("round", "--json", "--level", "basic", stdin="").lines[0]
    assert (asked["card"], asked["of"]) == ("moe-0", 1)
