"""Safe expressions: the conditions people write into drawings, tables and mappings.

``category.major == "01" and seconds_over > 3600 or source in ("hotline", "web")``

Allowed are comparisons, and/or/not, arithmetic on numbers, ``a if b else c``, literals with
lists, named functions, and ``a.b`` or ``a["b"]`` on records. There is no way to code:
everything else is refused when the text is parsed, so an uploaded drawing fails at upload.
Values are plain data; attributes of Python objects cannot be reached.
"""

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import simpleeval

from wanmi.kernel.errors import Invalid, Phrase

# Any: the value of an expression is whatever plain data the names hold.
Value = Any
Function = Callable[..., Value]

LONGEST = 1000
DEEPEST = 40
_LARGEST = 10**18


class UnusableExpression(Invalid):
    """The expression “%(text)s” cannot be used."""

    code = "unusable_expression"


class UnreadableExpression(UnusableExpression):
    """The expression “%(text)s” cannot be read: %(reason)s."""

    code = "unreadable_expression"


class ForbiddenExpression(UnusableExpression):
    """The expression “%(text)s” uses “%(what)s”, which is not allowed."""

    code = "forbidden_expression"


class UnknownName(UnusableExpression):
    """The expression “%(text)s” asks for “%(name)s”, which is not known here."""

    code = "unknown_name"


class ExpressionFailed(UnusableExpression):
    """The expression “%(text)s” cannot be worked out: %(reason)s."""

    code = "expression_failed"


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed expression; ``names`` are the records and values it asks for."""

    text: str
    tree: ast.expr
    names: frozenset[str]


def _number(value: Value) -> Value:
    # Not strings: "%9999999d" % 1 and "a" * 10**9 would fill the memory.
    if isinstance(value, bool) or not hasattr(value, "__sub__") or isinstance(value, set):
        raise TypeError("arithmetic needs numbers")
    if isinstance(value, int | float) and abs(value) > _LARGEST:
        raise OverflowError("the number is too large")
    return value


def _arithmetic(operate: Function) -> Function:
    return lambda *values: _number(operate(*(_number(value) for value in values)))


def _contains(value: Value, part: Value) -> bool:
    return part in value


def _length(value: Value) -> int:
    return len(value)


FUNCTIONS: dict[str, Function] = {
    "abs": _arithmetic(abs),
    "contains": _contains,
    "ends_with": lambda text, end: str(text).endswith(end),
    "len": _length,
    "lower": lambda text: str(text).lower(),
    "max": max,
    "min": min,
    "number": float,
    "round": lambda value, digits=0: round(_number(value), min(max(int(digits), 0), 12)),
    "starts_with": lambda text, start: str(text).startswith(start),
    "upper": lambda text: str(text).upper(),
}

_OPERATORS: dict[type, Function] = {
    ast.Add: _arithmetic(operator.add),
    ast.Sub: _arithmetic(operator.sub),
    ast.Mult: _arithmetic(operator.mul),
    ast.Div: _arithmetic(operator.truediv),
    ast.FloorDiv: _arithmetic(operator.floordiv),
    ast.Mod: _arithmetic(operator.mod),
    ast.UAdd: _arithmetic(operator.pos),
    ast.USub: _arithmetic(operator.neg),
    ast.Not: operator.not_,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda part, whole: part in whole,
    ast.NotIn: lambda part, whole: part not in whole,
}
_NODES = (
    ast.BoolOp,
    ast.UnaryOp,
    ast.BinOp,
    ast.Compare,
    ast.IfExp,
    ast.Call,
    ast.Name,
    ast.Attribute,
    ast.Subscript,
    ast.Constant,
    ast.Tuple,
    ast.List,
)
_CONSTANTS = {"true": True, "false": False, "null": None, "none": None}


def parse(text: str, functions: frozenset[str] = frozenset()) -> Expression:
    """Read and check an expression; ``functions`` names those allowed beside the usual ones."""
    if len(text) > LONGEST:
        raise UnreadableExpression(text=f"{text[:60]}…", reason=Phrase("it is too long"))
    return _parse(text, functions)


@lru_cache(maxsize=2048)
def _parse(text: str, functions: frozenset[str]) -> Expression:
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except SyntaxError as error:
        raise UnreadableExpression(text=text, reason=error.msg) from None
    except (ValueError, MemoryError, RecursionError):
        odd = Phrase("its characters or nesting")
        raise UnreadableExpression(text=text, reason=odd) from None
    called = _check(text, tree, functions | FUNCTIONS.keys())
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return Expression(text, tree, frozenset(names - called - _CONSTANTS.keys()))


def evaluate(
    expression: str | Expression,
    names: Mapping[str, Value],
    functions: Mapping[str, Function] | None = None,
) -> Value:
    """Return the value of an expression over named values and records (mappings)."""
    extra = functions or {}
    parsed = expression
    if isinstance(parsed, str):
        parsed = parse(parsed, frozenset(extra))
    return _Evaluator(parsed.text, names, {**FUNCTIONS, **extra}).work_out(parsed.tree)


def holds(
    expression: str | Expression,
    names: Mapping[str, Value],
    functions: Mapping[str, Function] | None = None,
) -> bool:
    """Whether a condition is true over named values."""
    return bool(evaluate(expression, names, functions))


def _check(text: str, tree: ast.expr, functions: frozenset[str]) -> set[str]:
    """Refuse every node that is not on the list; return the names of functions called."""
    called: set[str] = set()
    waiting: list[tuple[ast.AST, int]] = [(tree, 1)]
    while waiting:
        node, depth = waiting.pop()
        if depth > DEEPEST:
            raise UnreadableExpression(text=text, reason=Phrase("it is nested too deep"))
        if isinstance(node, ast.Call):
            called.add(_called(text, node, functions))
            waiting += [(argument, depth + 1) for argument in node.args]
            continue
        _check_node(text, node)
        waiting += [(child, depth + 1) for child in ast.iter_child_nodes(node)]
    return called


def _called(text: str, node: ast.Call, functions: frozenset[str]) -> str:
    if not isinstance(node.func, ast.Name) or node.func.id not in functions:
        raise ForbiddenExpression(text=text, what=f"{ast.unparse(node.func)}()")
    if node.keywords:
        raise ForbiddenExpression(text=text, what=f"{node.keywords[0].arg}=")
    return node.func.id


def _check_node(text: str, node: ast.AST) -> None:
    is_operator = isinstance(node, ast.operator | ast.unaryop | ast.cmpop)
    if is_operator and type(node) in _OPERATORS:
        return
    if isinstance(node, ast.boolop | ast.Load):
        return
    if not isinstance(node, _NODES) or _is_forbidden(node):
        raise ForbiddenExpression(text=text, what=_shown(node))


def _is_forbidden(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return not isinstance(node.value, str | int | float | bool | None)
    if isinstance(node, ast.Subscript):
        return not isinstance(node.slice, ast.Constant)
    name = getattr(node, "id", None) or getattr(node, "attr", None) or ""
    return name.startswith("_")


def _shown(node: ast.AST) -> str:
    if isinstance(node, ast.expr):
        return ast.unparse(node)
    return type(node).__name__


class _Evaluator(simpleeval.SimpleEval):  # type: ignore[misc]  # simpleeval has no types
    """simpleeval without its openings: attributes are keys, functions are not values."""

    def __init__(
        self, text: str, names: Mapping[str, Value], functions: dict[str, Function]
    ) -> None:
        super().__init__(operators=_OPERATORS, functions=functions, names=names)
        self.text = text
        self.nodes |= {ast.Tuple: self._items, ast.List: self._items}

    def work_out(self, tree: ast.expr) -> Value:
        try:
            return self._eval(tree)
        except Invalid:
            raise
        except (simpleeval.InvalidExpression, ArithmeticError) as error:
            raise ExpressionFailed(text=self.text, reason=str(error)) from error
        except (TypeError, ValueError, LookupError, RecursionError) as error:
            raise ExpressionFailed(text=self.text, reason=str(error)) from error

    def _items(self, node: ast.Tuple | ast.List) -> tuple[Value, ...]:
        return tuple(self._eval(item) for item in node.elts)

    def _eval_name(self, node: ast.Name) -> Value:
        if node.id in self.names:
            return self.names[node.id]
        if node.id in _CONSTANTS:
            return _CONSTANTS[node.id]
        raise UnknownName(text=self.text, name=node.id)

    def _eval_attribute(self, node: ast.Attribute) -> Value:
        return self._part(node.value, node.attr, ast.unparse(node))

    def _eval_subscript(self, node: ast.Subscript) -> Value:
        key = node.slice.value if isinstance(node.slice, ast.Constant) else None
        return self._part(node.value, key, ast.unparse(node))

    def _part(self, whole: ast.expr, key: Value, shown: str) -> Value:
        value = self._eval(whole)
        is_index = isinstance(value, list | tuple) and isinstance(key, int)
        if not is_index and not (isinstance(value, Mapping) and key in value):
            raise UnknownName(text=self.text, name=shown)
        return value[key]
