"""Open cases near a point, asked while somebody types: one statement, a few columns.

The ORM would spend more on writing the question than the database on answering it.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from math import cos, radians
from typing import Any

from django.conf import settings
from django.db import connection

from wanmi.kernel import cells

from .likeness import distance_m, likeness
from .links import MOST, Alike
from .models import Case

_COMPARED = ("lon", "lat", "reported_at", "description")
SHOWN = (
    *(*_COMPARED, "id", "number", "address", "area_path", "kind", "category_code", "category_zh"),
    *("category_en", "state", "phase", "dispatched_at", "reported_by_id"),
)
"""The columns whoever is shown a duplicate needs; any other is fetched when it is asked for."""
_MOST_COMPARED = 200
_MOST_TILES = 9
_METRES_A_DEGREE = 111_320


def near(lon: float, lat: float, at: datetime, *, words: str) -> list[Alike]:
    """Return the open cases most like a report, most like first; see `links.alike`."""
    metres, hours = settings.DUPLICATE_METRES, settings.DUPLICATE_HOURS
    found = []
    for row in _rows(_ranges(lon, lat, metres), at, timedelta(hours=hours)):
        away = distance_m(lon, lat, row[0], row[1])
        if away <= metres:
            apart = abs((_moment(row[2]) - at).total_seconds()) / 3600
            found.append((likeness(away / metres, apart / hours, words, row[3]), away, apart, row))
    found.sort(key=lambda each: -each[0])
    return [Alike(_case(row), away, apart, same) for same, away, apart, row in found[:MOST]]


def _rows(
    ranges: Sequence[tuple[int, int]], at: datetime, span: timedelta
) -> list[tuple[Any, ...]]:
    inside = " OR ".join(["cell BETWEEN %s AND %s"] * len(ranges))
    given = [value for each in ranges for value in each]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(SHOWN)} FROM cases_case"  # noqa: S608  # names of our own
            f" WHERE ended_at IS NULL AND ({inside}) AND reported_at BETWEEN %s AND %s"
            f" LIMIT {_MOST_COMPARED}",
            [*given, (at - span).astimezone(UTC), (at + span).astimezone(UTC)],
        )
        return list(cursor.fetchall())


def _case(row: Sequence[Any]) -> Case:
    """Return a case of its shown columns; its moments with their zone."""
    told = dict(zip(SHOWN, row, strict=True))
    for name in ("reported_at", "dispatched_at"):
        told[name] = _moment(told[name]) if told[name] else None
    # `from_db` takes the values in the order of the model's own columns.
    names = [field.attname for field in Case._meta.concrete_fields if field.attname in told]
    return Case.from_db(connection.alias, names, [told[name] for name in names])


def _moment(value: datetime) -> datetime:
    """Return a moment with its zone, which SQLite does not keep."""
    return value if value.tzinfo is not None else value.replace(tzinfo=UTC)


def _ranges(lon: float, lat: float, metres: float) -> list[tuple[int, int]]:
    north = metres / _METRES_A_DEGREE
    east = north / max(cos(radians(lat)), 0.01)
    box = (lon - east, lat - north, lon + east, lat + north)
    return cells.covering(*box, most=_MOST_TILES)
