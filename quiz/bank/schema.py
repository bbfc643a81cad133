"""The JSON Schema of a bank file, for editors: from the same adapters that check the questions."""

from dataclasses import fields
from typing import Any

from pydantic import TypeAdapter

from quiz.bank.kind import kind_names
from quiz.bank.question import LEVELS, TOPICS, Question
from quiz.bank.validate import SLUG, adapter


def json_schema() -> dict[str, Any]:
    """What a bank file looks like, all kinds included (JSON Schema, draft 2020-12)."""
    adapters = [(name, "validation", adapter(name)) for name in kind_names()]
    refs, shared = TypeAdapter.json_schemas(adapters, ref_template="#/$defs/{model}")  # type: ignore[arg-type]
    kinds = {name: refs[name, "validation"]["$ref"].removeprefix("#/$defs/") for name in kind_names()}
    for name, model in kinds.items():
        _narrow(shared["$defs"][model], name)
    chosen = [
        {"if": {"properties": {"kind": {"const": name}}}, "then": {"$ref": f"#/$defs/{model}"}}
        for name, model in kinds.items()
    ]
    question = {"type": "object", "properties": {"kind": {"enum": list(kinds)}}, "required": ["kind"], "allOf": chosen}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A bank of interview questions",
        "type": "object",
        "properties": {"schema": {"const": 1}, "questions": {"type": ["array", "null"], "items": question}},
        "required": ["schema", "questions"],
        "additionalProperties": False,
        "$defs": shared["$defs"],
    }


def _narrow(model: dict[str, Any], kind: str) -> None:
    """What the dataclasses do not say: the words that are known, and that the concept may be left out."""
    slug = {"type": "string", "pattern": f"^{SLUG.pattern}$"}
    its = model["properties"]
    its["id"] |= slug
    its["concept"] |= slug
    its["kind"] = {"const": kind}
    its["area"]["enum"] = list(TOPICS)
    its["topic"]["enum"] = [topic for topics in TOPICS.values() for topic in topics]
    its["level"]["enum"] = list(LEVELS)
    for name in ("aliases", "follow_ups", "demos"):
        its[name]["items"] = slug
    model["required"].remove("concept")
    model.pop("description", None)


def template(kind: str) -> str:
    """The lines of an empty question of that kind, to be filled in; what stays empty is left out."""
    model = adapter(kind).json_schema()
    known = {field.name for field in fields(Question)}
    own = [_blank(name, its, model) for name, its in model["properties"].items() if name not in known]
    words = "\n".join(f"    #   {area}: {', '.join(topics)}" for area, topics in TOPICS.items())
    return f"""  - id:
    # area: topics
{words}
    area:
    topic:
    level: basic  # {", ".join(LEVELS)}
    kind: {kind}
    question: |

{"".join(own)}    answer: |

    key_points:
      -
      -
      -
    pitfalls:
      -
    sources:
      -
"""


def _blank(name: str, its: dict[str, Any], model: dict[str, Any]) -> str:
    """A field of one kind alone, empty; a list of mappings with two empty ones, where it is needed."""
    if its.get("type") != "array":
        return f"    {name}:{'  # ' + str(its['default']) if its.get('default') else ''}\n"
    reference = its["items"].get("$ref")
    if not reference:
        return f"    {name}:\n      -\n"
    inner = list(model["$defs"][reference.rpartition("/")[2]]["properties"])
    item = f"      - {inner[0]}:\n" + "".join(f"        {field}:\n" for field in inner[1:])
    return f"    {name}:\n{item * 2}" if name in model["required"] else ""
