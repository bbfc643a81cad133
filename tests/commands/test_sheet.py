"""The page for the morning of the interview."""

from tests.conftest import Learner


def test_the_weakest_points_come_first_with_their_number(small: Learner) -> None:
    small.answer("second", "again")
    small.answer("first", "easy")
    small.at("2026-11-26T09:00:00+01:00")
    events = len(small.quiz("log", "--json").lines)
    told = small.quiz("sheet", "--json").json
    assert [item["card"] for item in told["items"]] == ["second", "first"]
    assert told["items"][0]["expected"] < told["items"][1]["expected"]
    assert told["items"][0]["points"] == ["one point", "another point", "a third point", "the last point"]
    out = small.quiz("sheet").out
    assert out.index("What is second?") < out.index("What is first?")
    assert f"{100 * told['items'][0]['expected']:.0f} %" in out
    assert len(small.quiz("log", "--json").lines) == events


def test_under_a_plan_it_is_about_the_interview_day(small: Learner) -> None:
    small.answer("first", "good")
    small.quiz("plan", "2026-12-20", "--topic", "attention")
    small.answer("second", "good")  # about masks
    told = small.quiz("sheet", "--json").json
    assert told["day"] == "2026-12-20" and [item["card"] for item in told["items"]] == ["first"]


def test_it_is_kept_as_markdown_or_as_a_page(small: Learner) -> None:
    small.answer("first", "good")
    for name, begins in (("sheet.md", "# The weakest points"), ("sheet.HTML", "<!doctype html>")):
        path = small.home.parent / name
        assert small.quiz("sheet", "--save", str(path)).code == 0
        text = path.read_text(encoding="utf-8")
        assert text.startswith(begins) and "What is first?" in text and "the last point" in text


def test_what_cannot_be_kept_is_said(small: Learner) -> None:
    assert small.quiz("sheet").code == 1
    small.answer("first", "good")
    assert small.quiz("sheet", "--save", "sheet.pdf").code == 2
    done = small.quiz("sheet", "--save", str(small.home / "nowhere" / "sheet.md"))
    assert done.code == 1 and "could not be written" in done.err


def test_a_page_shows_markup_as_text(small: Learner) -> None:
    from quiz.study.sheet import Item
    from quiz.terminal.sheet import html

    page = html("<title>", [Item("a", "masks", 0.5, "What is `<pad>` & $\\sqrt{d_k}$?", ("a <b>",))])
    assert "<pad>" not in page and "&lt;pad&gt;" in page and "a &lt;b&gt;" in page and "√" in page
