"""Amounts as people type them (`1.5e9`, `2.5 GiB`, `3/4`, `75 %`, `6.7B`, `2^20`, `$1,150`) and as we print them."""

import re
from math import floor, isfinite, log10, pow
from typing import NamedTuple

from quiz.bank.finding import shown
from quiz.errors import Misused

SI = {"k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15, "E": 1e18, "Z": 1e21}
BINARY = {"Ki": 2.0**10, "Mi": 2.0**20, "Gi": 2.0**30, "Ti": 2.0**40, "Pi": 2.0**50}

_NAMES: dict[str, dict[str, float]] = {
    "s": {"s sec second": 1, "ms millisecond": 1e-3, "us µs microsecond": 1e-6, "ns nanosecond": 1e-9}
    | {"min minute": 60, "h hr hour": 3600, "d day": 86400, "week": 604800, "year": 365 * 86400},
    "$": {"$ usd dollar": 1, "cent": 0.01},
    "": {"% percent": 0.01, "x time fold": 1},
    "token": {"tok position": 1},
    "parameter": {"param weight": 1},
    "rad": {"radian": 1},
    "bit": {"bit": 1} | {f"{prefix}bit": size for prefix, size in (SI | BINARY).items()},
    "FLOP": {"FLOP": 1} | {f"{prefix}FLOP": size for prefix, size in SI.items()},
    "B": {"B byte": 1, "kilobyte": 1e3, "megabyte": 1e6, "gigabyte": 1e9, "terabyte": 1e12}
    | {"kibibyte": 2**10, "mebibyte": 2**20, "gibibyte": 2**30, "tebibyte": 2**40}
    | {f"{prefix}B": size for prefix, size in (SI | BINARY).items()},
}
"""Dimension -> its units in the singular, with their sizes."""
_UNITS = {"": ("", 1.0)} | {
    name: (dimension, float(size))
    for dimension, sizes in _NAMES.items()
    for names, size in sizes.items()
    for name in names.lower().split()
}
_SCALES = (
    dict.fromkeys(("k", "thousand"), 1e3)
    | dict.fromkeys(("m", "mn", "million"), 1e6)
    | dict.fromkeys(("b", "bn", "billion"), 1e9)
    | dict.fromkeys(("t", "tn", "trillion"), 1e12)
)

# Compiled when an answer is read, not at every start.
_DIGITS = r"(?:[0-9]{1,3}(?:[, ][0-9]{3})+(?![0-9])|[0-9]+(?:_[0-9]+)*)(?:\.[0-9]*)?|\.[0-9]+"
_PLAIN = rf"(?:{_DIGITS})(?:[eE][+-]?[0-9]{{1,4}}(?![0-9]))?"
_FACTOR = rf"\s*([+-]?)({_PLAIN})(?:\s*(?:\^|\*\*)\s*([+-]?{_PLAIN}))?"
_OPERATOR = r"\s*([x×·*/])(?=\s*[+-]?\.?[0-9])"
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_CHARACTERS = str.maketrans({"−": "-", "–": "-", "\u00a0": " ", "\u2009": " ", "\u202f": " ", "⁄": "/", "μ": "µ"})
_ABOUT = r"(?i:=|~|≈|about\b|around\b|roughly\b|approx\b\.?|ca\b\.?)\s*"


class Unit(NamedTuple):
    """What is measured (`B`, `s`, `token/s`; empty for a pure number) and how much of it one of this unit is."""

    dimension: str
    size: float


def unit(name: str) -> Unit:
    """The unit of that name, in whatever case or number: `GiB`, `ms`, `tokens/s`, `bytes per token`, `%`, `heads`."""
    above, _, below = re.sub(r"\s+per\s+", "/", name.strip()).partition("/")
    top, bottom = _simple(above), _simple(below)
    return Unit(f"{top.dimension}/{bottom.dimension}", top.size / bottom.size) if below else top


def read(text: str, asked: str) -> tuple[float, str]:
    """The number that `text` says, in the unit `asked`, and the unit it was given in; none given, it is `asked`.

    Raises Misused, with a sentence that says how to write it, where `text` is no amount of that kind.
    """
    line = re.sub(_ABOUT, "", text.translate(_CHARACTERS).strip().rstrip("."), count=1)
    sign, dollar, line = re.match(r"([+-]?)\s*(\$?)\s*(.*)", line, re.DOTALL).groups()  # type: ignore[union-attr]
    value, rest = _number(re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+", lambda found: "^" + found[0].translate(_RAISED), sign + line), text)
    size, given = _given(f"{rest} $" if dollar else rest, asked, text)
    value *= size
    if not isfinite(value):
        raise Misused(f"{shown(text.strip())} is too large to be meant.")
    return value, given


def figure(value: float, digits: int = 4) -> str:
    """A number as we print it: whole ones in full, others to so many digits that count, `8.4e20` where it is long."""
    if value == 0:
        return "0"
    if abs(value) >= 1e15 or abs(value) < 1e-4:
        return scientific(value, digits)
    if value == int(value):
        return f"{value:,.0f}"
    text = f"{value:,.{max(0, digits - 1 - floor(log10(abs(value))))}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def scientific(value: float, digits: int = 4) -> str:
    """A number as `8.4e20`, which is also how it may be typed."""
    mantissa, _, exponent = f"{value:.{digits - 1}e}".partition("e")
    return f"{mantissa.rstrip('0').rstrip('.') if '.' in mantissa else mantissa}e{int(exponent)}"


def printed(value: float, unit: str, digits: int = 4) -> str:
    """A number with its unit: `2.5 GiB`, `24.9 %`, `$1,150`."""
    number = figure(value, digits)
    if unit == "$":
        number += "0" if re.search(r"\.[0-9]$", number) else ""
        return f"-${number[1:]}" if value < 0 else f"${number}"
    return f"{number} {unit}".rstrip()


def _simple(name: str) -> Unit:
    word = name.strip().lower()
    for known in (word, word.removesuffix("s")):
        if known in _UNITS:
            return Unit(*_UNITS[known])
    return Unit(word.removesuffix("s"), 1.0)


def _number(line: str, text: str) -> tuple[float, str]:
    """The value of the product or quotient that `line` begins with, and what follows it."""
    value, at, operator = 1.0, 0, "*"
    try:
        while operator:
            found = re.compile(_FACTOR).match(line, at)
            if found is None:
                raise Misused(_unreadable(text))
            factor = _float(found[2]) if found[3] is None else pow(_float(found[2]), _float(found[3]))
            factor = -factor if found[1] == "-" else factor
            value = value / factor if operator == "/" else value * factor
            at = found.end()
            following = re.compile(_OPERATOR).match(line, at)
            operator, at = (following[1], following.end()) if following else ("", at)
    except (ZeroDivisionError, OverflowError, ValueError):
        raise Misused(f"{shown(text.strip())} has no value: write it like 2.5e9 or 3/4.") from None
    rest = line[at:].strip()
    if re.match(r"[0-9.,_+^*-]", rest):
        hint = " A decimal point is a dot, and a comma parts thousands: 0.5, 1,000." if rest[0] == "," else ""
        raise Misused(_unreadable(text) + hint)
    return value, rest


def _float(digits: str) -> float:
    return float(re.sub("[, _]", "", digits))


def _given(tail: str, asked: str, text: str) -> tuple[float, str]:
    """How much of `asked` one of the unit in `tail` is, and that unit as it was written."""
    tail = tail.strip()
    if not tail or _folded(tail) == _folded(asked):
        return 1.0, asked
    want, have = unit(asked), unit(tail)
    if have.dimension == want.dimension:
        return have.size / want.size, tail
    if (above := unit(asked.partition("/")[0])).dimension == have.dimension and "/" in asked:
        return have.size / above.size, f"{tail}/{asked.partition('/')[2]}"
    whole = unit(tail + want.dimension)
    if re.fullmatch("[kmgtp]i?", tail, re.IGNORECASE) and whole.dimension == want.dimension in ("B", "bit", "FLOP"):
        return whole.size / want.size, tail + want.dimension
    scale, _, rest = re.sub(r"^([^\W\d_]+)(?:\s+|$)", r"\1|", tail, count=1).partition("|")
    if scale.lower() in _SCALES and (not rest or unit(rest).dimension == want.dimension):
        size = unit(rest).size / want.size if rest else 1.0
        return _SCALES[scale.lower()] * size, asked
    wanted = f"in {asked}" if asked else "as a plain number"
    raise Misused(f"{shown(tail)} in {shown(text.strip())} is no unit of what is asked: answer {wanted}.")


def _folded(name: str) -> str:
    return name.lower().replace(" ", "").removesuffix("s")


def _unreadable(text: str) -> str:
    return f"{shown(text.strip())} is no number: write it like 2.5 GiB, 1.5e9, 6.7B, 3/4 or 75 %."
