"""A bank file's bytes as questions, and what is wrong with the file: one pass over parser events.

After an error the pass begins anew at the next question, so that one question costs no other.
"""

import re
from collections.abc import Iterator
from typing import Any

from yaml.error import YAMLError
from yaml.events import (
    DocumentEndEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from quiz.bank.events import Raw, Reader, Refused
from quiz.bank.finding import Fault, nearest, shown
from quiz.bank.syntax import characters, explained

BOM = b"\xef\xbb\xbf"
MAX_RESTARTS = 50
"""Broken questions after which a file is given up."""
BEGIN = "begin it with `schema: 1` and `questions:`"
FIELDS = "a bank file has `schema` and `questions`"

_ERRORS = (Refused, YAMLError, ValueError, OverflowError, RecursionError, MemoryError)


def parse(data: bytes) -> Iterator[Raw | Fault]:
    """The questions of a file in their order, and between them what is wrong with the file itself; raises nothing."""
    if data.startswith(BOM):
        data = data[len(BOM) :]
    faults = list(characters(data))
    yield from faults
    if not faults:
        reader = _File(data)
        try:
            yield from reader.file()
        except _ERRORS as error:
            yield reader.fault(error)


class _File(Reader):
    """All of a file; begins anew behind a broken question."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.data = data
        self.offset = 0
        """Where in the file the parser began."""
        self.opening = 0
        """How many events open the document, before the list goes on."""
        self.restarts = 0
        self.begun = 0
        """The line on which the latest item of the list began."""

    def fault(self, error: Exception) -> Fault:
        """What was wrong, with the field that was being read."""
        fault = error.fault if isinstance(error, Refused) else explained(error, self.before)
        return fault if self.raw is None else fault._replace(field=self.field())

    def file(self) -> Iterator[Raw | Fault]:
        """All of the file: `schema: 1` and `questions:`."""
        unnamed = "the file does not begin with the name of a field"
        start = self.data.lstrip()
        if start[:1] == b"[":  # some versions of the parser look at all of a deep list before its first event
            yield Fault(1 + self.data.count(b"\n", 0, len(self.data) - len(start)), "", unnamed, BEGIN)
            return
        self.get()
        if type(self.get()) is StreamEndEvent:
            yield Fault(0, "", "the file is empty", BEGIN, "warning")
            return
        event = self.get()
        if type(event) is not MappingStartEvent:
            yield Fault(self.line(event), "", unnamed, BEGIN)
            return
        seen: set[str] = set()
        while type(event := self.get()) is ScalarEvent:
            yield from self.top(event, seen)
            if self.restarts:
                return  # what follows the list is not part of the document that was begun anew
        if type(event) is MappingEndEvent:
            yield from self.last(seen)
        else:
            yield Fault(
                self.line(event), "", "the name of a field is not text", "a bank file has `schema` and `questions`"
            )

    def top(self, key: Any, seen: set[str]) -> Iterator[Raw | Fault]:
        """One field of the file."""
        name, event = key.value, self.get()
        if name in seen:
            yield Fault(
                self.line(key), name, "the field stands twice in the file", "put all questions below one `questions:`"
            )
        seen.add(name)
        if name == "questions":
            yield from self.questions(event)
        elif name != "schema":
            near = nearest(name, ("schema", "questions"))
            fix = f"did you mean `{near}`?" if near else FIELDS
            yield Fault(self.line(key), "", f"a bank file has no field {shown(name)}", fix)
            self.skip(event)
        elif getattr(event, "value", None) != "1":
            fix = "write `schema: 1`, or update this program"
            raise Refused(Fault(self.line(key), "schema", "this program reads schema 1 only", fix))

    def last(self, seen: set[str]) -> Iterator[Fault]:
        """What can be said at the end of the file's one document."""
        if "questions" not in seen:
            yield Fault(0, "questions", "the file has no `questions:`", "add it, with the questions as a list below")
        if "schema" not in seen:
            yield Fault(1, "schema", "the file does not say its schema", "add `schema: 1` as the first line", "warning")
        while type(event := self.get()) is DocumentEndEvent:
            pass
        if type(event) is not StreamEndEvent:
            yield Fault(self.line(event), "", "a second document begins here and is not read", "delete the line `---`")

    def questions(self, event: Any) -> Iterator[Raw | Fault]:
        """The list of questions; after an error it begins anew at the next one."""
        if type(event) is not SequenceStartEvent:
            empty = type(event) is ScalarEvent and not event.value
            fault = Fault(
                self.line(event), "questions", "it is not a list", "put each question below it, beginning with `- id:`"
            )
            yield fault._replace(problem="there are no questions", severity="warning") if empty else fault
            self.skip(event)
            return
        column = event.start_mark.column if event.start_mark else 0
        while True:
            try:
                item = self.item()
            except _ERRORS as error:
                item = self.fault(error)
                self.begun = self.begun if self.raw else max(self.begun, item.line)
                yield self.raw._replace(faults=[*self.raw.faults, item]) if self.raw else item
                if not self.resume(column):
                    return
                if self.restarts > MAX_RESTARTS:
                    fix = "repair the errors above first"
                    yield Fault(self.before + 1, "", "the file is not read from here on", fix)
                    return
            else:
                if item is None:
                    return
                yield item

    def item(self) -> Raw | Fault | None:
        """The next item of the list, None at its end."""
        while self.opening:
            self.opening -= 1
            self.get()
        event = self.get()
        if type(event) is SequenceEndEvent:
            return None
        self.begun = self.line(event)
        if type(event) is MappingStartEvent:
            return self.question(event)
        self.skip(event)
        return Fault(self.begun, "", "this item of the list is not a question", "begin each question with `- id:`")

    def resume(self, column: int) -> bool:
        """Begin anew at the next dash of the list below the latest item; False if there is none."""
        self.restarts += 1
        here = self.offset
        for _ in range(self.begun - self.before):
            here = self.data.find(b"\n", here) + 1 or len(self.data)
        found = re.compile(rb"^ {%d}-(?=[ \r\n])" % column, re.MULTILINE).search(self.data, here)
        if found is None:
            return False
        before = self.before + self.data.count(b"\n", self.offset, found.start())
        self.offset, self.opening = found.start(), 3  # the stream, the document and the list begin once more
        self.begin(self.data[self.offset :], before)
        return True
