"""An amount that is asked for: its value, its unit, how near is near enough, and what is said about an answer."""

import re
from collections.abc import Sequence
from math import ceil, log10
from typing import NamedTuple

from quiz.bank.finding import shown
from quiz.bank.quantity import BINARY, SI, figure, printed, read, unit
from quiz.bank.question import Verdict
from quiz.errors import Misused
from quiz.memory.values import Rating

_COUNTS = ("No", "One", "Two", "Three", "Four", "Five", "Six")


class Amount(NamedTuple):
    """One value that is asked for."""

    value: float | str
    """A number in `unit`, or a short text (a token, a pair of letters)."""
    unit: str = ""
    tolerance: str = "1 %"
    """`1 %` of the value, `0.005` in its unit, or `exact`."""
    name: str = ""
    """What it is the value of, where several are asked for."""

    def __str__(self) -> str:
        if isinstance(self.value, str):
            return self.value
        room = slack(self)
        digits = max(4, ceil(log10(abs(self.value) / room)) + 1) if room and self.value else 15
        return printed(self.value, self.unit, min(digits, 15))


def tolerance(text: str) -> tuple[float, float]:
    """The share of the value and the amount in its unit that an answer may be off by, of which one is 0."""
    word = text.strip()
    if word == "exact":
        return 0.0, 0.0
    found = re.fullmatch(r"([0-9]*\.?[0-9]+(?:e-?[0-9]+)?)\s*(%?)", word)
    if found is None:
        raise Misused(f"{text!r} is no tolerance: write 1 %, or 0.005 in the unit of the value, or exact.")
    return (float(found[1]) / 100, 0.0) if found[2] else (0.0, float(found[1]))


def slack(amount: Amount) -> float:
    """How far an answer may be off, in the unit of the amount."""
    share, room = tolerance(amount.tolerance)
    return max(room, 0.0 if isinstance(amount.value, str) else share * abs(amount.value))


def near(value: float, amount: Amount) -> bool:
    """Whether a number, in the unit of the amount, is near enough."""
    assert not isinstance(amount.value, str)
    return abs(value - amount.value) <= slack(amount) * (1 + 1e-9) + 1e-13 * abs(amount.value)


def request(amounts: Sequence[Amount]) -> str:
    """The line below a question that says how many values, in which unit and how exactly."""
    if len(amounts) == 1:
        return f"*Answer {_manner(amounts[0])}.*"
    values = "; ".join(f"{amount.name} ({_manner(amount)})" for amount in amounts)
    return f"*{_COUNTS[len(amounts)]} values, with `;` between them: {values}.*"


def judged(response: str, amounts: Sequence[Amount]) -> Verdict:
    """What a typed line is worth; all values have to be right, and an empty line is "don't know"."""
    line = response.strip()
    if not line:
        return Verdict(right=False, rating=Rating.AGAIN, feedback=f"The answer is {answer(amounts)}.")
    told = [held(part, amount) for part, amount in zip(parts(line, len(amounts)), amounts, strict=True)]
    right = all(one for one, _ in told)
    lines = [f"- {amount.name}: {text}" for amount, (_, text) in zip(amounts, told, strict=True)]
    return Verdict(
        right=right,
        rating=Rating.GOOD if right else Rating.AGAIN,
        feedback="\n".join(lines) if len(lines) > 1 else told[0][1],
        response=line,
    )


def answer(amounts: Sequence[Amount]) -> str:
    """The values as we print them, which is a response that `judged` takes for right."""
    return "; ".join(f"**{amount}**" for amount in amounts)


def parts(line: str, count: int) -> list[str]:
    """A line as `count` values: parted by `;`, or by commas or spaces where that gives the right number of them."""
    if count == 1:
        return [line]
    bare = line.strip().strip("()[]")
    separators = (";",) if ";" in bare else (r",\s+", r"\s+", r",(?![0-9]{3}\b)")
    for separator in separators:
        found = [part.strip() for part in re.split(separator, bare)]
        if len(found) == count:
            return found
    raise Misused(f"{shown(line)} is not {count} values: put `;` between them.")


def held(text: str, amount: Amount) -> tuple[bool, str]:
    """Whether what was typed is right, and a sentence that says why; raises Misused where it is no such amount."""
    if not text:
        return False, f"it is **{amount}**"
    typed = quoted(text)
    if isinstance(amount.value, str):
        right = _letters(text) == _letters(amount.value)
        return right, f"{typed} is right" if right else f"{typed} is not right: it is **{amount}**"
    value, given = read(text, amount.unit)
    # A share may be said as a fraction where per cent are asked for: 7/11 is 63.6 %.
    if amount.unit == "%" and "%" not in text and "percent" not in text and not near(value, amount):
        value = 100 * value if near(100 * value, amount) else value
    same = "" if unit(given) == unit(amount.unit) else f" = {printed(value, amount.unit)}"
    same = "" if same == f" = {amount}" else same
    if near(value, amount):
        return True, f"{typed}{same} = {amount}{_closeness(amount)}"
    return False, f"{typed}{same} is {_difference(value, given, amount)}: it is **{amount}**"


def quoted(text: str) -> str:
    """What was typed, as code in Markdown, whatever characters it holds."""
    seen = "".join(char if char.isprintable() else " " for char in text).replace("`", "'").strip()
    return f"`{seen if len(seen) <= 60 else seen[:57] + '...'}`" if seen else "this"


def _manner(amount: Amount) -> str:
    if isinstance(amount.value, str):
        return "as text"
    share, room = tolerance(amount.tolerance)
    unit = {"": "as a number", "$": "in dollars"}.get(amount.unit, f"in {amount.unit}")
    return f"{unit}, {f'within {figure(100 * share)} %' if share else f'to ± {figure(room)}' if room else 'exactly'}"


def _closeness(amount: Amount) -> str:
    share, room = tolerance(amount.tolerance)
    return f" within {figure(100 * share)} %" if share else f" to ± {figure(room)}" if room else ""


def _difference(value: float, given: str, amount: Amount) -> str:
    """In what way a wrong number is wrong: the other kind of prefix, the sign, or by how much."""
    assert not isinstance(amount.value, str)
    for (letter, decimal), binary in zip(SI.items(), BINARY.values(), strict=False):
        for size, other, name in ((decimal, binary, f"{letter.upper()}iB"), (binary, decimal, f"{letter}B")):
            if unit(given) == ("B", size) and near(value * other / size, amount):
                return f"right in {name}, but not in {given}"
    ratio = value / amount.value if amount.value else 0.0
    if ratio < 0:
        return "right but for its sign" if near(-value, amount) else "wrong, its sign as well"
    if ratio >= 1.95:
        return f"{figure(ratio, 3)} times too large"
    if 0 < ratio <= 1 / 1.95:
        return f"{figure(1 / ratio, 3)} times too small"
    if ratio == 0:
        return "not right"
    return f"{figure(100 * abs(ratio - 1), 2)} % too {'large' if ratio > 1 else 'small'}"


def _letters(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())
