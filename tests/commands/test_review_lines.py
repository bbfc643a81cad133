"""The session through a pipe: the same loop, line by line."""

from tests.conftest import Learner, bank_text, question, ratings


def test_an_empty_line_is_space_letters_tick_and_digits_or_words_rate(small: Learner) -> None:
    ended = small.quiz("review", stdin="\nabc\n\n\n3\n")
    assert ended.code == 0
    assert ratings(small) == [("first", 2), ("second", 3)]
    assert "Ticked: a, b, c of 4." in ended.out
    assert "\x1b" not in ended.out


def test_words_rate_as_well(small: Learner) -> None:
    small.quiz("review", stdin="\neasy\n\nagain\n")
    assert ratings(small) == [("first", 4), ("second", 1)]


def test_the_end_of_input_ends_the_session_and_loses_nothing(small: Learner) -> None:
    ended = small.quiz("review", stdin="\ngood\n\n")
    assert ended.code == 0
    assert ratings(small) == [("first", 3)]
    assert "1 answer on 1 card" in ended.out


def test_nothing_is_rated_before_the_answer_is_shown(small: Learner) -> None:
    ended = small.quiz("review", stdin="3\n\n")
    assert ratings(small) == []
    assert "First the answer" in ended.out


def test_a_typed_answer_never_is_a_command(small: Learner) -> None:
    small.quiz("review", stdin=":type\nquit\n3\n")
    event = small.quiz("log", "--json").lines[0]
    assert (event["rating"], event["data"]["response"]) == (3, "quit")


def test_undo_goes_back_to_the_card_as_often_as_wanted(small: Learner) -> None:
    ended = small.quiz("review", stdin="\n3\n\n4\n:undo\n:undo\n\n1\n")
    assert "Took back: easy on second" in ended.out and "Took back: good on first" in ended.out
    assert ratings(small)[-1] == ("first", 1)
    status = small.quiz("status", "--json").json
    assert (status["answered_today"], status["learning"]) == (1, 1)


def test_burying_and_suspending_put_a_card_away_and_can_be_undone(small: Learner) -> None:
    small.quiz("review", stdin=":bury\n:suspend\n:quit\n")
    status = small.quiz("status", "--json").json
    assert (status["buried"], status["suspended"], status["total"]) == (1, 1, 3)
    small.quiz("undo")
    small.quiz("undo")
    status = small.quiz("status", "--json").json
    assert (status["buried"], status["suspended"], status["total"]) == (0, 0, 4)


def test_a_flag_leaves_the_card_where_it_is(small: Learner) -> None:
    ended = small.quiz("review", stdin=":flag\n\n3\n")
    assert "Flagged." in ended.out
    assert ratings(small) == [("first", 3)]


def test_a_follow_up_that_is_asked_for_comes_next_and_the_log_says_whose_it_is(small: Learner) -> None:
    small.quiz("review", stdin="\n:follow\n3\n\n3\n")
    assert ratings(small) == [("first", 3), ("deeper", 3)]
    assert small.quiz("log", "--json").lines[1]["data"]["parent"] == "first"


def test_a_hint_is_kept_with_the_review_and_caps_the_proposal(small: Learner) -> None:
    ended = small.quiz("review", stdin=":hint\n\nabcd\n\n")
    assert "4 points" in ended.out
    data = small.quiz("log", "--json").lines[0]["data"]
    assert (data["hint"], data["proposed"], data["ticked"], data["points"]) == (True, 2, [0, 1, 2, 3], 4)


def test_a_choice_is_judged_with_the_reason_for_each_wrong_option(small: Learner) -> None:
    ended = small.quiz("review", "--kind", "choice", stdin="\n\n")
    assert "because it is not" in ended.out
    assert ratings(small) == [("picked", 1)]


def test_a_card_rated_again_comes_back_before_the_session_ends(small: Learner) -> None:
    small.quiz("review", stdin="\n1\n\n3\na\n3\n\n3\n\n3\n")
    assert ratings(small)[0] == ("first", 1)
    assert ratings(small)[-1] == ("first", 3)


def test_nothing_due_says_when_and_what_one_can_do(small: Learner) -> None:
    for card in ("first", "second", "picked", "deeper"):
        small.answer(card, "good")
    ended = small.quiz("review")
    assert ended.code == 0
    assert "Nothing is due" in ended.out and "in 2 days" in ended.out and "--ahead" in ended.out


def test_ahead_practises_what_is_not_due_and_says_so_in_the_log(small: Learner) -> None:
    small.answer("first", "good")
    small.at("2026-11-24T09:00:00+01:00")
    small.quiz("review", "--ahead", stdin="\n3\n")
    assert small.quiz("log", "--json").lines[-1]["setting"] == "ahead"


def test_limits_end_a_sitting(small: Learner) -> None:
    small.quiz("review", "--limit", "1", stdin="\n3\n\n3\n")
    assert len(ratings(small)) == 1


def test_a_command_that_is_not_one_is_said(small: Learner) -> None:
    ended = small.quiz("review", stdin=":dance\nwhat?\n")
    assert ended.out.count("means nothing here") == 2


def test_control_characters_of_a_bank_never_reach_the_terminal(learner: Learner) -> None:
    learner.bank(
        bank_text([question("evil", question="a \u202e b \x9b31m c", answer="\u2066 d")]).replace("\\x9B", "\x9b")
    )
    ended = learner.quiz("review", stdin="\n")
    assert not {"\u202e", "\x9b", "\u2066", "\x1b"} & set(ended.out)


def test_confidence_is_asked_before_the_answer_and_recorded(small: Learner) -> None:
    ended = small.quiz("review", "--confidence", "--limit", "1", stdin="\ne\n3\n")
    question, _, answer = ended.out.partition("how sure are you? a 10 %, b 30 %, c 50 %, d 70 %, e 90 %")
    assert "That is first." not in question and "That is first." in answer
    assert small.quiz("log", "--json").lines[0]["data"]["confidence"] == 0.9


def test_confidence_takes_letters_only_and_says_so(small: Learner) -> None:
    ended = small.quiz("review", "--confidence", "--limit", "1", stdin="\n3\n\nf\na\n3\n")
    assert "That is first." in ended.out
    assert [event["data"]["confidence"] for event in small.quiz("log", "--json").lines] == [0.1]


def test_nobody_is_asked_how_sure_they_are_of_not_knowing(small: Learner) -> None:
    ended = small.quiz("review", "--confidence", "--kind", "choice", stdin="\n1\n")
    assert "how sure" not in ended.out
    assert ratings(small) == [("picked", 1)]


def test_lines_are_as_wide_as_columns_says(small: Learner) -> None:
    ended = small.process("review", "--kind", "recall", stdin=":help\n", COLUMNS="40")
    assert max(map(len, ended.out.partition("Ratings and keys")[2].partition("(an empty")[0].splitlines())) <= 40
