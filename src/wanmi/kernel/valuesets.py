"""Sets of values a decision table speaks of: stretches of numbers or days, and named values.

Both kinds can be cut with each other and turned inside out, so that "do these
two rows ever match together" and "what does no row match" have exact answers.
Numbers are exact decimals. Days and whole numbers are counted one by one:
between two neighbours lies nothing.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import StrEnum

Value = Decimal | date | str | bool
Ordered = Decimal | date


class Kind(StrEnum):
    """What a column holds."""

    NUMBER = "number"
    INTEGER = "integer"
    DATE = "date"
    STRING = "string"
    BOOLEAN = "boolean"

    @property
    def is_ordered(self) -> bool:
        """Whether values can be larger or smaller."""
        return self in (Kind.NUMBER, Kind.INTEGER, Kind.DATE)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an ordered kind; no bound means without end on that side."""

    low: Ordered | None
    has_low: bool
    high: Ordered | None
    has_high: bool

    def holds(self, value: Ordered) -> bool:
        """Whether a value lies inside."""
        above = self.low is None or value > self.low or (self.has_low and value == self.low)  # type: ignore[operator]  # one kind a column
        below = self.high is None or value < self.high or (self.has_high and value == self.high)  # type: ignore[operator]  # one kind a column
        return above and below

    def __str__(self) -> str:
        """Return the unary test that says it."""
        if self.low is None and self.high is None:
            return "-"
        if self.low is None:
            return f"{'<=' if self.has_high else '<'} {shown(self.high)}"
        if self.high is None:
            return f"{'>=' if self.has_low else '>'} {shown(self.low)}"
        if self.low == self.high:
            return shown(self.low)
        opening, closing = "[" if self.has_low else "(", "]" if self.has_high else ")"
        return f"{opening}{shown(self.low)}..{shown(self.high)}{closing}"


@dataclass(frozen=True, slots=True)
class ValueSet:
    """A set of values of one kind: stretches, or names listed or excluded."""

    kind: Kind
    spans: tuple[Span, ...] = ()
    names: frozenset[str | bool] = frozenset()
    is_inverted: bool = False
    """Of strings only: everything but the names."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing lies inside."""
        return not self.spans if self.kind.is_ordered else not (self.names or self.is_inverted)

    def holds(self, value: Value) -> bool:
        """Whether a value of the same kind lies inside."""
        if self.kind.is_ordered:
            return any(span.holds(value) for span in self.spans)  # type: ignore[arg-type]  # ordered kind
        return (value in self.names) != self.is_inverted

    def cut(self, other: "ValueSet") -> "ValueSet":
        """Return what lies in both."""
        if self.kind.is_ordered:
            met = (_cut(self.kind, a, b) for a in self.spans for b in other.spans)
            return ValueSet(self.kind, tuple(span for span in met if span is not None))
        if self.is_inverted and other.is_inverted:
            return ValueSet(self.kind, names=self.names | other.names, is_inverted=True)
        if self.is_inverted:
            return ValueSet(self.kind, names=other.names - self.names)
        kept = self.names - other.names if other.is_inverted else self.names & other.names
        return ValueSet(self.kind, names=kept)

    def outside(self) -> "ValueSet":
        """Return every value of the kind that does not lie inside."""
        if self.kind is Kind.BOOLEAN:
            return ValueSet(self.kind, names=frozenset({True, False}) - self.names)
        if self.kind is Kind.STRING:
            return ValueSet(self.kind, names=self.names, is_inverted=not self.is_inverted)
        rest = everything(self.kind)
        for span in self.spans:
            rest = rest.cut(_around(self.kind, span))
        return rest

    def __str__(self) -> str:
        """Return the unary tests that say it."""
        if self.kind.is_ordered:
            return ", ".join(str(span) for span in self.spans)
        listed = ", ".join(sorted(shown(name) for name in self.names))
        if not self.is_inverted:
            return listed
        return f"not({listed})" if listed else "-"


def everything(kind: Kind) -> ValueSet:
    """Return the set of all values of a kind."""
    if kind.is_ordered:
        return ValueSet(kind, (Span(None, False, None, False),))
    if kind is Kind.BOOLEAN:
        return ValueSet(kind, names=frozenset({True, False}))
    return ValueSet(kind, is_inverted=True)


def named(kind: Kind, names: frozenset[str | bool]) -> ValueSet:
    """Return the set of the listed strings or truths."""
    return ValueSet(kind, names=names)


def stretch(
    kind: Kind, low: Ordered | None, has_low: bool, high: Ordered | None, has_high: bool
) -> ValueSet:
    """Return the set between two bounds; an empty one when they leave nothing."""
    span = _span(kind, low, has_low, high, has_high)
    return ValueSet(kind, (span,) if span is not None else ())


def together(sets: list[ValueSet]) -> ValueSet:
    """Return what lies in any of some listed sets of one kind."""
    spans = tuple(span for each in sets for span in each.spans)
    names = frozenset(name for each in sets for name in each.names)
    return ValueSet(sets[0].kind, spans, names)


def shown(value: object) -> str:
    """Return a value as it is written in a cell."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return f'date("{value.isoformat()}")'
    return f"{value:f}" if isinstance(value, Decimal) else f'"{value}"'


def _span(
    kind: Kind, low: Ordered | None, has_low: bool, high: Ordered | None, has_high: bool
) -> Span | None:
    if kind is not Kind.NUMBER:
        low, has_low = _first(low, has_low), low is not None
        high, has_high = _last(high, has_high), high is not None
    if _is_nothing(low, has_low, high, has_high):
        return None
    return Span(low, has_low and low is not None, high, has_high and high is not None)


def _is_nothing(low: Ordered | None, has_low: bool, high: Ordered | None, has_high: bool) -> bool:
    if low is None or high is None:
        return False
    return low > high or (low == high and not (has_low and has_high))  # type: ignore[operator]  # one kind a column


def _first(low: Ordered | None, has_low: bool) -> Ordered | None:
    """Return the first counted value from a bound on."""
    if isinstance(low, date):
        return low if has_low or low == date.max else low + timedelta(days=1)
    if low is None:
        return None
    whole = low.to_integral_value(ROUND_CEILING)
    return whole + 1 if whole == low and not has_low else whole


def _last(high: Ordered | None, has_high: bool) -> Ordered | None:
    if isinstance(high, date):
        return high if has_high or high == date.min else high - timedelta(days=1)
    if high is None:
        return None
    whole = high.to_integral_value(ROUND_FLOOR)
    return whole - 1 if whole == high and not has_high else whole


def _cut(kind: Kind, one: Span, two: Span) -> Span | None:
    low, has_low = one.low, one.has_low
    if two.low is not None and (low is None or two.low >= low):  # type: ignore[operator]  # one kind a column
        has_low = two.has_low and (two.low != low or has_low)
        low = two.low
    high, has_high = one.high, one.has_high
    if two.high is not None and (high is None or two.high <= high):  # type: ignore[operator]  # one kind a column
        has_high = two.has_high and (two.high != high or has_high)
        high = two.high
    return _span(kind, low, has_low, high, has_high)


def _around(kind: Kind, span: Span) -> ValueSet:
    """Return what lies below and above a stretch."""
    parts = []
    if span.low is not None:
        parts.append(_span(kind, None, False, span.low, not span.has_low))
    if span.high is not None:
        parts.append(_span(kind, span.high, not span.has_high, None, False))
    return ValueSet(kind, tuple(part for part in parts if part is not None))
