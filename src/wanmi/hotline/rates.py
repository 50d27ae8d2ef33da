"""The five rates of a hotline, each leading to the rows it was counted from.

Beijing's 96310 names them 接听率、录入率、督办率、回复率、咨询答复率 and asks a hundred
percent of each; how they are counted is not said there: the definitions here are
our own, to be confirmed with the city.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce, Now
from django.utils import timezone

from wanmi.intake import queries as intake
from wanmi.organisation import queries as organisation

from . import queries, rules
from .actions import DOOR
from .models import Call

__all__ = ["RATES", "Period", "Rate", "count_rates", "rows_of"]


@dataclass(frozen=True)
class Period:
    """From the first day to the last one, both included, in the city's time zone."""

    first: date
    last: date

    def bounds(self) -> tuple[datetime, datetime]:
        """Return the moments between which it lies, the second one excluded (UTC)."""
        zone = timezone.get_current_timezone()
        after = self.last + timedelta(days=1)
        begin, end = (datetime.combine(day, time(), zone) for day in (self.first, after))
        return begin.astimezone(UTC), end.astimezone(UTC)


@dataclass(frozen=True)
class Rate:
    """One rate: how many of those it is about fulfil it. `percent` is None of nothing."""

    code: str
    met: int
    all: int

    @property
    def percent(self) -> float | None:
        """Return the rate in percent."""
        return rules.share(self.met, self.all)

    @property
    def unmet(self) -> int:
        """Return how many do not fulfil it."""
        return self.all - self.met


@dataclass(frozen=True)
class _Measure:
    is_of_calls: bool
    about: Q
    met: Q


_IS_LATE = Q(case__due_at__lt=Coalesce(F("case__handled_at"), F("case__ended_at"), Now()))
_IS_PRESSED = Q(case__is_supervised=True) | Q(case__is_urged=True)
_ASKS = Q(purpose=intake.Purpose.CONSULTATION)

_MEASURES = {
    "answered": _Measure(True, Q(), Q(answered_at__isnull=False)),
    "recorded": _Measure(
        True,
        Q(answered_at__isnull=False),
        Q(contact__isnull=False) | Q(outcome__in=rules.NO_MATTER),
    ),
    "supervised": _Measure(False, Q(case__isnull=False) & (_IS_LATE | _IS_PRESSED), _IS_PRESSED),
    "replied": _Measure(False, ~_ASKS, Q(answered_at__isnull=False)),
    "consultation": _Measure(False, _ASKS, Q(answered_at__isnull=False)),
}
RATES = tuple(_MEASURES)


def count_rates(scope: organisation.Scope, period: Period, area: str = "") -> list[Rate]:
    """Count the five rates of a period (by the moment of the ring, or of receipt) and an area."""
    counted = []
    for code, measure in _MEASURES.items():
        rows = _rows(measure, scope, period, area)
        counted.append(Rate(code, rows.filter(measure.met).count(), rows.count()))
    return counted


def rows_of(
    code: str, scope: organisation.Scope, period: Period, area: str = "", *, met: bool | None = None
) -> "QuerySet[Call] | QuerySet[intake.Contact]":
    """Return the calls or matters a rate was counted from; `met`: those that fulfil it."""
    measure = _MEASURES[code]
    rows = _rows(measure, scope, period, area)
    if met is not None:
        fulfilled: Any = rows.filter(measure.met).values("pk")
        rows = rows.filter(pk__in=fulfilled) if met else rows.exclude(pk__in=fulfilled)
    return rows.order_by("-pk")


def is_of_calls(code: str) -> bool:
    """Say whether a rate is counted from calls; the others are from matters."""
    return _MEASURES[code].is_of_calls


def _rows(
    measure: _Measure, scope: organisation.Scope, period: Period, area: str
) -> "QuerySet[Call] | QuerySet[intake.Contact]":
    begin, end = period.bounds()
    within = organisation.path_prefix(area)
    if measure.is_of_calls:
        calls = queries.visible(scope).filter(rang_at__gte=begin, rang_at__lt=end)
        return calls.filter(measure.about, within)
    matters = intake.visible(scope).filter(received_at__gte=begin, received_at__lt=end)
    return matters.filter(measure.about, within, door=DOOR).select_related("case")
