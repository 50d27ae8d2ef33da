"""Case numbers by the configured pattern; unique, gapless within their scope, never changed."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from wanmi.journal import actions as journal

from .. import numberpatterns
from ..models import Case


def draw_number(area_code: str, at: datetime) -> str:
    """Return the next number for an area and moment; inside the caller's transaction."""
    return draw_numbers([(area_code, at)])[0]


def draw_numbers(wanted: Sequence[tuple[str, datetime]]) -> list[str]:
    """Return a number for each area and moment, at one statement per counter."""
    zone = ZoneInfo(settings.TIME_ZONE)
    days = [(area_code, at.astimezone(zone).date()) for area_code, at in wanted]
    numbers = _draw(days)
    if not any(numberpatterns.was_ever_changed(day) for day in {day for _, day in days}):
        return numbers
    # Numbers of an earlier pattern may look the same; those are passed over.
    taken = set(Case.objects.filter(number__in=numbers).values_list("number", flat=True))
    while taken & set(numbers):
        again = [place for place, number in enumerate(numbers) if number in taken]
        for place, number in zip(again, _draw([days[place] for place in again]), strict=True):
            numbers[place] = number
        taken = set(Case.objects.filter(number__in=numbers).values_list("number", flat=True))
    return numbers


def _draw(days: Sequence[tuple[str, date]]) -> list[str]:
    patterns = {day: numberpatterns.pattern_on(day) for day in {day for _, day in days}}
    scopes = [patterns[day].scope(area_code, day) for area_code, day in days]
    # In one order, so that two who draw from several counters never wait for each other.
    counts = Counter(scopes)
    drawn = {scope: _advance(scope, counts[scope]) - counts[scope] for scope in sorted(counts)}
    numbers = []
    for (area_code, day), scope in zip(days, scopes, strict=True):
        drawn[scope] += 1
        numbers.append(patterns[day].render(area=area_code, day=day, seq=drawn[scope]))
    return numbers


def _advance(scope: str, count: int) -> int:
    """Draw several numbers of a counter at once; return the last of them."""
    statement = (
        "INSERT INTO cases_numbercounter (scope, last) VALUES (%s, %s) ON CONFLICT (scope)"
        " DO UPDATE SET last = cases_numbercounter.last + excluded.last RETURNING last"
    )
    return int(journal.run(statement, [scope, count])[0][0])
