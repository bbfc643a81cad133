"""The same number of characters is one to four times as many bytes, so byte tokens have no unknowns but a price.

Topic: tokens
Source: Unicode Standard, §3.9, table 3-6 (UTF-8); Radford et al. 2019, §2.2 (BPE over bytes)
Refutes: "A byte-level tokenizer treats all languages alike": before any merge Hindi takes three bytes a character

Short texts in five scripts are encoded by the rule of UTF-8 written out by hand, and random characters of each range
too. A character here is a code point; what a reader sees as one sign, a Hindi syllable or a flag, can be several.
Three things are measured: the bytes of a character, that all byte values fit a base vocabulary of 256, and that the
bytes give the text back, whatever it was.
"""

from collections.abc import Callable

from numpy.random import Generator

from quiz.proofs._demo import Bars, Cost, Demo, Found, Measurement, mutant

TEXTS = {
    "English": ("language", 1),
    "Russian": ("язык", 2),
    "Hindi": ("भाषा", 3),
    "Chinese": ("语言", 3),
    "emoji": ("🙂", 4),
}
RANGES = {1: (0x20, 0x7F), 2: (0x80, 0x800), 3: (0x800, 0xD800), 4: (0x10000, 0x110000)}  # without surrogates
MIXED = "Tokyo 東京 мир 🙂"


def utf8(text: str) -> list[int]:
    """The bytes of a text: 7 bits fit in one, 11 in two, 16 in three, 21 in four; each later byte carries six."""
    out = []
    for c in map(ord, text):
        later = 0 if c < 0x80 else 1 if c < 0x800 else 2 if c < 0x10000 else 3
        lead = (0, 0xC0, 0xE0, 0xF0)[later]
        out += [lead | c >> 6 * later, *(0x80 | c >> 6 * k & 0x3F for k in reversed(range(later)))]
    return out


def decoded(units: list[int]) -> str:
    return bytes(u if u < 256 else ord("?") for u in units).decode("utf-8", "replace")


def measure(
    rng: Generator,
    *,
    encode: Callable[[str], list[int]] = utf8,
) -> Found:
    sizes = {name: len(encode(text)) / len(text) for name, (text, _) in TEXTS.items()}
    random = {n: "".join(map(chr, rng.integers(*bounds, size=300))) for n, bounds in RANGES.items()}
    everything = [unit for text in random.values() for unit in encode(text)]
    wrong = sum(decoded(encode(text)) != text for text in (*random.values(), MIXED))
    differing = sum(bytes(encode(text)) != text.encode() for text in random.values()) if max(everything) < 256 else 4
    return Found(
        [
            *(
                Measurement(f"{name}, a character", sizes[name], "=", n, f"{text}: {n * len(text)} in all", "bytes")
                for name, (text, n) in TEXTS.items()
            ),
            Measurement("largest unit", max(everything), "<", 256, "a base vocabulary of 256 has no unknowns"),
            Measurement(
                "texts that do not come back", wrong, "=", 0, "300 random characters of each length, one mixed"
            ),
            Measurement(
                "texts that Python encodes otherwise", differing, "=", 0, "the rule by hand against str.encode"
            ),
            Measurement(
                "bytes of " + MIXED, len(encode(MIXED)), "=", 24, "8 x 1, 3 x 2, 2 x 3 and 4; 14 characters", "bytes"
            ),
        ],
        [Bars("Bytes of a character", list(sizes.items()), unit="bytes")],
    )


DEMO = Demo(
    measure,
    mutants=[
        mutant(
            "code-points",
            "one unit a character: fair, but the vocabulary is no longer 256",
            encode=lambda t: [*map(ord, t)],
        ),
        mutant("utf-16", "two bytes for most characters, English too", encode=lambda t: [*t.encode("utf-16-le")]),
        mutant(
            "latin-1",
            "one byte a character: whatever has none is lost",
            encode=lambda t: [*t.encode("latin-1", "replace")],
        ),
    ],
    learnt="Bytes: 1 for ASCII, 2 for Cyrillic, 3 for Devanagari and most Chinese, 4 for emoji; nothing is unknown.",
    not_shown="Merges, which shorten what the training text is rich in, and what longer sequences do to a model.",
    cost=lambda: Cost(bytes=3e5, seconds=3e-3),
)
