"""Single parts: by identifier, around a point, and what happened to them."""

from django.db.models import Q

from wanmi.kernel import cells
from wanmi.kernel.errors import NotFound
from wanmi.organisation.queries import Scope, duties

from .. import rules
from ..models import Part, PartChange, PartState

FARTHEST_M = 2000.0


class NoSuchPart(NotFound):
    """There is no part with this identifier, or it lies outside your area."""

    code = "no_such_part"


def part(identifier: str) -> Part | None:
    """Return a part by its identifier, with its class."""
    return Part.objects.select_related("category__edition").filter(identifier=identifier).first()


def require_part(identifier: str, scope: Scope) -> Part:
    """Return a part the person may see, or raise NoSuchPart."""
    row = part(identifier)
    if row is None or not scope.may(duties.SEE_PARTS, row.area_path):
        raise NoSuchPart
    return row


def by_id(key: int) -> Part | None:
    """Return a part by its key, with its class."""
    return Part.objects.select_related("category").filter(pk=key).first()


def by_ids(keys: set[int]) -> dict[int, Part]:
    """Return parts by their keys, in one query."""
    rows = Part.objects.select_related("category__edition").filter(pk__in=keys)
    return {row.pk: row for row in rows}


def nearby(
    lon: float,
    lat: float,
    metres: float,
    *,
    category: int | None = None,
    limit: int = 20,
    within: Scope | None = None,
) -> list[tuple[Part, float]]:
    """Return parts around a point (degrees CGCS2000) with their distance in metres, nearest first.

    Parts taken out are left aside; nothing farther than FARTHEST_M is looked for.
    `within` leaves out what a person may not see.
    """
    radius = min(metres, FARTHEST_M)
    rows = Part.objects.filter(_around(lon, lat, radius)).exclude(state=PartState.REMOVED)
    if category is not None:
        rows = rows.filter(category_id=category)
    if within is not None:
        rows = rows.filter(within.within(duties.SEE_PARTS))
    weighed = sorted(
        (rules.distance_m(lon, lat, x, y), key)
        for key, x, y in rows.values_list("pk", "lon", "lat")
    )
    near = [(key, metres) for metres, key in weighed[:limit] if metres <= radius]
    found = by_ids({key for key, _ in near})
    return [(found[key], metres) for key, metres in near]


def history(row: Part) -> list[PartChange]:
    """Return the changes of a part, newest first, with who made them."""
    return list(PartChange.objects.select_related("by").filter(part=row).order_by("-id"))


def _around(lon: float, lat: float, metres: float) -> Q:
    """Return the condition of lying in the box around a point, as ranges of cells."""
    west, south, east, north = rules.box_around(lon, lat, metres)
    corners = [cells.cell(x, y) for x in (west, east) for y in (south, north)]
    zoom = next(z for z in range(cells.ZOOM, -1, -1) if _are_near(corners, z))
    inside = Q(pk__in=[])
    for corner in sorted({cells.parent(corner, zoom) for corner in corners}):
        inside |= Q(cell__range=cells.tile_range(*cells.tile(corner)))
    return inside & Q(lon__range=(west, east), lat__range=(south, north))


def _are_near(corners: list[int], zoom: int) -> bool:
    """Say whether the tiles of the corners touch, so that no tile lies between them."""
    tiles = [cells.tile(cells.parent(corner, zoom)) for corner in corners]
    columns, rows = {tile.x for tile in tiles}, {tile.y for tile in tiles}
    return max(columns) - min(columns) <= 1 and max(rows) - min(rows) <= 1
