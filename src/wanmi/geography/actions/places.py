"""Entering named places in bulk, renewing them, ending their validity."""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import shapely
from django.utils import timezone
from shapely.geometry.base import BaseGeometry

from wanmi.journal import actions as journal
from wanmi.kernel.cells import cells
from wanmi.kernel.errors import Conflict, Invalid

from .. import events
from ..models import Place, PlaceKind
from ..queries.locating import locate_many
from ..wording import words_of
from .lineage import common_path

CHUNK = 5000


class PlaceTwice(Conflict):
    """These place codes stand more than once in the same import: %(codes)s."""

    code = "place_twice"


class MissingPlace(Invalid):
    """These places are neither known nor in the same import: %(codes)s."""

    code = "missing_place"


class UnknownPlaceKind(Invalid):
    """There is no kind of place called %(kind)s."""

    code = "unknown_place_kind"


class Nowhere(Invalid):
    """The place %(code)s has no point inside the world."""

    code = "place_nowhere"


@dataclass(frozen=True)
class NewPlace:
    """A named place (GB/T 30428.3). Point and shape are in CGCS2000 degrees.

    Without a point, the shape gives it. `parent_code` names the place this one
    belongs to: a door plate's street, a building's quarter. `number` is the
    door number as written ("12", "甲12").
    """

    code: str
    kind: str
    name_zh: str
    name_en: str = ""
    lon: float | None = None
    lat: float | None = None
    shape: BaseGeometry | None = None
    aliases: Sequence[str] = field(default_factory=tuple)
    parent_code: str = ""
    number: str = ""
    valid_from: date | None = None
    source: str = ""


_RENEWED = [
    "kind",
    "name_zh",
    "name_en",
    "aliases",
    "number",
    "shape",
    "lon",
    "lat",
    "cell",
    "grid_code",
    "area_path",
    "words",
    "source",
    "valid_to",
]


@journal.deed()
def enter_places(
    places: Iterable[NewPlace],
    *,
    by: journal.Actor = None,
    source: str = "",
    on: date | None = None,
) -> int:
    """Enter places together, or renew those whose code is known; all or none. Returns how many."""
    batch = list(places)
    if not batch:
        return 0
    _refuse_unusable(batch)
    rows = _rows(batch, on or timezone.localdate())
    _place(rows, batch)
    _write(rows)
    _bind(batch)
    event = events.PlacesEntered(uuid.uuid4().hex, len(rows), source)
    journal.publish(event, by=by, area_path=common_path([row.area_path for row in rows]))
    return len(rows)


@journal.deed()
def end_places(codes: Sequence[str], *, last_day: date, by: journal.Actor = None) -> int:
    """End the validity of places after a day; their names stay searchable for that time."""
    ended = 0
    for start in range(0, len(codes), CHUNK):
        rows = Place.objects.filter(code__in=codes[start : start + CHUNK], valid_to__isnull=True)
        ended += rows.update(valid_to=last_day)
    event = events.PlacesEnded(uuid.uuid4().hex, ended, last_day.isoformat())
    journal.publish(event, by=by)
    return ended


def _refuse_unusable(batch: list[NewPlace]) -> None:
    twice = [code for code, times in Counter(new.code for new in batch).items() if times > 1]
    if twice:
        raise PlaceTwice(codes=", ".join(sorted(twice)[:10]))
    for new in batch:
        if new.kind not in PlaceKind.values:
            raise UnknownPlaceKind(kind=new.kind)
        if (new.lon is None or new.lat is None) and new.shape is None:
            raise Nowhere(code=new.code)


def _rows(batch: list[NewPlace], day: date) -> list[Place]:
    return [
        Place(
            code=new.code,
            kind=new.kind,
            name_zh=new.name_zh,
            name_en=new.name_en,
            aliases=list(new.aliases),
            number=new.number,
            shape=shapely.to_wkb(new.shape) if new.shape is not None else None,
            words=words_of([new.name_zh, new.name_en, *new.aliases]),
            valid_from=new.valid_from or day,
            source=new.source,
        )
        for new in batch
    ]


def _place(rows: list[Place], batch: list[NewPlace]) -> None:
    """Write point, cell, grid and area of each row."""
    points = np.array([_point(new) for new in batch], dtype=np.float64)
    lons, lats = points[:, 0], points[:, 1]
    located, cell = locate_many(lons, lats), cells(lons, lats)
    for place, row in enumerate(rows):
        row.lon, row.lat, row.cell = float(lons[place]), float(lats[place]), int(cell[place])
        row.grid_code, row.area_path = str(located.codes[place]), str(located.paths[place])


def _point(new: NewPlace) -> tuple[float, float]:
    if new.lon is not None and new.lat is not None:
        lon, lat = new.lon, new.lat
    elif new.shape is not None:
        middle = (
            shapely.line_interpolate_point(new.shape, 0.5, normalized=True)
            if new.shape.geom_type == "LineString"
            else shapely.point_on_surface(new.shape)
        )
        lon, lat = float(shapely.get_x(middle)), float(shapely.get_y(middle))
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise Nowhere(code=new.code)
    return lon, lat


def _write(rows: list[Place]) -> None:
    Place.objects.bulk_create(
        rows,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=_RENEWED,
    )


def _bind(batch: list[NewPlace]) -> None:
    """Set parents by code, once all rows are there."""
    bound = [new for new in batch if new.parent_code]
    codes = {code for new in bound for code in (new.code, new.parent_code)}
    rows = _by_code(codes)
    if missing := {new.parent_code for new in bound} - set(rows):
        raise MissingPlace(codes=", ".join(sorted(missing)[:10]))
    for new in bound:
        rows[new.code].parent = rows[new.parent_code]
    changed = [rows[new.code] for new in bound]
    Place.objects.bulk_update(changed, ["parent"], batch_size=400)


def _by_code(codes: set[str]) -> dict[str, Place]:
    wanted, rows = sorted(codes), {}
    for start in range(0, len(wanted), CHUNK):
        some = Place.objects.filter(code__in=wanted[start : start + CHUNK])
        rows.update({row.code: row for row in some})
    return rows
