"""`quiz config`, and what the settings do."""

import pytest

from quiz.commands._config import KEYS
from quiz.study.limits import LIMITS
from tests.conftest import Learner, bank_text, question


def test_all_settings_are_shown_with_what_they_may_be(learner: Learner) -> None:
    out = learner.quiz("config").out
    assert all(name in out for name in (*LIMITS, *KEYS)) and "from 0.7 to 0.97" in out
    lines = learner.quiz("config", "--json").lines
    assert [line["name"] for line in lines] == [*LIMITS, *KEYS]
    assert all(line["value"] == line["default"] for line in lines)


def test_retention_moves_the_intervals_of_cards_answered_before(small: Learner) -> None:
    due = small.answer("first")["due"]
    assert small.quiz("config", "retention", "0.8").code == 0
    small.quiz("undo")
    later = small.answer("first")["due"]
    assert later > due
    assert small.quiz("config", "retention", "--default", "--json").json["value"] == 0.9
    events = [(e["type"], e["data"]) for e in small.quiz("log", "--json").lines if e["type"] == "set"]
    assert events == [("set", {"retention": 0.8}), ("set", {"retention": 0.9})]


def test_new_per_day_is_what_a_day_brings(learner: Learner) -> None:
    learner.bank(bank_text([question(f"q{nth}", topic=("masks", "heads")[nth % 2]) for nth in range(4)]))
    learner.quiz("config", "new_per_day", "2")
    learner.answer("q0")
    learner.answer("q1")
    assert learner.quiz("next", "--json").json["card"] is None


def test_the_study_day_begins_at_the_hour_that_was_set(small: Learner) -> None:
    small.at("2026-11-24T05:00:00+01:00")
    assert small.quiz("status", "--json").json["study_day"] == "2026-11-24"
    small.quiz("config", "rollover", "6")
    assert small.quiz("status", "--json").json["study_day"] == "2026-11-23"


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("retention", "0.5", "retention cannot be 0.5: it is a number from 0.7 to 0.97."),
        ("retention", "nan", "retention cannot be nan"),
        ("new_per_day", "2.5", "a whole number from 0 to 1000"),
        ("rollover", "soon", "a whole number from 0 to 23"),
        ("colour", "blue", "colour cannot be 'blue': it is one of auto, never."),
        ("plain", "perhaps", "plain cannot be 'perhaps': it is true or false."),
        ("volume", "11", "There is no setting 'volume'"),
    ],
)
def test_a_wrong_value_names_key_value_and_what_is_allowed(learner: Learner, name: str, value: str, told: str) -> None:
    done = learner.quiz("config", name, value)
    assert (done.code, done.out) == (2, "") and told in done.err and done.err.count("\n") == 1
    assert not (learner.home / "config.toml").exists()
    assert learner.quiz("log").out == ""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("plain = 3", "plain cannot be 3: it is true or false."),
        ("volume = 11", "There is no setting 'volume'"),
        ("plain = ", "is no TOML"),
        ("[plain]\nx = 1", "plain cannot be {'x': 1}"),
    ],
)
def test_a_file_that_is_wrong_is_told_by_every_command_and_loses_nothing(small: Learner, text: str, told: str) -> None:
    small.answer("first")
    (small.home / "config.toml").write_text(text)
    for command in (["status"], ["next", "--json"], ["config"]):
        done = small.quiz(*command)
        assert (done.code, done.out) == (1, "") and told in done.err and "config.toml" in done.err
    (small.home / "config.toml").unlink()
    assert small.quiz("status", "--json").json["answered_today"] == 1


def test_this_machines_settings_are_lines_of_a_file_whose_other_lines_stay(small: Learner) -> None:
    path = small.home / "config.toml"
    small.quiz("status")
    path.write_text('# mine\nplain = true\neditor = "vi"\n')
    small.quiz("config", "editor", 'code -w "x"')
    assert path.read_text() == '# mine\nplain = true\neditor = "code -w \\"x\\""\n'
    small.quiz("config", "plain", "--default")
    assert path.read_text() == '# mine\neditor = "code -w \\"x\\""\n'


def test_ones_own_bank_files_may_lie_elsewhere(learner: Learner, tmp_path_factory: pytest.TempPathFactory) -> None:
    place = tmp_path_factory.mktemp("elsewhere")
    (place / "mine.yaml").write_text(bank_text([question("of-my-own")]))
    learner.quiz("config", "bank", str(place))
    assert "of-my-own" in [line["id"] for line in learner.quiz("bank", "list", "--json").lines]


def test_colours_can_be_switched_off_for_good(learner: Learner) -> None:
    from quiz.commands import _context

    learner.quiz("config", "colour", "never")
    assert _context.environ()["NO_COLOR"] == "1"


def test_settings_from_elsewhere_that_are_out_of_bounds_are_passed_over() -> None:
    from quiz.study.event import Event
    from quiz.study.settings import Settings, settings_of

    strange = ({"retention": 7}, {"rollover": "x"}, {"weights": [1, 2]}, {"weights": [float("nan")] * 21}, {"mood": 1})
    events = [Event("set", nth, 0, 0, data=data, id=str(nth)) for nth, data in enumerate(strange)]
    assert settings_of(events) == Settings()
