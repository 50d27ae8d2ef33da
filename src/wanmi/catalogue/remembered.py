"""The working calendar, remembered in this process.

Deadlines ask for it many times a second and it changes a few times a year: a change made
in this process shows at once, one made in another within `FRESH_S` seconds.
"""

import time
from datetime import date

from django.conf import settings

from wanmi.kernel.workcalendar import Calendar, Override, Season

from .models import CalendarDay, WorkPeriod
from .rules import spans_of

FRESH_S = 5.0
_known: list[tuple[float, tuple[object, ...], Calendar]] = []


def calendar() -> Calendar:
    """Return the working calendar of the city from its rows and the statutory days."""
    now = time.monotonic()
    if _known and now - _known[0][0] < FRESH_S:
        return _known[0][2]
    overrides, plans = days(), seasons()
    key = (settings.TIME_ZONE, overrides, plans)
    # The same rows keep the same object, which has already worked out its days.
    same = _known[0][2] if _known and _known[0][1] == key else None
    current = same or Calendar(zone=settings.TIME_ZONE, overrides=overrides, seasons=plans)
    _known[:] = [(now, key, current)]
    return current


def forget() -> None:
    """Read the rows again at the next question."""
    _known.clear()


def days() -> tuple[Override, ...]:
    """Return the days on which the city departs from the statutory calendar, as stored."""
    rows = CalendarDay.objects.order_by("day").values_list("day", "is_working")
    return tuple(Override(day, working) for day, working in rows)


def seasons() -> tuple[Season, ...]:
    """Return the seasons of working hours as stored, the latest first."""
    rows = WorkPeriod.objects.order_by("-valid_from", "-pk")
    return tuple(
        Season(row.valid_from, row.valid_to or date.max, spans_of(row.spans)) for row in rows
    )
