"""One question taken out of a file and put back: nothing else moves."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.bank.edit import added, drafted, put_back, replacing, taken, typed
from quiz.bank.load import Loaded, load_bytes
from quiz.errors import Failed
from tests.bank.banks import GOOD, NEXT

BANK = "# my bank\n" + GOOD + "\n  # about the second one\n" + NEXT + "    # its last line\n\n  # the end\n"


def ids(text: str) -> list[str]:
    return [item.question.id for item in load_bytes(text.encode(), "f") if isinstance(item, Loaded)]


def test_a_question_is_taken_out_with_its_own_lines_only() -> None:
    block = taken(BANK, "second")
    assert block.startswith("  - id: second\n") and block.endswith("section 3\n")
    assert block == NEXT


@pytest.mark.parametrize("name", ["scaling", "second"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("last", [True, False])
def test_putting_it_back_unchanged_changes_no_byte(name: str, ends: str, last: bool) -> None:
    text = BANK.replace("\n", ends)
    text = text if last else text.removesuffix(ends)
    assert put_back(text, name, taken(text, name)) == text


def test_an_edit_leaves_every_other_line_as_it_was() -> None:
    edited = put_back(BANK, "second", taken(BANK, "second").replace("Why divide?", "Why?\n      Say more."))
    assert edited == BANK.replace("Why divide?", "Why?\n      Say more.").replace(
        "Why?\n      Say more.", "Why divide?", 1
    )


def test_an_id_may_change_and_comments_inside_stay() -> None:
    block = (
        taken(BANK, "scaling").replace("id: scaling", "id: root  # renamed").replace("    level", "    # eh\n    level")
    )
    edited = put_back(BANK, "scaling", block)
    assert ids(edited) == ["root", "second"]
    assert "    # eh\n" in edited and "# renamed" in edited


def test_a_question_takes_on_the_indentation_and_line_ends_of_its_file() -> None:
    flat = "schema: 1\r\nquestions:\r\n" + NEXT.replace("\n  ", "\n")[2:].replace("\n", "\r\n")
    edited = put_back(flat, "second", taken(BANK, "scaling"))
    assert ids(edited) == ["scaling"]
    assert "\r\n- id: scaling\r\n  area:" in edited
    assert edited.count("\n") == edited.count("\r\n")


def test_new_questions_go_behind_the_last_one() -> None:
    text = added(BANK, taken(BANK, "second").replace("second", "third"))
    assert ids(text) == ["scaling", "second", "third"]
    assert text.startswith(BANK[: BANK.index("    # its last line")])
    assert text.endswith("    # its last line\n\n  # the end\n")


@pytest.mark.parametrize(
    "empty", ["", "schema: 1\nquestions:\n", "schema: 1\nquestions: []  # none\n", "schema: 1\nquestions:"]
)
def test_the_first_question_begins_a_bank(empty: str) -> None:
    text = added(empty, NEXT)
    assert ids(text) == ["second"]
    assert ("# none" in empty) == ("# none" in text)


@pytest.mark.parametrize("broken", ["hello\n", "schema: 1\n", "schema: 1\nquestions: 5\n"])
def test_a_file_without_a_list_of_questions_is_not_added_to(broken: str) -> None:
    with pytest.raises(Failed, match="repair it first"):
        added(broken, NEXT)


@pytest.mark.parametrize(
    "text",
    [
        "schema: 1\nquestions: [{id: second, kind: recall}, {id: b}]\n",
        "schema: 1\nquestions:\n  - {id: second, kind: recall}\n",
        "schema: 1\nquestions:\n  - id: second\n    level: `x`\n",
    ],
)
def test_what_cannot_be_told_from_its_neighbours_is_left_alone(text: str) -> None:
    with pytest.raises(Failed):
        put_back(text, "second", NEXT)


def test_a_question_that_is_gone_meanwhile_is_said_to_be() -> None:
    with pytest.raises(Failed, match="no longer in the file"):
        taken(BANK, "third")


def test_text_that_would_swallow_a_neighbour_is_not_put_back() -> None:
    with pytest.raises(Failed, match="without changing others"):
        put_back(BANK, "scaling", NEXT.replace("second", "scaling") + "    pitfalls: |\n      text\n  - id: more\n")


def test_a_dash_on_a_line_of_its_own_is_understood() -> None:
    text = GOOD + NEXT.replace("  - id", "  -\n    id")
    assert put_back(text, "second", taken(text, "second")) == text
    assert put_back(text, "scaling", taken(text, "second").replace("second", "first"))


def test_a_copy_of_a_shipped_question_says_what_it_replaces() -> None:
    block = replacing(taken(BANK, "second"), "0123456789ab")
    (item,) = load_bytes(drafted(block, "a note").encode(), "f")
    assert isinstance(item, Loaded) and item.question.replaces == "0123456789ab"


def test_the_draft_gives_back_what_was_typed_in_it() -> None:
    draft = drafted(NEXT, "Two lines\nof a note")
    assert draft.startswith("# Two lines\n# of a note\n\nschema: 1\nquestions:\n  - id: second\n")
    assert typed(draft) == NEXT
    assert typed(draft.replace("\n", "\r\n") + "\r\n\r\n") == NEXT


BLOCKS = st.lists(
    st.sampled_from(
        ["# a comment\n", "\n", "  # indented\n", "    # deeper\n", NEXT, NEXT.replace("- one", "- |\n        # one\n")]
    ),
    max_size=6,
)


@settings(max_examples=150, deadline=None)
@given(BLOCKS, st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=30))
def test_whatever_stands_around_it_stays(around: list[str], word: str) -> None:
    named = "".join(piece.replace("second", f"q{n}") for n, piece in enumerate(around))
    text = GOOD + named + NEXT.replace("second", "last") + "# end\n"
    word = word.replace("'", "")
    block = taken(text, "scaling").replace("- one", f"- 'x{word}'")
    edited = put_back(text, "scaling", block)
    assert edited == text.replace("- one", f"- 'x{word}'", 1)
    assert put_back(edited, "scaling", taken(text, "scaling")) == text
