"""Limits: how long somebody has, in four kinds (GB/T 30428.8, CJ/T 315).

urgent_hour  紧急工作时  clock hours, nights and holidays included
work_hour    工作时      working hours of working days only
work_day     工作日      working days; one counts as 8 work hours
natural_day  自然日      24 clock hours each (also written 紧急工作日)
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from wanmi.kernel.errors import Invalid, Phrase

HOUR_S = 3600
WORK_DAY_S = 8 * HOUR_S
NATURAL_DAY_S = 24 * HOUR_S
# Ten years: longer is a slip of the pen, and would run the calendar off its end.
LONGEST_S = 3650 * NATURAL_DAY_S


class LimitType(StrEnum):
    """The four ways of counting."""

    URGENT_HOUR = "urgent_hour"
    WORK_HOUR = "work_hour"
    WORK_DAY = "work_day"
    NATURAL_DAY = "natural_day"

    @property
    def is_continuous(self) -> bool:
        """Whether the clock also runs at night and on days off."""
        return self in (LimitType.URGENT_HOUR, LimitType.NATURAL_DAY)

    @property
    def unit_s(self) -> int:
        """Seconds counted for one of them."""
        return _UNIT_S[self]

    @property
    def label(self) -> str:
        """The msgid of the unit, plural."""
        return _LABELS[self]


_UNIT_S = {
    LimitType.URGENT_HOUR: HOUR_S,
    LimitType.WORK_HOUR: HOUR_S,
    LimitType.WORK_DAY: WORK_DAY_S,
    LimitType.NATURAL_DAY: NATURAL_DAY_S,
}
_LABELS = {
    LimitType.URGENT_HOUR: Phrase("urgent hours"),
    LimitType.WORK_HOUR: Phrase("work hours"),
    LimitType.WORK_DAY: Phrase("work days"),
    LimitType.NATURAL_DAY: Phrase("natural days"),
}


class UnusableLimit(Invalid):
    """A limit is a positive number of hours or days, at most ten years."""

    code = "unusable_limit"


class UnreadableLimit(Invalid):
    """“%(text)s” is not a limit; write for example 2紧急工作时, 4工作时, 2工作日 or 1自然日."""

    code = "unreadable_limit"


@dataclass(frozen=True, slots=True)
class Limit:
    """A number of hours or days and how they are counted."""

    value: Decimal
    kind: LimitType

    def __init__(self, value: Decimal | float | str, kind: LimitType | str) -> None:
        object.__setattr__(self, "value", _number(value))
        object.__setattr__(self, "kind", LimitType(kind))
        if not 0 < self.seconds <= LONGEST_S:
            raise UnusableLimit

    @property
    def seconds(self) -> float:
        """Seconds to count, in the time of this kind."""
        return float(self.value * self.kind.unit_s)

    def __str__(self) -> str:
        """Return a form ``parse_limit`` reads back."""
        return f"{self.value.normalize():f} {self.kind}"


def _number(value: Decimal | float | str) -> Decimal:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise UnusableLimit from None
    if not number.is_finite():
        raise UnusableLimit
    return number


_SPELLINGS: dict[LimitType, tuple[str, ...]] = {
    LimitType.URGENT_HOUR: ("紧急工作时", "紧急工作小时", "紧急小时", "uh", "urgenthour"),
    LimitType.WORK_HOUR: (
        "工作时",
        "工作小时",
        "个工作时",
        "小时",
        "时",
        "wh",
        "h",
        "hour",
        "workhour",
    ),
    LimitType.WORK_DAY: ("工作日", "个工作日", "工作天", "天", "日", "wd", "d", "day", "workday"),
    LimitType.NATURAL_DAY: ("自然日", "自然天", "紧急工作日", "cd", "naturalday", "calendarday"),
}
_UNITS = {spelling: kind for kind, spellings in _SPELLINGS.items() for spelling in spellings}
_NUMERALS = {c: n for n, c in enumerate("一二三四五六七八九十", start=1)} | {"两": 2, "半": 0.5}
_FORM = re.compile(r"(\d+(?:\.\d+)?|[一二三四五六七八九十两半])个?(\D+)")
_MINUTES = ("分钟", "分", "min", "minute", "minutes")


def parse_limit(text: str) -> Limit:
    """Read a limit as people write it.

    A bare hour is a work hour and a bare day a work day; minutes are parts of a work hour.
    """
    form = _FORM.fullmatch(_squeezed(text))
    if form is None:
        raise UnreadableLimit(text=text)
    number, unit = Decimal(str(_NUMERALS.get(form[1], form[1]))), form[2]
    if unit in _MINUTES:
        return Limit(number / 60, LimitType.WORK_HOUR)
    kind = _UNITS.get(unit) or _UNITS.get(unit.removesuffix("s"))
    if kind is None:
        raise UnreadableLimit(text=text)
    return Limit(number, kind)


def _squeezed(text: str) -> str:
    """Fold full-width forms and case, drop white space and underscores."""
    return re.sub(r"[\s_]+", "", unicodedata.normalize("NFKC", text)).lower()
