"""The JSON Schema that editors read, and the empty questions that `bank add` opens."""

import json
from pathlib import Path

import pytest

from quiz.bank.finding import Finding
from quiz.bank.kind import kind_names
from quiz.bank.load import load_bytes
from quiz.bank.places import shipped
from quiz.bank.question import TOPICS
from quiz.bank.schema import json_schema, template

DATA = Path(__file__).parent.parent.parent / "data"


def test_the_schema_in_the_repository_is_that_of_the_code() -> None:
    kept = (DATA / "questions.schema.json").read_text(encoding="utf-8")
    assert json.loads(kept) == json_schema(), "run `quiz bank schema > data/questions.schema.json`"


def test_the_shipped_bank_names_the_schema_for_editors() -> None:
    with open(shipped(), encoding="utf-8") as file:
        assert file.readline() == "# yaml-language-server: $schema=questions.schema.json\n"


def test_every_kind_is_in_it_with_the_words_that_are_known() -> None:
    schema = json_schema()
    question = schema["properties"]["questions"]["items"]
    assert question["properties"]["kind"]["enum"] == kind_names()
    recall = schema["$defs"]["Recall"]
    assert recall["properties"]["area"]["enum"] == list(TOPICS)
    assert "concept" not in recall["required"] and "answer" in recall["required"]
    assert recall["additionalProperties"] is False


@pytest.mark.parametrize("kind", kind_names())
def test_an_empty_question_can_be_read_and_lacks_only_what_has_to_be_written(kind: str) -> None:
    text = "schema: 1\nquestions:\n" + template(kind)
    findings = [item for item in load_bytes(text.encode(), "f") if isinstance(item, Finding)]
    assert {"id", "area", "topic"} <= {finding.field for finding in findings}
    assert not {"kind", "level", "sources.1"} & {finding.field for finding in findings if finding.severity == "error"}
    assert all("no field" not in finding.problem and "YAML" not in finding.problem for finding in findings), findings
