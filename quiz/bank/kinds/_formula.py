"""Arithmetic that a bank file may hold: read as a tree and worked out by hand, never run as code."""

import ast
import math
import operator
from collections.abc import Callable, Mapping

from quiz.errors import Misused

_OPERATORS: Mapping[type[ast.AST], Callable[..., float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: math.pow,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}
_FUNCTIONS: Mapping[str, Callable[..., float]] = {
    "sqrt": math.sqrt,
    "exp": math.exp,
    "log": math.log,
    "log2": math.log2,
    "log10": math.log10,
    "ceil": math.ceil,
    "floor": math.floor,
    "max": max,
    "min": min,
}
LONGEST = 1000  # characters; a tree as deep as its text is long must not exhaust the stack


def computed(text: str) -> float:
    """The value of `2 * 80 * 8 * 128 * 4096 / 2**30` and the like: numbers, + - * / // % **, sqrt, exp, log (natural),
    log2, log10, ceil, floor, max, min, pi. Raises Misused for anything else."""
    try:
        if len(text) > LONGEST:
            raise ValueError(f"it has more than {LONGEST} characters")
        value = _value(ast.parse(text.strip(), mode="eval").body)
        if not math.isfinite(value):
            raise ValueError("its value is infinite")
        return value
    except (SyntaxError, ValueError, ArithmeticError, TypeError, RecursionError, MemoryError) as error:
        raise Misused(f"{text!r} cannot be worked out: {getattr(error, 'msg', error)}.") from None


def _value(node: ast.expr) -> float:
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return float(number)
        case ast.Name(id="pi"):
            return math.pi
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            return _OPERATORS[type(op)](_value(left), _value(right))
        case ast.UnaryOp(op=op, operand=operand) if type(op) in _OPERATORS:
            return _OPERATORS[type(op)](_value(operand))
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) if name in _FUNCTIONS:
            return _FUNCTIONS[name](*map(_value, arguments))
    raise ValueError(f"{ast.unparse(node)!r} is no number, operator or function that is known here")
