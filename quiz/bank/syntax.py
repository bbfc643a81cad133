"""What the YAML parser and the characters of a file complain about, in words for the person who wrote it."""

import codecs
import re
from collections.abc import Iterator

from yaml.error import MarkedYAMLError, YAMLError

from quiz.bank.finding import Fault, shown

CHUNK = 1 << 20
MAX_DEPTH = 6
"""Levels inside a question; options need three."""
BLOCK = "write the text as a block: `|` after the field's name, the text indented on the lines below"

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|\r(?!\n)")
HIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What an escape in double quotes may not smuggle into a text."""

_CAUSES = (
    ("mapping values are not allowed", "a colon followed by a space stands in text without quotes", BLOCK),
    ("unexpected end of stream", "a quote is opened here and never closed", "close it, or " + BLOCK),
    (
        "unknown escape character",
        "a backslash in double quotes begins an escape",
        "use single quotes for formulas, or " + BLOCK,
    ),
    ("invalid Unicode", "an escape in double quotes names no character", "write the character itself"),
    ("'\\t'", "a tab stands where YAML wants spaces", "indent with spaces"),
    ("tab character", "a tab stands where YAML wants spaces", "indent with spaces"),
    (
        "character that cannot start",
        "a text begins with a character that means something in YAML",
        "put quotes around it, or " + BLOCK,
    ),
    ("alphabetic or numeric", "a text begins with a character that means something in YAML", "put quotes around it"),
    ("expected ',' or", "a bracket `[` or `{` is opened and not closed", "close it, or put quotes around the text"),
    ("expected ':'", "a line has neither a dash nor a field's name and a colon", "check its indentation, or " + BLOCK),
    (
        "expected key",
        "a line is indented unlike the fields around it",
        "give all fields of a question the same indentation",
    ),
    (
        "block end",
        "a line is indented unlike the fields around it",
        "give all fields of a question the same indentation",
    ),
    (
        "expected '-'",
        "a line is indented unlike the list around it",
        "begin each item with a dash, all of them equally indented",
    ),
    ("block sequence entries are not allowed", "a list begins on the line of its field", "begin it on the next line"),
    ("directive", "a line begins with `%`", BLOCK),
    (
        "maximum nesting depth",
        f"lists are nested more than {MAX_DEPTH} deep",
        BLOCK,
    ),
)


def characters(data: bytes) -> Iterator[Fault]:
    """What keeps a file from being text: bytes that are not UTF-8, control characters, hidden line breaks."""
    decoder, line = codecs.getincrementaldecoder("utf-8")(), 1
    for start in range(0, len(data), CHUNK):
        try:
            text = decoder.decode(data[start : start + CHUNK], start + CHUNK >= len(data))
        except UnicodeDecodeError as error:
            line += error.object[: error.start].count(b"\n")
            yield Fault(line, "", f"the byte {error.object[error.start]:#04x} is not UTF-8", "save the file in UTF-8")
            return
        places: dict[str, list[int]] = {}
        for match in _FORBIDDEN.finditer(text):
            places.setdefault(match[0], []).append(match.start())
        for character, its in places.items():
            problem = f"the character U+{ord(character):04X} is not allowed" + f", {len(its)} times" * (len(its) > 1)
            fix = "save the file with ordinary line ends" if character in "\r\x85\u2028\u2029" else "delete it"
            yield Fault(line + text.count("\n", 0, its[0]), "", problem, fix)
        if places:
            return
        line += text.count("\n")


def explained(error: Exception, before: int) -> Fault:
    """The fault behind an error of the parser, which began `before` lines into the file."""
    if not isinstance(error, MarkedYAMLError):
        said = str(error) if isinstance(error, (YAMLError, ValueError)) else type(error).__name__
        return Fault(before + 1, "", f"this is no YAML: {shown(said, 80)}", BLOCK)
    mark = error.problem_mark or error.context_mark
    said = f"{error.problem} {error.context or ''}"
    begun = any(word in said for word in ("end of stream", "expected ',' or", "simple key"))
    if error.context_mark and begun:  # where it began tells more than where the parser gave up
        mark = error.context_mark
    line = before + mark.line + 1 if mark else before + 1
    for sign, problem, fix in _CAUSES:
        if sign in said:
            return Fault(line, "", problem, fix)
    return Fault(line, "", f"this is no YAML: {error.problem}", BLOCK)
