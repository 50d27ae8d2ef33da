"""Entering areas in bulk, drawing their boundaries, ending their validity.

A code is entered once and never again, not even after its area has ended
(GB/T 30428.1: a grid that is split or merged gets new codes).
"""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import shapely
from django.utils import timezone
from shapely.geometry.base import BaseGeometry

from wanmi.journal import actions as journal
from wanmi.kernel.cells import cells
from wanmi.kernel.errors import Conflict, Invalid

from .. import events, versions
from ..models import Area, AreaKind
from ..shapes import areas_m2, inner_points
from .lineage import Lineage, common_path, known_areas

CHUNK = 5000


class CodeInUse(Conflict):
    """These codes are taken or were once used, and codes are never reused: %(codes)s."""

    code = "area_code_in_use"


class NotValid(Conflict):
    """There is no valid area with these codes: %(codes)s."""

    code = "area_not_valid"


class HasAreasBelow(Conflict):
    """Areas below this one are still valid; end them first: %(codes)s."""

    code = "area_has_areas_below"


@dataclass(frozen=True)
class NewArea:
    """An area to be entered. The boundary is in CGCS2000 degrees; area in m², counted if absent.

    The parent is named by its code and may stand in the same batch or in the
    tables. Components left out are taken from the parent, and what the code
    adds to the parent's is the area's own component.
    """

    kind: str
    code: str
    name_zh: str
    name_en: str = ""
    parent_code: str = ""
    boundary: BaseGeometry | None = None
    division_code: str = ""
    street_code: str = ""
    community_code: str = ""
    sequence: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    area_m2: float | None = None
    land_use: str = ""
    region_class: str = ""
    responsible_body: str = ""
    is_draft: bool = False
    note: str = ""


@journal.deed()
def enter_areas(
    areas: Iterable[NewArea], *, by: journal.Actor = None, source: str = "", on: date | None = None
) -> list[Area]:
    """Enter areas together, parents before children whatever their order; all or none.

    Valid from `on` (today in the city) unless an area says otherwise. Raises
    CodeInUse, and what `Lineage` raises of parents that are missing, cyclic or
    of a lower kind.
    """
    batch = list(areas)
    if not batch:
        return []
    _refuse_used(batch)
    day = on or timezone.localdate()
    lineage = Lineage(batch)
    entered: dict[str, Area] = {}
    for level in lineage.levels():
        rows = [lineage.row(new, day=day) for new in level]
        _draw(rows, [new.boundary for new in level])
        Area.objects.bulk_create(rows, batch_size=1000)
        lineage.know(rows)
        entered.update((row.code, row) for row in rows)
    versions.renew()
    _publish(list(entered.values()), source=source, by=by)
    return [entered[new.code] for new in batch]


def enter_area(new: NewArea, *, by: journal.Actor = None, source: str = "") -> Area:
    """Enter one area; see `enter_areas`."""
    return enter_areas([new], by=by, source=source)[0]


@journal.deed()
def draw_boundaries(
    boundaries: dict[str, BaseGeometry],
    *,
    kind: str = "",
    by: journal.Actor = None,
    source: str = "",
) -> list[Area]:
    """Give valid areas, by code, a boundary (CGCS2000 degrees), for the first time or anew."""
    rows = list(known_areas(boundaries, kind=kind))
    _refuse_absent(set(boundaries) - {row.code for row in rows})
    _draw(rows, [boundaries[row.code] for row in rows])
    drawn = ["boundary", "west", "south", "east", "north", "lon", "lat", "cell", "area_m2"]
    Area.objects.bulk_update(rows, drawn, batch_size=200)
    versions.renew()
    codes = sorted(row.code for row in rows)
    event = events.BoundariesDrawn(uuid.uuid4().hex, codes, source)
    journal.publish(event, by=by, area_path=common_path([row.path for row in rows]))
    return rows


@journal.deed()
def end_areas(codes: Sequence[str], *, kind: str, last_day: date, by: journal.Actor = None) -> None:
    """End the validity of areas of a kind after a day; nothing valid may be left below them."""
    rows = list(known_areas(codes, kind=kind))
    _refuse_absent(set(codes) - {row.code for row in rows})
    keys = [row.pk for row in rows]
    _refuse_with_children(keys)
    for start in range(0, len(keys), CHUNK):
        Area.objects.filter(pk__in=keys[start : start + CHUNK]).update(valid_to=last_day)
    versions.renew()
    event = events.AreasEnded(uuid.uuid4().hex, {kind: len(keys)}, last_day.isoformat())
    journal.publish(event, by=by, area_path=common_path([row.path for row in rows]))


REVISABLE = frozenset(
    {"name_zh", "name_en", "land_use", "region_class", "responsible_body", "note"}
)


@journal.deed()
def revise_area(area: Area, *, by: journal.Actor = None, **fields: str) -> Area:
    """Change attributes of an area; code, parent and dates are not attributes."""
    wrong = sorted(set(fields) - REVISABLE)
    if wrong:
        raise Invalid("These attributes cannot be changed: %(fields)s.", fields=", ".join(wrong))
    Area.objects.filter(pk=area.pk).update(**fields)
    area.refresh_from_db(fields=list(fields))
    versions.renew()
    journal.publish(events.AreaRevised(area.pk, sorted(fields)), by=by, area_path=area.path)
    return area


def _refuse_used(batch: list[NewArea]) -> None:
    kinds = {new.code: new.kind for new in batch}
    used = {code for code, times in Counter(new.code for new in batch).items() if times > 1}
    codes = list(kinds)
    for start in range(0, len(codes), CHUNK):
        rows = Area.objects.filter(code__in=codes[start : start + CHUNK])
        used |= {code for kind, code in rows.values_list("kind", "code") if kinds[code] == kind}
    if used:
        raise CodeInUse(codes=_few(used))


def _refuse_absent(codes: set[str]) -> None:
    if codes:
        raise NotValid(codes=_few(codes))


def _refuse_with_children(keys: list[int]) -> None:
    below: list[str] = []
    for start in range(0, len(keys), CHUNK):
        some = keys[start : start + CHUNK]
        rows = Area.objects.filter(parent_id__in=some, valid_to__isnull=True).exclude(
            kind=AreaKind.DUTY_GRID
        )
        below += rows.exclude(pk__in=some).values_list("code", flat=True)[:20]
    if below:
        raise HasAreasBelow(codes=_few(set(below)))


def _few(codes: set[str]) -> str:
    shown = ", ".join(sorted(codes)[:10])
    return f"{shown} … ({len(codes)})" if len(codes) > 10 else shown


def _draw(rows: list[Area], boundaries: Sequence[BaseGeometry | None]) -> None:
    """Write boundary, box, inner point, cell and true area of the rows that have a boundary."""
    drawn = [(row, shape) for row, shape in zip(rows, boundaries, strict=True) if shape is not None]
    if not drawn:
        return
    shapes = np.array([shape for _, shape in drawn], dtype=object)
    lons, lats = inner_points(shapes)
    boxes, wkb, area, cell = (
        shapely.bounds(shapes),
        shapely.to_wkb(shapes),
        areas_m2(shapes),
        cells(lons, lats),
    )
    for place, (row, _) in enumerate(drawn):
        row.boundary = wkb[place]
        row.west, row.south, row.east, row.north = (float(edge) for edge in boxes[place])
        row.lon, row.lat, row.cell = float(lons[place]), float(lats[place]), int(cell[place])
        row.area_m2 = float(area[place]) if row.area_m2 is None else row.area_m2


def _publish(rows: list[Area], *, source: str, by: journal.Actor) -> None:
    counts = dict(sorted(Counter(row.kind for row in rows).items()))
    event = events.AreasEntered(uuid.uuid4().hex, counts, source)
    journal.publish(event, by=by, area_path=common_path([row.path for row in rows]))
