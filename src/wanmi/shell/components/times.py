"""Words for time: how long is left, how long ago, and the exact moment for the hover."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.dateformat import format as dateformat
from django.utils.translation import gettext

from . import prepares
from .lamps import lamp_key

MINUTE, HOUR, DAY = 60, 3_600, 86_400


def span_words(seconds: float) -> str:
    """Return a length of time in its two largest units: "2 h 15 min"."""
    whole = int(abs(seconds))
    days, hours, minutes = whole // DAY, whole % DAY // HOUR, whole % HOUR // MINUTE
    if days:
        parts = [gettext("%(n)s d") % {"n": days}, hours and gettext("%(n)s h") % {"n": hours}]
    elif hours:
        parts = [
            gettext("%(n)s h") % {"n": hours},
            minutes and gettext("%(n)s min") % {"n": minutes},
        ]
    elif minutes:
        parts = [gettext("%(n)s min") % {"n": minutes}]
    else:
        parts = [gettext("under 1 min")]
    return " ".join(part for part in parts if part)


def exact(moment: datetime) -> str:
    """Return the moment in the city's time zone, to the second."""
    return dateformat(timezone.localtime(moment), "Y-m-d H:i:s")


def short(moment: datetime, now: datetime) -> str:
    """Return the moment as people write it: the time today, else the date and time."""
    local, today = timezone.localtime(moment), timezone.localtime(now).date()
    if local.date() == today:
        return dateformat(local, "H:i")
    return dateformat(local, "m-d H:i" if local.year == today.year else "Y-m-d H:i")


@prepares("deadline")
def deadline(
    value: datetime | None,
    *,
    lamp: str = "",
    paused: bool = False,
    now: datetime | None = None,
    left_s: float | None = None,
) -> dict[str, Any]:
    """Say how long is left; ``left_s`` is what a paused clock still has."""
    now = now or timezone.now()
    if paused or value is None:
        left = span_words(left_s) if left_s is not None else ""
        return {"lamp": "paused" if paused else "", "words": left, "exact": "", "ticking": False}
    seconds = (value - now).total_seconds()
    pattern = gettext("%(time)s left") if seconds >= 0 else gettext("%(time)s overdue")
    return {
        "lamp": lamp_key(lamp) if lamp else ("in_time" if seconds >= 0 else "overdue"),
        "words": pattern % {"time": span_words(seconds)},
        "exact": exact(value),
        "iso": value.isoformat(),
        "ticking": True,
    }


@prepares("moment")
def moment(value: datetime | None, *, now: datetime | None = None) -> dict[str, Any]:
    """Say when something happened."""
    if value is None:
        return {"words": "", "exact": "", "iso": ""}
    return {
        "words": short(value, now or timezone.now()),
        "exact": exact(value),
        "iso": value.isoformat(),
    }


@prepares("span")
def span(value: timedelta | float | None) -> dict[str, Any]:
    """Say how long something took; a number is seconds."""
    seconds = value.total_seconds() if isinstance(value, timedelta) else value
    return {"words": "" if seconds is None else span_words(seconds)}


@prepares("printhead")
def printhead(title: str = "", **_: Any) -> dict[str, Any]:
    """Head of a printed page: what it is and when it was printed."""
    return {"title": title, "printed_at": exact(timezone.now())}
