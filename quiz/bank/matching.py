"""Short answers as they are compared: `$\\sqrt{d_k}$`, `√dₖ` and `sqrt(d_k)` are one, `10^-4` and `10^4` are two."""

import re
from unicodedata import name, normalize

LONGEST = 200
"""Characters of an answer that is worth comparing; brackets in brackets take a pass each."""

_GREEK = {char: name(char).rpartition(" ")[2].lower().replace("lamda", "lambda") for char in map(chr, range(945, 970))}
_SYMBOLS = str.maketrans(
    _GREEK
    | {"√": "sqrt", "×": "*", "·": "*", "⋅": "*", "∗": "*", "≤": "<=", "≥": ">=", "≠": "!=", "≈": "~", "→": "->"}
    | {"∞": "infinity", "⊤": "t", "∑": "sum", "⁄": "/", "{": "(", "}": ")", "[": "(", "]": ")"}
    | dict.fromkeys("−–—‐‑", "-")
    | dict.fromkeys("$`\"'“”‘’_", "")
)
_COMMANDS = (
    {"cdot": "*", "times": "*", "ast": "*", "le": "<=", "leq": "<=", "ge": ">=", "geq": ">=", "ne": "!=", "neq": "!="}
    | {"approx": "~", "sim": "~", "to": "->", "rightarrow": "->", "infty": "infinity", "top": "t"}
    | {"varepsilon": "epsilon", "varphi": "phi", "vartheta": "theta"}
    | dict.fromkeys(("left", "right", "text", "operatorname", "mathrm", "mathbf", "mathit", "mathbb", "boldsymbol"), "")
)
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ᵀⁿᵏᵈ"
_FLAT = str.maketrans(_RAISED, "0123456789-+tnkd")

# Compiled when an answer is read, not at every start.
_REWRITES = (
    (r"\*\*", ""),  # bold
    (r"^(?:the|an?)\s+(?=\S)", ""),
    (r"\bper\s?cent\b", "%"),
    (r"(?<=[0-9])\s+(?=[0-9])", ","),
    (r"\s+|^[;:,!?]+|^\.+(?![0-9])|[.;:,!?]+$", ""),
    (r"(?<=[a-z])-(?=[a-z]{2})|(?<=[a-z]{2})-(?=[a-z0-9])", ""),  # within words; a minus sign stays
    (r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))", ""),
    (r"(?<![0-9.])\.(?=[0-9])", "0."),
    (r"(?<![0-9.])([0-9]+)\.0+(?![0-9.])", r"\1"),
    (r"(?<![0-9.])([0-9]+\.[0-9]*[1-9])0+(?![0-9.])", r"\1"),
    (r"(?<=[0-9])x(?=[0-9])", "*"),
    (r"(?<![0-9])\*|\*(?![0-9])", ""),  # a product, but for one of two numbers
    (r"frac(\([^()]*\)|[a-z0-9])(\([^()]*\)|[a-z0-9])", r"\1/\2"),
    (r"\^\((-?[a-z0-9.]+)\)", r"^\1"),
    (r"(?<!frac)(?<!\))\(([a-z0-9.]+)\)", r"\1"),
)


def normalised(text: str) -> str:
    """An answer without what says nothing: case, spaces, hyphens within words, an article, how a formula is written.

    Idempotent. Minus signs, exponents and decimals stay, since they are what an answer says.
    """
    while (shorter := _step(text)) != text:
        text = shorter
    return text


def _step(text: str) -> str:
    text = re.sub(f"[{_RAISED}]+", lambda found: "^" + found[0].translate(_FLAT), text)
    text = normalize("NFKC", text).casefold()
    text = re.sub(r"\\([a-z]*)", lambda found: f" {_COMMANDS.get(found[1], found[1])} ", text).translate(_SYMBOLS)
    for pattern, replacement in _REWRITES:
        text = re.sub(pattern, replacement, text)
    return text
