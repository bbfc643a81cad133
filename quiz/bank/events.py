"""One question out of a parser's events: plain text, lists and mappings; nothing recurses or resolves.

Scalars stay text, so that `NO`, `12:30` and `2024-02-30` are what was written. What YAML can do beyond that (anchors,
aliases, tags, merge keys) is refused.
"""

from typing import Any, NamedTuple

from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from quiz.bank.finding import Fault, shown
from quiz.bank.syntax import BLOCK, HIDDEN, MAX_DEPTH

try:
    from yaml._yaml import CParser as Parser
except ImportError:
    from quiz.bank._slow import Parser  # type: ignore[assignment]

MAX_NODES = 2_000
"""Parser events of one question."""
MAX_TEXT = 20_000
"""Characters of one text."""
SPLIT = "split it into several questions"


class Raw(NamedTuple):
    """A question as it stands in the file, before anything is known about its fields."""

    fields: dict[str, Any]
    line: int
    """Where its first field stands, from 1."""
    end: int
    """The line of whatever follows it; 0 if it could not be read to its end."""
    lines: dict[str, int]
    """Field -> line; also `options.2` for a mapping in a list."""
    faults: list[Fault]


class Refused(Exception):
    """Something inside a question that its reading cannot go on from."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault


class Reader:
    """The parser's events, and where in the file they come from."""

    def __init__(self, data: bytes) -> None:
        self.raw: Raw | None = None
        """The question that is being read."""
        self.begin(data, 0)

    def begin(self, data: bytes, before: int) -> None:
        """Read from here; `before` lines of the file lie before."""
        self.raw, self.before = None, before
        self.get: Any = Parser(data).get_event

    def line(self, event: Any) -> int:
        """The line of the file on which an event begins."""
        return int(self.before + event.start_mark.line + 1)

    def field(self) -> str:
        """The field that is being read, or the latest mapping in its list."""
        return next(reversed(self.raw.lines), "") if self.raw else ""

    def question(self, start: Any) -> Raw:
        """One question, its mapping already begun. This loop is what loading a bank costs, so it calls nothing."""
        get, top, line = self.get, dict[str, Any](), self.before + 1
        raw = self.raw = Raw(top, self.line(start), 0, {}, [])
        if start.anchor or start.tag:
            self.odd(start)
        lines = raw.lines
        stack: list[Any] = []
        node: Any = top
        key: str | None = None
        for _ in range(MAX_NODES):
            event = get()
            kind = type(event)
            if kind is ScalarEvent:
                value = event.value
                if type(node) is list:
                    if value or event.style:  # an item left empty is left out
                        node.append(value)
                elif key is None:
                    key = value
                    if not stack:
                        lines[value] = event.start_mark.line + line
                    if value in node or value == "<<":
                        self.twice(event)
                else:
                    if value or event.style:  # and so is a field
                        node[key] = value
                    key = None
                if event.tag or event.anchor or event.style == '"' or len(value) > MAX_TEXT:
                    self.odd(event)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                if not stack:
                    self.raw = None
                    return raw._replace(end=event.start_mark.line + line)
                node, key = stack.pop(), None
            else:
                if type(node) is dict and key is None:
                    raise Refused(self.at(event, "the name of a field is not text", "write its name and a colon"))
                child: Any = {} if kind is MappingStartEvent else [] if kind is SequenceStartEvent else ""
                if type(node) is dict:
                    node[key] = child
                else:
                    node.append(child)
                    if child == {} and len(stack) == 1:
                        lines[f"{self.field().partition('.')[0]}.{len(node)}"] = event.start_mark.line + line
                if event.anchor or kind is AliasEvent or event.tag:
                    self.odd(event)
                if kind is AliasEvent:
                    key = None
                elif len(stack) == MAX_DEPTH:
                    raise Refused(self.at(event, f"lists are nested more than {MAX_DEPTH} deep", BLOCK))
                else:
                    stack.append(node)
                    node, key = child, None
        raise Refused(self.at(start, f"the question has more than {MAX_NODES} parts", SPLIT))

    def at(self, event: Any, problem: str, fix: str) -> Fault:
        """A fault in the field that is being read, where `event` stands."""
        return Fault(self.line(event), self.field(), problem, fix)

    def twice(self, key: Any) -> None:
        """Note a field that stands twice in its mapping, or the sign for merging mappings."""
        if key.value == "<<":
            self.note(key, "merge keys (`<<`) are not read", "write the fields out")
        else:
            self.note(key, f"the field {shown(key.value)} stands twice", "delete one of them")

    def odd(self, event: Any) -> None:
        """Note what a bank does not use of YAML, and texts that are too long or hide something."""
        if type(event) is AliasEvent:
            self.note(
                event, f"aliases (`*{event.anchor}`) are not read", "write the text out, in quotes if the `*` is meant"
            )
            return
        if event.anchor:
            self.note(event, f"anchors (`&{event.anchor}`) are not read", "delete it, or put the text in quotes")
        if event.tag:
            tag = shown(event.tag.replace("tag:yaml.org,2002:", "!!"))
            self.note(event, f"tags ({tag}) are not read", "delete it, or put the text in quotes")
        text = getattr(event, "value", "")
        if hidden := HIDDEN.search(text):
            problem = f"a backslash in double quotes made the character U+{ord(hidden[0]):04X}"
            self.note(event, problem, "use single quotes for formulas, or " + BLOCK)
        if len(text) > MAX_TEXT:
            self.note(event, f"the text has {len(text):,} characters, more than {MAX_TEXT:,}", SPLIT)

    def note(self, event: Any, problem: str, fix: str) -> None:
        """Keep a fault of the question, whose reading goes on."""
        if self.raw:
            self.raw.faults.append(self.at(event, problem, fix))

    def skip(self, event: Any) -> None:
        """Leave out a node of which `event` is the beginning."""
        depth, start = 0, event
        while True:
            if type(event) is MappingStartEvent or type(event) is SequenceStartEvent:
                depth += 1
            elif type(event) is MappingEndEvent or type(event) is SequenceEndEvent:
                depth -= 1
            if depth == 0:
                return
            if depth > MAX_DEPTH:
                raise Refused(Fault(self.line(start), "", f"lists are nested more than {MAX_DEPTH} deep", BLOCK))
            event = self.get()
