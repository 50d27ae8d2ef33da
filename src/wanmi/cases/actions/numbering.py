"""Case numbers by the configured pattern; unique, gapless within their scope, never changed."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings

from wanmi.journal import actions as journal
from wanmi.kernel.identifiers import NumberPattern


@lru_cache(maxsize=4)
def _pattern(text: str) -> NumberPattern:
    return NumberPattern(text)


def draw_number(area_code: str, at: datetime) -> str:
    """Return the next number for an area and moment; inside the caller's transaction."""
    return draw_numbers([(area_code, at)])[0]


def draw_numbers(wanted: Sequence[tuple[str, datetime]]) -> list[str]:
    """Return a number for each area and moment, at one statement per counter."""
    pattern, zone = _pattern(settings.CASE_NUMBER_PATTERN), ZoneInfo(settings.TIME_ZONE)
    days = [(area_code, at.astimezone(zone).date()) for area_code, at in wanted]
    scopes = [pattern.scope(area_code, day) for area_code, day in days]
    # In one order, so that two who draw from several counters never wait for each other.
    counts = Counter(scopes)
    drawn = {scope: _advance(scope, counts[scope]) - counts[scope] for scope in sorted(counts)}
    numbers = []
    for (area_code, day), scope in zip(days, scopes, strict=True):
        drawn[scope] += 1
        numbers.append(pattern.render(area=area_code, day=day, seq=drawn[scope]))
    return numbers


def _advance(scope: str, count: int) -> int:
    """Draw several numbers of a counter at once; return the last of them."""
    statement = (
        "INSERT INTO cases_numbercounter (scope, last) VALUES (%s, %s) ON CONFLICT (scope)"
        " DO UPDATE SET last = cases_numbercounter.last + excluded.last RETURNING last"
    )
    return int(journal.run(statement, [scope, count])[0][0])
