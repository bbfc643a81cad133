"""Bank files for tests: one that checks, and fifty that are broken, each with what has to be said about it."""

from typing import NamedTuple

GOOD = """\
schema: 1
questions:
  - id: scaling
    area: transformer-internals
    topic: attention
    level: basic
    kind: recall
    question: |
      Why divide?
    answer: |
      Variance.
    key_points:
      - one
      - two
      - three
    sources:
      - Vaswani et al. 2017, section 3
"""
NEXT = GOOD.partition("questions:\n")[2].replace("id: scaling", "id: second")
CHOICE = NEXT.replace("recall", "choice").replace("id: second", "id: pick")


class Broken(NamedTuple):
    """A bank file, how many of its questions are good all the same, and pieces of what must be said, line by line."""

    text: str | bytes
    good: int
    said: tuple[str, ...]


def put(old: str, new: str, more: str = "") -> str:
    """The good bank with something replaced, and something behind it."""
    assert old in GOOD
    return GOOD.replace(old, new) + more


BROKEN = {
    "an empty file": Broken("", 0, ("f: warning: the file is empty. Begin it with `schema: 1` and `questions:`.",)),
    "a comment only": Broken("# hello\n", 0, ("f: warning: the file is empty",)),
    "a list at the top": Broken("- a\n", 0, ("f:1: the file does not begin with the name of a field",)),
    "text at the top": Broken("hello\n", 0, ("f:1: the file does not begin with the name of a field",)),
    "100,000 nested lists": Broken("[" * 100_000, 0, ("f:1: the file does not begin with the name of a field",)),
    "no question": Broken("schema: 1\nquestions:\n", 0, ("f:2: warning: questions: there are no questions",)),
    "no list of questions": Broken("schema: 1\n", 0, ("f: questions: the file has no `questions:`",)),
    "questions that are no list": Broken("schema: 1\nquestions: many\n", 0, ("f:2: questions: it is not a list",)),
    "no schema": Broken(put("schema: 1\n", ""), 1, ("f:1: warning: schema: the file does not say its schema",)),
    "a newer schema": Broken(put("schema: 1", "schema: 2"), 0, ("f:1: schema: this program reads schema 1 only",)),
    "a field that bank files do not have": Broken(
        put("schema: 1", "schema: 1\nquestion: x"), 1, ("f:2: a bank file has no field 'question'. Did you mean `que",)
    ),
    "questions twice": Broken(put("", "", "questions: []\n"), 1, ("f:18: questions: the field stands twice",)),
    "a second document": Broken(put("", "", "---\nschema: 1\n"), 1, ("f:18: a second document begins here",)),
    "bytes that are not UTF-8": Broken(
        GOOD.encode().replace(b"Why", b"W\xff"), 0, ("f:9: the byte 0xff is not UTF-8",)
    ),
    "a character cut in two": Broken(GOOD.encode() + b"\xe2\x82", 0, ("f:18: the byte 0xe2 is not UTF-8",)),
    "UTF-16": Broken(GOOD.encode("utf-16"), 0, ("f:1: the byte 0xff is not UTF-8",)),
    "a NUL": Broken(put("Why", "W\0y"), 0, ("f:9: the character U+0000 is not allowed. Delete it.",)),
    "an escape sequence": Broken(put("Why", "\x1b[31mWhy"), 0, ("f:9: the character U+001B is not allowed",)),
    "a hidden line break that makes a key": Broken(
        put("Why divide?", "Why?\u2028    level: advanced"), 0, ("f:9: the character U+2028 is not allowed",)
    ),
    "a next-line character": Broken(
        put("Why divide?", "Why?\x85    level: x"), 0, ("f:9: the character U+0085 is not",)
    ),
    "line ends of old Macs": Broken(
        GOOD.replace("\n", "\r"),
        0,
        ("f:1: the character U+000D is not allowed, 17 times. Save the file with ordinary",),
    ),
    "half a character, escaped": Broken(
        put("- one", '- "\\ud800"'), 0, ("f:13: scaling: key_points: an escape in double quotes names no character",)
    ),
    "a formula in double quotes": Broken(
        put("- one", '- "\\frac{1}{2}"'),
        0,
        ("f:13: scaling: key_points: a backslash in double quotes made the character U+000C. Use single quotes for",),
    ),
    "an unknown escape": Broken(
        put("- one", '- "\\sqrt{2}"', NEXT), 1, ("f:13: scaling: key_points: a backslash in double quotes begins an",)
    ),
    "100,000 nested lists in a question": Broken(
        put("- one", "- " + "[" * 100_000, NEXT), 1, ("f:13: scaling: key_points: lists are nested more than 6 deep",)
    ),
    "100,000 nested lists in blocks": Broken(
        put("- one", "- " * 100_000 + "x", NEXT), 1, ("f:13: scaling: key_points: lists are nested more than 6 deep",)
    ),
    "an endless list": Broken(
        put("- one", "- " + "x\n      - " * 5_000 + "x", NEXT),
        1,
        ("f:3: scaling: key_points: the question has more than", "f:12: scaling: key_points: the list has 1984"),
    ),
    "an alias bomb": Broken(
        "a: &a [x, x]\nb: &b [*a, *a]\nschema: 1\nquestions: *b\n",
        0,
        ("f:1: a bank file has no field 'a'", "f:2: a bank file has no field 'b'", "f:4: questions: it is not a list"),
    ),
    "an anchor and its alias": Broken(
        put("key_points:", "key_points: &k").replace("    sources:", "    pitfalls: *k\n    sources:"),
        0,
        ("f:12: scaling: key_points: anchors (`&k`)", "f:16: scaling: pitfalls: aliases (`*k`) are not read"),
    ),
    "text that looks like an alias": Broken(
        put("- one", "- *bold* text"), 0, ("key_points: a text begins with a character that means something in YAML",)
    ),
    "a merge key": Broken(
        put("    level:", "    <<: {a: b}\n    level:"), 0, ("f:6: scaling: <<: merge keys (`<<`) are",)
    ),
    "a tag that would run code": Broken(
        put("id: scaling", "id: !!python/object/apply:os.system [echo]"),
        0,
        ("f:3: id: tags ('!!python/object/apply:os.system') are not read",),
    ),
    "a field twice": Broken(
        put("    level: basic", "    level: basic\n    level: advanced"),
        0,
        ("f:7: scaling: level: the field 'level' stands twice. Delete one of them.",),
    ),
    "a field whose name is a list": Broken(
        put("    level: basic", "    ? [a, b]\n    : basic", NEXT),
        1,
        ("f:6: scaling: topic: the name of a field is not",),
    ),
    "a field whose name is a number": Broken(
        put("    level: basic", "    level: basic\n    1: x"),
        0,
        ("f:7: scaling: 1: there is no field '1'. Delete it.",),
    ),
    "a very long text": Broken(
        put("- one", "- " + "9" * 20_001), 0, ("f:13: scaling: key_points: the text has 20,001 characters, more than",)
    ),
    "a typo in a field": Broken(
        put("answer:", "anwser:"),
        0,
        (
            "f:3: scaling: answer: it is missing. Add `answer: |` and the text",
            "f:10: scaling: anwser: there is no field 'anwser'. Did you mean `answer`?",
        ),
    ),
    "a list where text should be": Broken(
        put("question: |\n      Why divide?", "question:\n      - Why divide?"),
        0,
        ("f:8: scaling: question: it must be text, not a list",),
    ),
    "text where a list should be": Broken(
        put("key_points:\n      - one\n      - two\n      - three", "key_points: one"),
        0,
        ("f:12: scaling: key_points: it must be a list, not 'one'. Put each item on a line of its own",),
    ),
    "inline YAML": Broken(
        put("question: |\n      Why divide?", "question: {Why divide: it}"),
        0,
        ("f:8: scaling: question: it must be text, not a mapping",),
    ),
    "a question with an id only": Broken(
        "schema: 1\nquestions:\n  - id: a\n    kind: recall\n",
        0,
        (
            *(f"f:3: a: {field}: it is missing" for field in ("area", "topic", "level", "question", "answer")),
            "f:3: warning: a: sources: no source is named",
        ),
    ),
    "no id": Broken(put("  - id: scaling\n    area", "  - area"), 0, ("f:3: id: it is missing. Add `id:` with a",)),
    "no kind": Broken(
        put("    kind: recall\n", ""), 0, ("f:3: scaling: kind: it is missing. Add `kind:` with one of",)
    ),
    "a typo in the kind": Broken(
        put("recall", "recal"), 0, ("f:7: scaling: kind: there is no kind 'recal'. Did you mean `recall`?",)
    ),
    "an id with blanks": Broken(
        put("id: scaling", "id: Attention Scaling!"),
        0,
        ("f:3: Attention Scaling!: id: 'Attention Scaling!' is not made of a-z, 0-9 and dashes, 80 at most",),
    ),
    "a typo in the topic": Broken(
        put("topic: attention", "topic: atention"),
        0,
        ("f:5: scaling: topic: there is no topic 'atention'. Did you mean",),
    ),
    "a topic of another area": Broken(
        put("topic: attention", "topic: gpt"),
        0,
        ("f:5: scaling: topic: 'gpt' belongs to another area than 'transformer-internals'. Write `area: llm",),
    ),
    "an unknown level": Broken(
        put("basic", "easy"),
        0,
        ("f:6: scaling: level: there is no level 'easy'. Write one of basic, intermediate, adv",),
    ),
    "an empty answer": Broken(
        put("      Variance.\n", ""), 0, ("f:10: scaling: answer: the text is empty. Write the",)
    ),
    "too few key points": Broken(
        put("      - two\n      - three\n", ""),
        0,
        ("f:12: scaling: key_points: a recall question has 3 to 6 key points",),
    ),
    "no source": Broken(GOOD.partition("    sources")[0], 1, ("f:3: warning: scaling: sources: no source is named",)),
    "an unknown way of verifying": Broken(
        put("", "", "    verified_by: me\n"),
        0,
        ("f:18: scaling: verified_by: 'me' is not known here. Write 'demo', 'gen",),
    ),
    "a follow-up of itself": Broken(
        put("", "", "    follow_ups:\n      - scaling\n"),
        0,
        ("f:18: scaling: follow_ups: 'scaling' is this question",),
    ),
    "a colon in text without quotes": Broken(
        put("question: |\n      Why divide?", "question: Why: divide?", NEXT),
        1,
        ("f:8: scaling: question: a colon followed by a space stands in text without quotes. Write the text as",),
    ),
    "a tab": Broken(
        put("    level", "\tlevel", NEXT), 1, ("f:6: scaling: topic: a tab stands where YAML wants spaces",)
    ),
    "an open quote": Broken(
        put("- one", '- "one', NEXT), 1, ("f:13: scaling: key_points: a quote is opened here and never closed",)
    ),
    "an open bracket": Broken(put("- one", "- [one", NEXT), 1, ("f:13: scaling: key_points: a bracket `[` or `{` is",)),
    "a backtick at the beginning": Broken(
        put("- one", "- `one`", NEXT), 1, ("f:13: scaling: key_points: a text begins with a character that means",)
    ),
    "a line with no colon": Broken(
        put("    level: basic", "    level", NEXT), 1, ("f:6: scaling: topic: a line has neither a dash nor a field's",)
    ),
    "a field indented too little": Broken(
        put("    level", "   level", NEXT),
        1,
        (
            "f:3: scaling: kind: it is missing",
            "f:3: warning: scaling: sources: no source",
            "f:6: a line is indented unlike the list around it",
        ),
    ),
    "an item that is no question": Broken(
        put("", "", "  - text\n"), 1, ("f:18: this item of the list is not a question",)
    ),
    "options that are none": Broken(
        "schema: 1\nquestions:\n"
        + CHOICE
        + "    options:\n      - text: a\n        right: maybe\n      - txt: b\n        why: c\n      - plain\n",
        0,
        (
            "f:19: pick: options.1.right: it must be true or false, not 'maybe'",
            "f:21: pick: options.2.text: it is missing. Add `text:`.",
            "f:21: pick: options.2.txt: there is no field 'txt'. Did you mean `text`?",
            "pick: options.3: it must be a mapping of fields, not 'plain'",
        ),
    ),
    "noise": Broken(bytes(range(256)), 0, ("f:2: the byte 0x80 is not UTF-8",)),
}
