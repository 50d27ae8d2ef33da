"""Rules of the catalogue: codes of classes, their successors, names, working hours."""

from collections.abc import Iterable, Sequence
from datetime import time
from typing import Final, NamedTuple

from wanmi.kernel.workcalendar import Span, UnusableCalendar, require_order

EXTENSIONS_START: Final = {2: 99, 3: 999}
"""Local minor classes are numbered backwards from the top."""

_DAY_MINUTES: Final = 24 * 60


class ClassKey(NamedTuple):
    """A minor class inside an edition; part and event codes overlap, so the kind is in it."""

    kind: str
    major: str
    minor: str

    @property
    def code(self) -> str:
        """Major and minor together."""
        return self.major + self.minor


def split_code(kind: str, code: str) -> ClassKey:
    """Return the components of a class code: two digits of the major, the rest is the minor."""
    return ClassKey(kind, code[:2], code[2:])


def anomaly_name_zh(part: str) -> str:
    """Return the name of the matter "part out of order" (GB/T 47678.5-2026)."""
    return f"{part}异常"


def anomaly_name_en(part: str) -> str:
    """Return the English name of the matter "part out of order"."""
    return f"{part}: out of order"


def next_extension(taken: set[str], digits: int) -> str | None:
    """Return the next free local minor code, counting backwards from the top; None when full."""
    floor = 80 if digits == 3 else 60
    numbers = (f"{number:0{digits}}" for number in range(EXTENSIONS_START[digits], floor - 1, -1))
    return next((number for number in numbers if number not in taken), None)


Minutes = tuple[int, int]
"""Opening and closing in minutes since midnight; 1440 is the end of the day."""


def spans_of(minutes: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    """Return working hours from pairs of minutes. Raises UnusableCalendar."""
    spans = tuple(_span(*pair) for pair in minutes)
    require_order(spans)
    return spans


def _span(opens: int, closes: int) -> Span:
    if not 0 <= opens < closes <= _DAY_MINUTES:
        raise UnusableCalendar
    return Span(_time(opens), _time(closes % _DAY_MINUTES))


def _time(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)
