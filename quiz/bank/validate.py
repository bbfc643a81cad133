"""The fields of a question as they stand in the file -> a question, or what is wrong, in words for their writer."""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from types import ModuleType
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from quiz.bank.events import Raw
from quiz.bank.finding import Fault, nearest, shown
from quiz.bank.kind import kind_names, kind_of
from quiz.bank.question import LEVELS, TOPICS, Question

# pydantic asks every installed package for plugins, by way of importlib.metadata, whose import is a tenth of the very
# first start. No other package has business in a bank, so none is looked for here.
_no_plugins = ModuleType("pydantic.plugin._loader")
vars(_no_plugins)["get_plugins"] = lambda: ()
sys.modules.setdefault(_no_plugins.__name__, _no_plugins)

MAX_ITEMS = 50
FILED = {"id", "area", "topic", "concept", "level", "kind", "tags", "aliases", "replaces"}
FILED |= {"follow_ups", "demos", "sources", "verified_by"}
"""Fields that say where a question is filed; the others are what is asked and learnt, and make its version."""

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_SLUGS = ("aliases", "follow_ups", "demos")
_TEXTS = ("question", "answer")
_LISTS = ("key_points", "pitfalls", "sources", "tags")
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode

_MISSING = {
    "id": "add `id:` with a short slug, like `attention-scaling`",
    "area": f"add `area:` with one of {', '.join(TOPICS)}",
    "topic": "add `topic:`, like `attention`",
    "level": f"add `level:` with one of {', '.join(LEVELS)}",
    "question": "add `question: |` and the text on the lines below, indented",
    "answer": "add `answer: |` and the text on the lines below, indented",
    "options": "add `options:` with a list of `- text:` lines below",
}
_WANTED = {
    "string_type": ("it must be text", "write one text, or put quotes around it"),
    "tuple_type": ("it must be a list", "put each item on a line of its own, beginning with `- `"),
    "dataclass_type": ("it must be a mapping of fields", "write its fields one a line, like `text:`"),
    "dict_type": ("it must be a mapping of fields", "write its fields one a line"),
    "bool_parsing": ("it must be true or false", "write `true`, or delete the line"),
    "int_parsing": ("it must be a whole number", "write digits only"),
    "float_parsing": ("it must be a number", "write it like 0.5 or 2e-3"),
    "finite_number": ("it must be a finite number", "write it like 0.5 or 2e-3"),
    "string_unicode": ("it holds a character that is half of one", "write the character itself"),
}


class Valid(NamedTuple):
    """A question that checks, with what the index keeps of it."""

    question: Question
    version: str
    """12 hex digits, a hash of what is asked and learnt."""
    body: str
    """JSON of the fields, for `Question.build`."""


def validated(raw: Raw) -> tuple[Valid | None, list[Fault]]:
    """The question, if it has no error, and everything there is to say about it."""
    given, faults = raw.fields, raw.faults
    given.setdefault("concept", given.get("id"))
    name = given.get("kind")
    question = None
    if isinstance(name, str) and name in kind_names():
        try:
            question = adapter(name).validate_python(given)
        except ValidationError as errors:
            faults = [*faults, *_told(errors, raw, name)]
    elif raw.end:
        faults = [*faults, _unknown_kind(name, raw)]
    common = [fault for fault in _common(given, raw) if raw.end or fault.field in given]
    faults = [*faults, *common] if common else faults
    if question and not any(fault.severity == "error" for fault in faults):
        own = [Fault(_line(raw, p.field), p.field, p.problem, p.fix, p.severity) for p in question.problems()]
        faults = [*faults, *own] if own else faults
    if question is None or any(fault.severity == "error" for fault in faults):
        return None, faults
    return made(question), faults


def made(question: Question) -> Valid:
    """The question with its version and its JSON."""
    dump = adapter(question.kind)
    asked = dump.dump_python(question, mode="json", exclude=FILED, exclude_defaults=True)
    body = dump.dump_json(question, exclude_defaults=True).decode()
    return Valid(question, sha256(_CANONICAL(asked).encode()).hexdigest()[:12], body)


@cache
def adapter(kind: str) -> TypeAdapter[Question]:
    """The validator of a kind, built when its first question is met."""
    return TypeAdapter(kind_of(kind))


def _common(given: Mapping[str, Any], raw: Raw) -> Iterator[Fault]:
    """What holds for questions of every kind; fields of a wrong type are passed over, validation names them."""
    for name in ("id", "concept"):
        if name in raw.lines and isinstance(slug := given.get(name), str) and not SLUG.fullmatch(slug):
            yield _bad_slug(name, slug, raw)
    for name in _SLUGS:
        for slug in _strings(given, name):
            if not SLUG.fullmatch(slug):
                yield _bad_slug(name, slug, raw)
            elif slug == given.get("id") and name != "demos":
                yield Fault(_line(raw, name), name, f"{slug!r} is this question itself", "delete it from the list")
    for name in _TEXTS:
        if isinstance(text := given.get(name), str) and not text.strip():
            yield Fault(_line(raw, name), name, "the text is empty", f"write the {name}")
    for name in _LISTS:
        if not all(map(str.strip, _strings(given, name))):
            yield Fault(_line(raw, name), name, "an item of the list is empty", "write it, or delete its dash")
    for name, value in given.items():
        if isinstance(value, list) and len(value) > MAX_ITEMS:
            problem = f"the list has {len(value)} items, more than {MAX_ITEMS}"
            yield Fault(_line(raw, name), name, problem, "keep the best of them")
    yield from _filing(given, raw)
    if not given.get("sources"):
        yield Fault(raw.line, "sources", "no source is named", "add `sources:` with a paper and its section", "warning")
    if given.get("verified_by") == "demo" and not given.get("demos"):
        yield Fault(
            _line(raw, "verified_by"), "verified_by", "no demo is named", "add `demos:` with its name", "warning"
        )


def _filing(given: Mapping[str, Any], raw: Raw) -> Iterator[Fault]:
    area, topic, level = (given.get(name) for name in ("area", "topic", "level"))
    if isinstance(area, str) and area not in TOPICS:
        yield _unknown("area", area, list(TOPICS), raw)
    if isinstance(topic, str) and topic not in TOPICS.get(str(area), ()):
        home = next((name for name, topics in TOPICS.items() if topic in topics), None)
        if home is None:
            everywhere = [topic for topics in TOPICS.values() for topic in topics]
            yield _unknown("topic", topic, list(TOPICS.get(str(area), everywhere)), raw)
        elif area in TOPICS:
            problem = f"{topic!r} belongs to another area than {area!r}"
            yield Fault(_line(raw, "topic"), "topic", problem, f"write `area: {home}`")
    if isinstance(level, str) and level not in LEVELS:
        yield _unknown("level", level, list(LEVELS), raw)


def _unknown(field: str, value: str, known: list[str], raw: Raw) -> Fault:
    near = nearest(value, known)
    fix = f"did you mean `{near}`?" if near else f"write one of {', '.join(known)}"
    return Fault(_line(raw, field), field, f"there is no {field} {shown(value)}", fix)


def _unknown_kind(name: object, raw: Raw) -> Fault:
    if isinstance(name, str):
        return _unknown("kind", name, kind_names(), raw)
    problem = "it is missing" if name is None else "it must be text"
    return Fault(_line(raw, "kind"), "kind", problem, f"add `kind:` with one of {', '.join(kind_names())}")


def _bad_slug(field: str, slug: str, raw: Raw) -> Fault:
    near = re.sub(r"[^a-z0-9]+", "-", slug.lower()).strip("-")[:80].strip("-")
    fix = f"write `{near}`" if near else "write a short slug, like `attention-scaling`"
    return Fault(_line(raw, field), field, f"{shown(slug)} is not made of a-z, 0-9 and dashes, 80 at most", fix)


def _strings(given: Mapping[str, Any], name: str) -> list[str]:
    value = given.get(name)
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _told(errors: ValidationError, raw: Raw, kind: str) -> Iterator[Fault]:
    """Validation errors in our words; fields that the reading found fault with already are passed over."""
    known = {fault.field.partition(".")[0] for fault in raw.faults}
    for error in errors.errors(include_url=False):
        field = ".".join(str(part + 1) if isinstance(part, int) else part for part in error["loc"])
        top = field.partition(".")[0]
        inherited = top == "concept" and top not in raw.lines
        if top in known or inherited or (error["type"] == "missing" and not raw.end):
            continue
        yield Fault(_line(raw, field), field, *_sentence(error, kind))


def _sentence(error: ErrorDetails, kind: str) -> tuple[str, str]:
    name, value, message = str(error["loc"][-1]), error["input"], error["msg"]
    if error["type"] == "missing":
        return "it is missing", _MISSING.get(name, f"add `{name}:`")
    if error["type"] in ("unexpected_keyword_argument", "extra_forbidden"):
        near = nearest(name, _field_names(kind, nested=len(error["loc"]) > 1))
        return f"there is no field {shown(name)}", f"did you mean `{near}`?" if near else "delete it"
    if error["type"] == "literal_error":
        return f"{shown(value)} is not known here", f"write {message.removeprefix('Input should be ')}"
    unforeseen = (f"it is not accepted ({message[:1].lower()}{message[1:]})", "see `quiz bank schema`")
    problem, fix = _WANTED.get(error["type"], unforeseen)
    what = "a list" if isinstance(value, list) else "a mapping" if isinstance(value, dict) else shown(value)
    return f"{problem}, not {what}", fix


def _field_names(kind: str, nested: bool) -> list[str]:
    schema = adapter(kind).json_schema()
    parts = schema.get("$defs", {}).values() if nested else [schema]
    return [name for part in parts for name in part.get("properties", {})]


def _line(raw: Raw, field: str) -> int:
    """Where a field stands, or the mapping or list that it should stand in."""
    while field:
        if field in raw.lines:
            return raw.lines[field]
        field = field.rpartition(".")[0]
    return raw.line
