"""The cells of a decision table: a small, strict part of FEEL's unary tests.

    -   "A", "B"   not("A")   > 3   <= 2.5   [1..5]   (1..5]   ]1..5[   true
    date("2026-07-01")   >= date("2026-07-01")   [date("2026-01-01")..date("2026-06-30")]

A cell becomes a set of values. What is not in this list is refused; nothing is
ever taken for "matches nothing" in silence.
"""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from wanmi.kernel.valuesets import (
    Kind,
    Ordered,
    Value,
    ValueSet,
    named,
    stretch,
    together,
)

LONGEST = 2000

_TOKEN = re.compile(
    r'\s*(?:(?P<date>date\s*\(\s*"(?P<day>[^"]*)"\s*\))'
    r'|(?P<string>"(?:[^"\\]|\\.)*")'
    r"|(?P<number>[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d{1,3})?(?!\w)(?!\.\d))"
    r"|(?P<word>[A-Za-z_]\w*)|(?P<dots>\.\.)|(?P<sign><=|>=|<|>|=)|(?P<mark>[-\[\](),]))"
)


class NotATest(Exception):
    """A cell that says nothing we know; the table names its place."""


Token = tuple[str, str]


def read_cell(text: str, kind: Kind) -> ValueSet | None:
    """Return the values a cell accepts, or None for any value at all, even a missing one."""
    if text.strip() in ("", "-"):
        return None
    if len(text) > LONGEST:
        raise NotATest
    return _Cell(_tokens(text), kind).whole()


def read_literal(text: str, kind: Kind) -> Value | None:
    """Return the single value an output cell holds; None when it is empty."""
    if text.strip() in ("", "-"):
        return None
    cell = _Cell(_tokens(text), kind)
    value = cell.literal()
    cell.end()
    return value


def as_value(given: object, kind: Kind) -> Value | None:
    """Return a given input in a column's kind; None when it is missing. Raises NotATest."""
    if given is None:
        return None
    if kind is Kind.BOOLEAN:
        return _only(given, bool)
    if kind is Kind.STRING:
        return _only(given, str)
    if kind is Kind.DATE:
        return _day(given) if isinstance(given, str) else _only(given, date)
    if isinstance(given, bool) or not isinstance(given, int | float | str | Decimal):
        raise NotATest
    number = _decimal(str(given))
    if kind is Kind.INTEGER and number != number.to_integral_value():
        raise NotATest
    return number


def _only(given: object, wanted: type) -> Value:
    if not isinstance(given, wanted):
        raise NotATest
    value: Value = given  # type: ignore[assignment]  # checked just above
    return value


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotATest from None


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise NotATest from None
    if not number.is_finite() or abs(number.adjusted()) > 30:
        raise NotATest
    return number


def _tokens(text: str) -> list[Token]:
    found: list[Token] = []
    at = 0
    while at < len(text.rstrip()):
        token = _TOKEN.match(text, at)
        if token is None:
            raise NotATest
        name = str(token.lastgroup if token.lastgroup != "day" else "date")
        found.append((name, token["day"] if name == "date" else token[name]))
        at = token.end()
    return found


class _Cell:
    """Reads the tokens of one cell from left to right."""

    def __init__(self, tokens: list[Token], kind: Kind) -> None:
        self.tokens = tokens
        self.kind = kind
        self.at = 0

    def whole(self) -> ValueSet:
        if self._next() == ("word", "not"):
            self.at += 1
            self._expect("(")
            found = self._tests().outside()
            self._expect(")")
        else:
            found = self._tests()
        self.end()
        return found

    def end(self) -> None:
        if self.at != len(self.tokens):
            raise NotATest

    def literal(self) -> Value:
        name, text = self._take()
        if self.kind is Kind.STRING and name == "string":
            return _unquoted(text)
        if self.kind is Kind.BOOLEAN and name == "word" and text in ("true", "false"):
            return text == "true"
        if self.kind is Kind.DATE and name == "date":
            return _day(text)
        if self.kind in (Kind.NUMBER, Kind.INTEGER) and name == "number":
            return _decimal(text)
        raise NotATest

    def _tests(self) -> ValueSet:
        sets = [self._test()]
        while self._next() == ("mark", ","):
            self.at += 1
            sets.append(self._test())
        return together(sets)

    def _test(self) -> ValueSet:
        name, text = self._next()
        if name == "sign":
            return self._comparison()
        if name == "mark" and text in "[(]":
            return self._stretch()
        return self._equal()

    def _comparison(self) -> ValueSet:
        sign = self._take()[1]
        if sign == "=":
            return self._equal()
        bound = self._bound()
        if sign.startswith("<"):
            return stretch(self.kind, None, False, bound, sign == "<=")
        return stretch(self.kind, bound, sign == ">=", None, False)

    def _equal(self) -> ValueSet:
        value = self.literal()
        if self.kind.is_ordered:
            return stretch(self.kind, value, True, value, True)  # type: ignore[arg-type]  # ordered
        return named(self.kind, frozenset({value}))  # type: ignore[arg-type]  # a name

    def _stretch(self) -> ValueSet:
        has_low = self._take()[1] == "["
        low = self._bound()
        if self._take()[0] != "dots":
            raise NotATest
        high = self._bound()
        name, text = self._take()
        if name != "mark" or text not in "])[":
            raise NotATest
        if low > high:  # type: ignore[operator]  # one kind a column
            raise NotATest
        return stretch(self.kind, low, has_low, high, text == "]")

    def _bound(self) -> Ordered:
        if not self.kind.is_ordered:
            raise NotATest
        value: Ordered = self.literal()  # type: ignore[assignment]  # an ordered kind
        return value

    def _next(self) -> Token:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("end", "")

    def _take(self) -> Token:
        token = self._next()
        self.at += 1
        return token

    def _expect(self, mark: str) -> None:
        if self._take() != ("mark", mark):
            raise NotATest


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text[1:-1])
