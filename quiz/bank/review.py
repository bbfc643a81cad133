"""What a strict reader says of a bank that loads: sources, key points, length, formulas, repetition, options that tell.

The question is asked all the same, and most of it is a warning. Nothing is run and nothing is believed.
"""

import ast
import re
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from math import sqrt
from typing import NamedTuple

from quiz.bank.finding import Finding, nearest, shown
from quiz.bank.question import Question

MOST_WORDS = 150
"""Of an answer: what a strong candidate says in a minute. A formula counts as one."""
KEY_POINTS = range(3, 7)
ALIKE = 0.15
"""Share of common word triples, of all that two questions have, from which on they look like one question."""
FEWEST_TRIPLES = 12
LONGER = 1.3
"""How many times longer than every wrong option the right one may be, and the other way round."""
SIGMAS = 3.0
"""How far from chance the right options of a bank may lie, in standard deviations ..."""
FEWEST_CHOICES = 20
"""... once there are so many questions with options."""

_SECTION = re.compile(
    r"§|\b(abstract|sections?|chapters?|tables?|figures?|fig\.|equations?|eqs?\.|appendix|algorithms?|theorems?|lemmas?"
    r"|propositions?|footnotes?|pages?|pp?\.|documentation|manual)(?!\w)",
    re.IGNORECASE,
)
_FORMULA = re.compile(r"\$\$.+?\$\$|\$[^$\n]+\$", re.DOTALL)
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
_WORD = re.compile(r"\w+")


class Reviewed(NamedTuple):
    """A question of the bank and where it stands."""

    question: Question
    file: str
    line: int
    version: str
    shipped: bool

    def finding(self, field: str, problem: str, fix: str) -> Finding:
        """A warning about this question."""
        return Finding(self.file, self.line, self.question.id, field, "warning", problem, fix)

    def place(self) -> str:
        """Where it stands, for a sentence."""
        return f"{self.question.id} at {self.file}:{self.line}"


def review(
    bank: Sequence[Reviewed], demos: Collection[str], undrawable: Callable[[str], Iterable[str]]
) -> Iterator[Finding]:
    """All that is to be said, question by question and then across the bank.

    `demos` are those that exist; `undrawable` gives the formulas of a text that the terminal can only show as source.
    """
    for each in bank:
        for its in each.question.remarks():
            yield each.finding(its.field, its.problem, its.fix)._replace(severity=its.severity)
        yield from _demos(each, demos)
        yield from _filed(each)
        yield from _written(each)
        yield from _formulas(each, undrawable)
        yield from _options(each)
    yield from _twice(bank)
    yield from _alike(bank)
    yield from _told_by_options(bank)


def words(text: str) -> list[str]:
    """The words of a text in small letters, without its formulas and marks; how two texts are compared."""
    return [word for word in _WORD.findall(_FORMULA.sub(" ", text).casefold()) if word.strip("_")]


def _demos(each: Reviewed, demos: Collection[str]) -> Iterator[Finding]:
    for demo in each.question.demos:
        if demo not in demos:
            near = nearest(demo, demos)
            fix = f"did you mean `{near}`?" if near else "`quiz prove` lists them"
            yield each.finding("demos", f"there is no demo {demo!r}", fix)


def _filed(each: Reviewed) -> Iterator[Finding]:
    its = each.question
    for source in its.sources:
        if not _SECTION.search(source):
            fix = "add where it says so: `§3.2`, `Table 1`, `abstract`"
            yield each.finding("sources", f"{shown(source, 60)} names no section", fix)
    if its.verified_by is None and each.shipped:
        yield each.finding("verified_by", "nothing says how it is verified", "write demo, generator or cited")
    if its.verified_by == "generator" and not its.drawn_by:
        yield each.finding("verified_by", "no generator is named", "add `generator:` with its name, or write cited")
    if its.kind != "recall" and len(its.key_points) not in KEY_POINTS:
        yield each.finding(
            "key_points", f"there are {len(its.key_points)} key points", "write 3 to 6, each said or not said"
        )
    if not its.pitfalls and each.shipped:
        yield each.finding("pitfalls", "no mistake is named", "add what people get wrong")


def _written(each: Reviewed) -> Iterator[Finding]:
    its = each.question
    if (count := len(_FORMULA.sub("x", its.answer).split())) > MOST_WORDS:
        problem = f"it has {count} words, more than {MOST_WORDS}"
        yield each.finding("answer", problem, "say the point, leave out the rest")
    for field in ("question", "answer"):
        for language, code in _FENCE.findall(getattr(its, field)):
            if language in ("python", "py") and (wrong := _unparsed(code)):
                yield each.finding(field, f"its Python does not parse: {wrong}", "correct it, or write ```text")


def _formulas(each: Reviewed, undrawable: Callable[[str], Iterable[str]]) -> Iterator[Finding]:
    its = each.question
    texts = [("question", its.question), ("answer", its.answer)]
    texts += [("key_points", text) for text in its.key_points] + [("pitfalls", text) for text in its.pitfalls]
    for option in getattr(its, "options", ()):
        texts += [("options", option.text), ("options", option.why)]
    for field, text in texts:
        for latex in undrawable(text):
            problem = f"the formula {shown(latex, 60)} cannot be drawn"
            yield each.finding(field, problem, "write it with simpler commands")


def _options(each: Reviewed) -> Iterator[Finding]:
    """A right option that its length tells apart."""
    options = getattr(each.question, "options", ())
    right = [len(option.text) for option in options if option.right]
    wrong = [len(option.text) for option in options if not option.right]
    if len(right) == 1 and len(wrong) > 1:
        if right[0] > LONGER * max(wrong):
            yield each.finding("options", "the right one is far longer than the others", "make them alike in length")
        elif LONGER * right[0] < min(wrong):
            yield each.finding("options", "the right one is far shorter than the others", "make them alike in length")


def _twice(bank: Sequence[Reviewed]) -> Iterator[Finding]:
    """Questions with the same words."""
    first: dict[tuple[str, ...], Reviewed] = {}
    for each in bank:
        its = each.question
        asked = tuple(words(its.question))
        if its.drawn_by:
            asked += ("generator", its.drawn_by)  # the rest of its question is drawn
        other = first.setdefault(asked, each)
        if other is not each and asked:
            yield each.finding("question", f"{other.place()} asks the same", "delete one, or ask something else")


def _alike(bank: Sequence[Reviewed]) -> Iterator[Finding]:
    """Questions that share many word triples of question and key points."""
    triples = [_triples(each.question) for each in bank]
    holders: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for nth, its in enumerate(triples):
        if len(its) < FEWEST_TRIPLES:
            continue
        shared = Counter(other for triple in its for other in holders[triple])
        for other, count in shared.items():
            if count >= ALIKE * (len(its) + len(triples[other]) - count):
                yield bank[nth].finding(
                    "question",
                    f"it shares {count} word triples with {bank[other].place()}",
                    "ask and answer something that the other does not say",
                )
        for triple in its:
            if len(holders[triple]) < 50:  # what stands everywhere tells nothing
                holders[triple].append(nth)


def _triples(question: Question) -> set[tuple[str, ...]]:
    found = set[tuple[str, ...]]()
    for text in (question.question, *question.key_points):
        its = words(text)
        found |= set(zip(its, its[1:], its[2:], strict=False))
    return found


def _told_by_options(bank: Sequence[Reviewed]) -> Iterator[Finding]:
    """Over a whole bank the right option is as often the longest, the shortest or at a place as chance has it."""
    chosen = [(each, options) for each in bank if (options := getattr(each.question, "options", ()))]
    if len(chosen) < FEWEST_CHOICES:
        return
    most = max(len(options) for _, options in chosen)
    signs: list[tuple[str, list[tuple[bool, float]]]] = [
        (f"the right option is the {name}", [_extreme(options, pick) for _, options in chosen])
        for name, pick in (("longest", max), ("shortest", min))
    ]
    for place in range(most):
        told = [(options[place].right, 1 / len(options)) for _, options in chosen if place < len(options)]
        signs.append((f"the right option stands in place {place + 1} of the file", told))
    for what, told in signs:
        seen, expected = sum(hit for hit, _ in told), sum(chance for _, chance in told)
        if seen > expected + SIGMAS * sqrt(sum(chance * (1 - chance) for _, chance in told)):
            problem = f"{what} {seen} times of {len(told)}, where chance would have it {expected:.0f} times"
            yield Finding(chosen[0][0].file, 0, "", "options", "warning", problem, "change some of the questions")


def _extreme(options: Sequence[object], pick: Callable[[Iterable[int]], int]) -> tuple[bool, float]:
    """Whether the right option alone has the extreme length, and how likely that is by chance."""
    lengths = [(len(option.text), option.right) for option in options]  # type: ignore[attr-defined]
    extreme = [right for length, right in lengths if length == pick(length for length, _ in lengths)]
    return extreme == [True], 1 / len(options)


def _unparsed(code: str) -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return f"{getattr(error, 'msg', error)}, line {getattr(error, 'lineno', '?')}"
    return ""
