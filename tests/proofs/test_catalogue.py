"""The list of demos, read from the beginning of their files."""

import ast
import re
import subprocess
import sys

import pytest

from quiz.bank.question import TOPICS
from quiz.proofs import _catalogue

NAMES = _catalogue.names()
SLUGS = {topic for topics in TOPICS.values() for topic in topics}


def test_the_folder_is_the_list():
    assert {"softmax-saturation", "score-variance", "equivariance"} <= set(NAMES)
    assert not {"numerics", "--init--", "-demo", "-run"} & set(NAMES)


def test_a_name_is_no_topic():
    assert not SLUGS & set(NAMES)


def test_demos_are_listed_by_topic_and_name():
    listed = [(entry.topic, entry.name) for entry in _catalogue.entries()]
    assert listed == sorted(listed)


@pytest.mark.parametrize("name", NAMES)
def test_a_demo_begins_with_its_claim_topic_and_source(name):
    entry = _catalogue.read(name)
    assert entry.claim.endswith(".") and entry.claim[0].isupper()
    assert entry.topic in SLUGS
    assert entry.source
    with open(_catalogue.path(name), encoding="utf-8") as file:
        docstring = ast.get_docstring(ast.parse(file.read()))
    assert docstring is not None
    head = re.split(r"\n\n", docstring)
    assert head[0] == entry.claim
    assert len(head) >= 3 and _catalogue.explanation(name) == "\n\n".join(head[2:])
    for label, value in (("Topic", entry.topic), ("Source", entry.source), ("Refutes", entry.refutes)):
        assert not value or f"{label}: {value}" in head[1].splitlines()


def test_listing_imports_no_demo():
    code = "from quiz.proofs import _catalogue; import sys; _catalogue.entries(); print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert {m for m in modules if m.startswith("quiz")} == {"quiz", "quiz.proofs", "quiz.proofs._catalogue"}
    assert "numpy" not in modules and "ast" not in modules
