"""A question whose answer is the shape of one tensor or of several, drawn anew where a generator is named."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from quiz.bank.amount import quoted
from quiz.bank.finding import shown
from quiz.bank.generators._draw import SHAPES, Draw, Tensor, drawn, many, names, suggestion
from quiz.bank.matching import LONGEST, normalised
from quiz.bank.question import Problem, Prompt, Question, Verdict
from quiz.errors import Misused
from quiz.memory.values import Rating

Sizes = tuple[int | str, ...]

_BRACKETS = r"[(\[]([^()\[\]]*)[)\]]"
_SIZE = r"[0-9]{1,15}|[A-Za-z][A-Za-z0-9_]*(?:\s*[*/+-]\s*[A-Za-z0-9_]+)*|[0-9]+\s*\*?\s*[A-Za-z][A-Za-z0-9_]*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape(Question):
    """Either `generator`, or `shapes` with a line for each tensor: its name, then the sizes in round brackets."""

    judged: ClassVar[bool] = True
    help: ClassVar[str] = (
        "Type the sizes of each tensor, in brackets or not: (4, 8, 10, 96) or 4x8x10x96. Several tensors are parted "
        "by `;`. An empty line: don't know."
    )

    generator: str = ""
    shapes: tuple[str, ...] = ()
    """`scores (4, 8, 10, 10)`; a size that is left open is a symbol: `(B, h, n, d_k)`."""

    @property
    def drawn_by(self) -> str:
        """The generator's name."""
        return self.generator

    def drawn(self, seed: int) -> Draw | None:
        """What the generator draws under `seed`; None where the shapes are fixed."""
        return drawn(self.generator, seed) if self.generator else None

    def prompt(self, seed: int) -> Prompt:
        """The question, with the sizes that were drawn, and which tensors are asked for."""
        draw = self.drawn(seed)
        named = [tensor.name for tensor in self._tensors(seed)]
        wanted = (
            f"*Shapes, with `;` between them: {'; '.join(named)}.*" if len(named) > 1 else "*Answer with the shape.*"
        )
        asked = [self.question.rstrip(), draw.question if draw else "", wanted]
        return Prompt("\n\n".join(part for part in asked if part), entry="line", params=draw.params if draw else None)

    def judge(self, response: str, seed: int) -> Verdict:
        """`response` has the sizes of every tensor, or is empty for "don't know"; Misused where it is no such list."""
        tensors = self._tensors(seed)
        line = response.strip()
        given: Sequence[Sizes | None] = _read(line, len(tensors)) if line else [None] * len(tensors)
        told = [_held(sizes, tensor) for sizes, tensor in zip(given, tensors, strict=True)]
        right = all(one for one, _ in told)
        lines = [f"- {tensor.name}: {said}" for tensor, (_, said) in zip(tensors, told, strict=True)]
        return Verdict(
            right=right,
            rating=Rating.GOOD if right else Rating.AGAIN,
            feedback="\n".join(lines) if len(lines) > 1 else told[0][1],
            response=line or None,
        )

    def reveal(self, seed: int) -> str:
        """The shapes, how they come about, and what there is to say about them."""
        draw = self.drawn(seed)
        fixed = "\n".join(f"- {tensor.name}: **{tensor}**" for tensor in self._tensors(seed))
        return f"{draw.working if draw else fixed}\n\n{self.answer}"

    def problems(self) -> Iterator[Problem]:
        """A generator that draws shapes, or shapes that can be read."""
        if bool(self.generator) == bool(self.shapes):
            yield Problem("shapes", "it needs either a generator or shapes, and has both or none", "keep one of them")
        elif self.generator and self.generator not in names():
            yield Problem("generator", f"there is no generator {self.generator!r}", suggestion(self.generator))
        elif self.generator and not self.generator.endswith(SHAPES):
            yield Problem("generator", f"{self.generator} draws numbers, not shapes", "make it `kind: numeric`")
        for line in self.shapes:
            try:
                name = _tensor(line).name
            except Misused as error:
                yield Problem("shapes", str(error), "write a name, then sizes in brackets: `scores (4, 8, 10, 10)`")
            else:
                if not name and len(self.shapes) > 1:
                    yield Problem("shapes", f"{line!r} does not name its tensor", "write the name before the bracket")

    def _tensors(self, seed: int) -> list[Tensor]:
        draw = self.drawn(seed)
        if draw:
            return [tensor for tensor in draw.answer if isinstance(tensor, Tensor)]
        return [_tensor(line) for line in self.shapes]


def _tensor(line: str) -> Tensor:
    """`scores (4, 8, 10, 10)` as a tensor."""
    name, bracket, sizes = line.partition("(")
    if not bracket or not sizes.rstrip().endswith(")"):
        raise Misused(f"{line!r} is no tensor with its shape.")
    return Tensor(name.strip(), _sizes(sizes.rstrip()[:-1]))


def _read(line: str, count: int) -> list[Sizes | None]:
    """The shapes in a typed line, None for one left empty: parted by `;`, or each in brackets of its own."""
    if len(line) > LONGEST * count:
        raise Misused(f"{shown(line)} is too long to be {count} shapes.")
    parts = [part.strip() for part in line.split(";")]
    bracketed = re.findall(_BRACKETS, line)
    if len(parts) == 1 and count > 1 and len(bracketed) == count:
        return [_sizes(sizes) for sizes in bracketed]
    if len(parts) != count:
        raise Misused(f"{count} shapes are asked for: put ; between them, like (4, 8); (8, 2).")
    return [_sizes(_bare(part)) if part else None for part in parts]


def _bare(part: str) -> str:
    """The sizes without brackets, without a name before them (`Q: (4, 8)`, `W_K = 4x8`, `torch.Size([4, 8])`)."""
    bracketed = re.findall(_BRACKETS, part)
    if len(bracketed) > 1:
        raise Misused(f"{shown(part)} is more than one shape: put ; between several.")
    return bracketed[0] if bracketed else re.split(r"[:=]", part)[-1]


def _sizes(text: str) -> Sizes:
    """The sizes in `4, 8, 10` or `4x8x10` or `4 8 10` or `B, h, n`."""
    bare = text.strip().rstrip(",").strip()
    if not bare:
        return ()
    if "," in bare:
        parts = bare.split(",")
    else:
        parts = re.split(r"\s*×\s*|\s+x\s+|(?<=[0-9])\s*[xX]\s*(?=[0-9])|(?<![*/+-])\s+(?![*/+-])", bare)
    sizes: list[int | str] = []
    for part in map(str.strip, parts):
        if not re.fullmatch(_SIZE, part):
            raise Misused(f"{shown(text.strip())} is no shape: write it like (4, 8, 10, 96), or (B, h, n, d).")
        sizes.append(int(part) if part.isdecimal() else part)
    return tuple(sizes)


def _held(given: Sizes | None, tensor: Tensor) -> tuple[bool, str]:
    if given is None:
        return False, f"it is **{tensor}**"
    typed, right = quoted(str(Tensor("", given))), _compared(given) == _compared(tensor.shape)
    if right:
        return True, f"{typed} is right"
    why = "is not right"
    if len(given) != len(tensor.shape):
        why = f"has {many(len(given), 'axis', 'axes')}, not {len(tensor.shape)}"
    elif sorted(_compared(given)) == sorted(_compared(tensor.shape)):
        why = "has the right sizes in another order"
    return False, f"{typed} {why}: it is **{tensor}**"


def _compared(sizes: Sizes) -> list[str]:
    return [normalised(str(size)) for size in sizes]
