"""docs/proofs.md says what the demos of the folder say."""

import re

import pytest

from docs import make_proofs
from quiz.proofs import _catalogue


@pytest.fixture(scope="module")
def written():
    with open(make_proofs.PAGE, encoding="utf-8") as file:
        return file.read()


def words(page):
    """A page without what differs between machines: figures, the rows of curves, and the shades of cells."""
    kept = "\n".join(line for line in page.splitlines() if "┤" not in line and "│" not in line)
    return " ".join(re.sub(r"[\d.,+-]+(e[+-]?\d+)?|[\u2500-\u259f\u2800-\u28ff]", " ", kept).split())


def test_the_page_has_a_section_for_every_demo_made_from_its_present_code(written):
    found = re.findall(r"^## (\S+)\n\n<!-- (\w+) -->", written, re.MULTILINE)
    expected = [(entry.name, make_proofs.digest(entry.name)) for entry in _catalogue.entries()]
    assert found == expected, "stale: run python docs/make_proofs.py"


def test_the_page_says_what_the_demos_print_today(written):
    assert words(make_proofs.page()) == words(written), "stale: run python docs/make_proofs.py"
