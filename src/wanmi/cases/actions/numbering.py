"""Case numbers by the configured pattern; unique, gapless within their scope, never changed."""

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

from wanmi.kernel.identifiers import NumberPattern


@lru_cache(maxsize=4)
def _pattern(text: str) -> NumberPattern:
    return NumberPattern(text)


def draw_number(area_code: str, at: datetime) -> str:
    """Return the next number for an area and moment; inside the caller's transaction."""
    pattern = _pattern(settings.CASE_NUMBER_PATTERN)
    day = at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    return pattern.render(area=area_code, day=day, seq=_next(pattern.scope(area_code, day)))


def _next(scope: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_numbercounter (scope, last) VALUES (%s, 1)"
            " ON CONFLICT (scope) DO UPDATE SET last = cases_numbercounter.last + 1"
            " RETURNING last",
            [scope],
        )
        return int(cursor.fetchone()[0])
