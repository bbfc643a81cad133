r"""LaTeX formulas as text: in one line for a sentence (`softmax(QKᵀ/√dₖ)V`), or with stacked fractions for a display.

What is not understood is never guessed at: the source is shown instead. The work grows with the length of the formula
only, whose nesting is limited.
"""

import re
from typing import Final

from quiz.terminal.boxes import Box, bracketed, fenced, fraction, grid, join, line, script, stacked, with_scripts
from quiz.terminal.symbols import ACCENTS, ALPHABETS, FENCES, GRIDS, GROUPS, KINDS, SYMBOLS, TALL
from quiz.terminal.text import clean, width

LONGEST: Final = 2000
"""Characters; a longer formula is shown as its source."""
DEEPEST: Final = 12
"""Groups within groups."""

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\d+(?:\.\d+)?|\s+|.", re.DOTALL)


def inline(latex: str) -> str:
    """`latex` (without its dollars) in one line of Unicode, or `$latex$` where that cannot be done. Never raises."""
    try:
        return _read(latex, flat=True).text.strip()
    except _Unreadable:
        return f"${clean(latex)}$"


def draw(latex: str, *, max_width: int) -> list[str] | None:
    """`latex` in lines of at most `max_width` cells; None where it does not fit or is not understood. Never raises."""
    try:
        box = _read(latex, flat=False)
    except _Unreadable:
        return None
    return [row.rstrip() for row in box.rows] if width(box.text) <= max_width else None


class _Unreadable(Exception):
    """Something in the formula is beyond us."""


def _read(latex: str, *, flat: bool) -> Box:
    if len(latex) > LONGEST:
        raise _Unreadable
    return _Reader(clean(latex), flat).sequence()


class _Reader:
    """Reads a formula from its beginning; `flat`: everything in one row."""

    def __init__(self, latex: str, flat: bool) -> None:
        self.tokens: list[str] = _TOKEN.findall(latex)[::-1]
        self.flat = flat
        self.depth = 0
        self.ended_by = ""

    def peek(self) -> str:
        """The next token that is no white space, left where it is; empty at the end."""
        while self.tokens and self.tokens[-1].isspace():
            self.tokens.pop()
        return self.tokens[-1] if self.tokens else ""

    def next(self) -> str:
        if not self.peek():
            raise _Unreadable
        return self.tokens.pop()

    def sequence(self, *ends: str) -> Box:
        """All up to one of `ends`, which is taken too (none: the end of the formula), as one box."""
        self.deeper()
        boxes = []
        while self.peek() not in (ends or ("",)):
            box = self.scripted(self.item())
            if box.text:
                boxes.append(box)
        if ends:
            self.ended_by = self.next()
        self.depth -= 1
        return join(boxes)

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise _Unreadable

    def argument(self, *, flat: bool) -> Box:
        """What a command or a script applies to: a group, a command or one character."""
        self.deeper()
        outer, self.flat = self.flat, flat
        token = self.peek()
        if token[:1].isdigit() and len(token) > 1:  # \frac12 is a half
            self.tokens[-1:] = [token[1:], token[0]]
        box = self.item()
        self.flat = outer
        self.depth -= 1
        return box

    def raw(self) -> str:
        """The text in the braces that follow, as it stands."""
        if self.next() != "{":
            raise _Unreadable
        depth, text = 1, ""
        while self.tokens:
            token = self.tokens.pop()
            depth += (token == "{") - (token == "}")
            if not depth:
                return text
            text += token[1:] if len(token) == 2 and token[0] == "\\" else token
        raise _Unreadable

    def item(self) -> Box:
        token = self.next()
        if token == "{":
            box = self.sequence("}")
            return box._replace(kind="operand") if box.kind in ("comma", "relation", "sign") else box  # 1{,}000
        if token in ("^", "_"):  # a script of nothing, as in {}^2
            self.tokens.append(token)
            return line("")
        if token[0] == "\\" and len(token) > 1:
            return self.command(token[1:])
        if token in ("}", "&", "\\"):
            raise _Unreadable
        return line({"-": "−", "'": "′", "~": " "}.get(token, token), KINDS.get(token, "operand"))

    def scripted(self, box: Box) -> Box:
        """`box` with the primes, indices and exponents that follow it."""
        primes = ""
        found: dict[str, Box] = {}
        while (mark := self.peek()) in ("^", "_", "'", r"\limits", r"\nolimits"):
            self.next()
            if mark in found:
                raise _Unreadable
            if mark == "'":
                primes += "′"
            elif mark in ("^", "_"):
                found[mark] = self.argument(flat=True)
        return with_scripts(box, found.get("_"), found.get("^"), primes=primes, flat=self.flat)

    def command(self, name: str) -> Box:
        if name in SYMBOLS:
            return line(*SYMBOLS[name])
        if name in ACCENTS:
            return self.accented(ACCENTS[name])
        if name in ALPHABETS:
            return line("".join(ALPHABETS[name].get(letter, letter) for letter in self.argument(flat=True).text))
        match GROUPS.get(name, name):
            case "ignored":
                return line("")
            case "fraction":
                return fraction(self.argument(flat=self.flat), self.argument(flat=self.flat), flat=self.flat)
            case "text":
                return line(self.raw())
            case "word":
                return self.word(name)
            case "sqrt":
                return self.root()
            case "binom":
                return self.binomial()
            case "underset":
                below, box = self.argument(flat=True), self.argument(flat=True)
                return with_scripts(box, below, None, flat=self.flat)
            case "overset" | "stackrel":
                above, box = self.argument(flat=True), self.argument(flat=True)
                return with_scripts(box, None, above, flat=self.flat)
            case "xrightarrow":
                return with_scripts(line("→", "relation"), None, self.argument(flat=True), flat=True)
            case "left":
                left = self.delimiter()
                return fenced(left, self.sequence(r"\right"), self.delimiter())
            case "begin":
                return self.environment()
        raise _Unreadable

    def word(self, name: str) -> Box:
        """An upright name such as softmax; a single letter is an operand, in whatever font."""
        starred = name == "operatorname" and self.peek() == "*" and bool(self.next())
        box = self.argument(flat=self.flat)
        if name.endswith("brace") and box.loose:
            return fenced("(", box, ")")
        if box.flat and len(box.text) > 1 and box.text.replace(" ", "").isalpha():
            return line(box.text, "limit" if starred else "word")
        return box

    def accented(self, accent: str) -> Box:
        """A line over or under every letter; any other accent on the first."""
        from unicodedata import normalize

        text = self.argument(flat=True).text
        if accent in (ACCENTS["bar"], ACCENTS["overline"], ACCENTS["underline"]):
            return line(normalize("NFC", "".join(letter + accent for letter in text)))
        return line(normalize("NFC", text[:1] + accent + text[1:]))

    def root(self) -> Box:
        sign = "√"
        if self.peek() == "[":
            self.next()
            index = self.sequence("]")
            sign = {"2": "√", "3": "∛", "4": "∜"}.get(index.text) or script(index, "^") + "√"
        return line(sign + bracketed(self.argument(flat=True), 1))

    def binomial(self) -> Box:
        upper, lower = self.argument(flat=self.flat), self.argument(flat=self.flat)
        if self.flat:
            return line(f"({upper.text} choose {lower.text})", "group")
        gap = line(" ")
        return fenced("(", stacked([upper, gap, lower], gap), ")")

    def delimiter(self) -> str:
        token = self.next()
        text = SYMBOLS[token[1:]][0] if token[1:] in SYMBOLS else token
        if text not in TALL and text not in ("⟨", "⟩", "."):
            raise _Unreadable
        return text.removeprefix(".")

    def environment(self) -> Box:
        r"""What stands between \begin{...} and \end{...}: a matrix, cases or aligned lines."""
        name = self.raw()
        if name not in GRIDS:
            raise _Unreadable
        if name == "array":
            self.raw()
        rows: list[list[Box]] = [[]]
        self.ended_by = ""
        while self.ended_by != r"\end":
            rows[-1].append(self.sequence("&", r"\\", r"\end"))
            if self.ended_by == r"\\":
                rows.append([])
        if self.raw() != name:
            raise _Unreadable
        if len(rows) > 1 and not any(cell.text for cell in rows[-1]):
            rows.pop()
        aligned = name.startswith(("align", "split", "gather"))
        fences = FENCES.get(name, "")
        if self.flat:
            between = " " if aligned else ", "
            content = line("; ".join(between.join(cell.text for cell in row if cell.text) for row in rows), "group")
        elif name == "gathered":
            content = grid(rows, "c", 0)
        else:
            content = grid(rows, "rl" if aligned else "l" if name == "cases" else "c", 1 if aligned else 2)
        return fenced(fences[:1], content, fences[1:])
