"""The outline of the bank against the syllabus, its own rules, and the questions that are written by now."""

import csv
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from quiz.bank.coverage import syllabus
from quiz.bank.generators._draw import names as generator_names
from quiz.bank.kind import kind_names
from quiz.bank.load import Loaded, load
from quiz.bank.question import LEVELS, TOPICS, Question

ROOT = os.path.dirname(os.path.dirname(__file__))


class Line(NamedTuple):
    """A question as the outline announces it."""

    id: str
    area: str
    topic: str
    level: str
    kind: str
    concept: str
    asks: str
    verified_by: str
    follow_ups: tuple[str, ...]

    @property
    def checked(self) -> str:
        """`demo`, `generator` or `cited`: what verifies it, before anything else that it links to."""
        return self.verified_by.partition(":")[0]

    @property
    def links(self) -> list[str]:
        """The demos and generators that it names, each with its prefix."""
        return [part for part in self.verified_by.split(" + ") if part.startswith(("demo:", "generator:"))]


def rows(name: str) -> Iterator[dict[str, Any]]:
    with open(os.path.join(ROOT, "docs", name), encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, strict=True)


OUTLINE = [Line(**{**row, "follow_ups": tuple(row["follow_ups"].split())}) for row in rows("outline.csv")]
SYLLABUS = syllabus()
BY_ID = {line.id: line for line in OUTLINE}
SHIPPED: list[Question] = [
    item.question for item in load(os.path.join(ROOT, "data", "questions.yaml")) if isinstance(item, Loaded)
]


def test_the_syllabus_counts_the_same_questions_by_topic_and_level_as_by_kind_and_area() -> None:
    by_topic = [cell for cell in SYLLABUS if not cell.kind]
    by_kind = [cell for cell in SYLLABUS if cell.kind]
    assert [(cell.area, cell.topic, cell.level) for cell in by_topic] == [
        (area, topic, level) for area, topics in TOPICS.items() for topic in topics for level in LEVELS
    ]
    assert {cell.kind for cell in by_kind} == set(kind_names())
    for area in TOPICS:
        assert sum(c.questions for c in by_topic if c.area == area) == sum(
            c.questions for c in by_kind if c.area == area
        )


def test_no_cell_of_the_outline_is_more_than_two_questions_off_the_syllabus() -> None:
    off = {cell: cell.counts(OUTLINE) for cell in SYLLABUS if cell.off(cell.counts(OUTLINE))}
    assert not off


def test_the_outline_never_has_fewer_questions_than_the_syllabus() -> None:
    assert len(OUTLINE) >= sum(cell.questions for cell in SYLLABUS if not cell.kind)


def test_every_id_is_a_slug_that_no_other_line_has() -> None:
    assert [id for id, times in Counter(line.id for line in OUTLINE).items() if times > 1] == []
    assert [line.id for line in OUTLINE if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", line.id)] == []


def test_the_lines_stand_in_the_order_of_areas_and_topics() -> None:
    order = [(area, topic) for area, topics in TOPICS.items() for topic in topics]
    places = [order.index((line.area, line.topic)) for line in OUTLINE]
    assert places == sorted(places)


def test_each_line_asks_one_question_that_no_other_line_asks() -> None:
    assert [line.id for line in OUTLINE if line.asks.count("?") != 1 or not line.asks.endswith("?")] == []
    assert [asks for asks, times in Counter(line.asks.lower() for line in OUTLINE).items() if times > 1] == []


def test_at_most_four_questions_of_one_topic_share_a_concept_and_no_two_of_a_kind() -> None:
    concepts: defaultdict[str, list[Line]] = defaultdict(list)
    for line in OUTLINE:
        concepts[line.concept].append(line)
    assert [name for name, lines in concepts.items() if len(lines) > 4] == []
    assert [name for name, lines in concepts.items() if len({line.kind for line in lines}) < len(lines)] == []
    assert [name for name, lines in concepts.items() if len({line.topic for line in lines}) > 1] == []


def test_each_line_says_how_its_question_is_verified() -> None:
    form = re.compile(r"(demo:[a-z0-9-]+|generator:[a-z0-9-]+|cited: [^;,]+, [^+]+?)( \+ demo:[a-z0-9-]+)*")
    assert [line.id for line in OUTLINE if not form.fullmatch(line.verified_by)] == []
    assert [line.id for line in OUTLINE if line.kind == "predict" and line.checked != "demo"] == []


def test_numbers_and_shapes_are_drawn_by_generators_that_exist_and_each_generator_has_a_question() -> None:
    drawn = [line for line in OUTLINE if line.checked == "generator"]
    assert {line.kind for line in drawn} <= {"numeric", "shape"}
    assert {line.verified_by.removeprefix("generator:") for line in drawn} == set(generator_names())


@pytest.mark.parametrize("area", ["transformer-internals", "llm-core"])
def test_six_of_ten_questions_about_models_link_to_something_that_runs(area: str) -> None:
    lines = [line for line in OUTLINE if line.area == area]
    assert sum(bool(line.links) for line in lines) >= 0.6 * len(lines)


def test_follow_ups_are_other_questions_of_the_outline_and_never_lead_straight_back() -> None:
    pairs = [(line.id, follow) for line in OUTLINE for follow in line.follow_ups]
    assert [pair for pair in pairs if pair[1] not in BY_ID] == []
    assert [pair for pair in pairs if pair[0] == pair[1] or pair[::-1] in pairs] == []


@pytest.mark.parametrize("topic", [topic for topics in TOPICS.values() for topic in topics])
def test_in_every_topic_a_why_chain_begins_that_is_three_questions_deep(topic: str) -> None:
    starts = [line for line in OUTLINE if line.topic == topic]
    thirds = [third for first in starts for second in first.follow_ups for third in BY_ID[second].follow_ups]
    assert thirds


def test_every_written_question_stands_in_the_outline_with_the_same_fields() -> None:
    names = ("area", "topic", "level", "kind", "concept")
    assert [question.id for question in SHIPPED if question.id not in BY_ID] == []
    differ = [(q.id, name) for q in SHIPPED for name in names if getattr(q, name) != getattr(BY_ID[q.id], name)]
    assert differ == []


def test_every_written_question_is_verified_as_the_outline_says() -> None:
    assert [q.id for q in SHIPPED if q.verified_by != BY_ID[q.id].checked] == []
    runs = {q.id: {f"demo:{name}" for name in q.demos} for q in SHIPPED}
    missing = [
        (q.id, link)
        for q in SHIPPED
        for link in BY_ID[q.id].links
        if link.startswith("demo:") and link not in runs[q.id]
    ]
    assert missing == []


def test_every_written_question_has_the_follow_ups_of_the_outline_that_are_written() -> None:
    written = {question.id for question in SHIPPED}
    differ = [q.id for q in SHIPPED if set(q.follow_ups) != written.intersection(BY_ID[q.id].follow_ups)]
    assert differ == []
