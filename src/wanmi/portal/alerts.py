"""Alerts: which released matters they are about, and how they are said."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext
from shapely import intersects_xy

from wanmi.geography import queries as geography
from wanmi.shell.pages import spoken

from .areas import shape_of
from .models import Alert, Release
from .public import Wanted, categories, released, shown

MOST = 500
"""Releases looked at in one turn, the newest."""
LINES = 10


def new_releases(since: datetime) -> list[Release]:
    """Return what was let out after a moment, newest first."""
    return list(released(Wanted()).filter(released_at__gt=since)[:MOST])


def matching(alert: Alert, releases: Sequence[Release]) -> list[Release]:
    """Return the releases an alert has not told and is about."""
    fresh = [row for row in releases if row.released_at > alert.told_until]
    return about(alert, fresh)


def about(alert: Alert, releases: Sequence[Release]) -> list[Release]:
    """Return the releases of an alert's area and classes."""
    wanted = set(alert.categories)
    rows = [row for row in releases if not wanted or _category(row) in wanted]
    if alert.corners:
        shape = shape_of(alert.corners)
        return [
            row for row in rows if row.lon is not None and intersects_xy(shape, row.lon, row.lat)
        ]
    return [row for row in rows if _is_below(row.area_path, alert.area_path)]


def latest(alert: Alert, limit: int = 20) -> list[Release]:
    """Return the newest released matters an alert is about."""
    return about(alert, list(released(Wanted())[:MOST]))[:limit]


def release_lines(releases: Sequence[Release], site: str) -> list[str]:
    """Return the lines of a letter, the first of them where there are many."""
    lines = [_line(row, site) for row in releases[:LINES]]
    more = len(releases) - LINES
    return [*lines, gettext("and %(n)s more") % {"n": more}] if more > 0 else lines


def described(alert: Alert) -> tuple[str, str]:
    """Return what an alert is about in words: its area, its classes."""
    return _area(alert), _classes(alert)


def _area(alert: Alert) -> str:
    if alert.corners:
        return gettext("A drawn area")
    if not alert.area_code:
        return gettext("The whole city")
    row = geography.area(alert.area_code)
    return spoken(row.name_zh, row.name_en)


def _classes(alert: Alert) -> str:
    names = dict(categories())
    said = [names.get(each, each) for each in alert.categories]
    return "、".join(said) or gettext("All classes")


def _line(row: Release, site: str) -> str:
    line = shown(row)
    head = " · ".join(part for part in (line.category or gettext("A report"), line.place) if part)
    return f"{head}\n{line.words[:120]}\n{site}{reverse('portal:one', args=[row.code])}"


def _category(row: Release) -> str:
    case = row.contact.case
    return f"{case.kind}/{case.category_code}" if case is not None else ""


def _is_below(path: str, wanted: str) -> bool:
    # Every code of a path is followed by a slash.
    return path.startswith(wanted)
