import pytest

from quiz.bank.kinds._options import Option
from quiz.bank.kinds.choice import Choice
from quiz.errors import Misused
from tests.bank.kinds.evidence import made

OPTIONS = (
    Option(text="the keys", right=True),
    Option(text="the queries", why="each query has a row of its own"),
    Option(text="the values", why="they are summed afterwards"),
    Option(text="the heads", why="they do not meet"),
)


def choice(*options: Option) -> Choice:
    question: Choice = made(Choice, options=options or OPTIONS)
    return question


def test_a_seed_orders_the_options_and_no_place_is_safe() -> None:
    assert choice().prompt(3) == choice().prompt(3)
    places = {choice().prompt(seed).options.index("the keys") for seed in range(50)}
    assert places == {0, 1, 2, 3}


def test_the_letter_on_the_screen_is_the_one_that_counts() -> None:
    for seed in range(20):
        letter = "abcd"[choice().prompt(seed).options.index("the keys")]
        assert choice().judge(letter, seed).right
        assert choice().judge(letter.upper(), seed).response == "the keys"


def test_every_wrong_option_says_why_and_the_picked_one_is_marked() -> None:
    feedback = choice().judge("the values", 1).feedback
    assert all(option.why in feedback for option in OPTIONS)
    assert "(your choice) they are summed afterwards" in feedback


def test_a_letter_that_is_not_there_is_refused() -> None:
    with pytest.raises(Misused, match="a letter from a to d"):
        choice().judge("e", 0)


@pytest.mark.parametrize(
    "options",
    [
        (OPTIONS[0],),
        OPTIONS[1:],
        (OPTIONS[0], OPTIONS[0]),
        (OPTIONS[0], Option(text="the heads")),
        (OPTIONS[0], *(Option(text=f"option {nth}", why="no") for nth in range(6))),
    ],
    ids=["one option", "none right", "the same twice", "no reason", "seven"],
)
def test_options_that_are_no_choice_are_found(options: tuple[Option, ...]) -> None:
    assert list(choice(*options).problems())
    assert not list(choice().problems())
