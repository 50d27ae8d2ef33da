"""What the room's API answers: areas, places, located points."""

from typing import Any

from ninja import Field, Schema

from wanmi.kernel.text import Latitude, Line, Longitude

from .models import Area, Place
from .queries import AreaName, Located, Match

MOST_POINTS, MOST_ADDRESSES = 10_000, 500


class NameOut(Schema):
    """An area in both languages."""

    code: str
    kind: str
    name_zh: str
    name_en: str


class LocatedOut(Schema):
    """Where a point lies; every level is null where none is drawn."""

    grid_code: str = Field(description="Empty for a point outside every unit grid: unlocated")
    path: str
    grid: NameOut | None
    community: NameOut | None
    street: NameOut | None
    district: NameOut | None
    city: NameOut | None
    province: NameOut | None
    duty_grid: NameOut | None


class PlaceOut(Schema):
    """A named place; degrees CGCS2000."""

    code: str
    kind: str
    name_zh: str
    name_en: str
    lon: float
    lat: float


class LocateOut(Schema):
    """A point with its areas and its address; `distance_m` to the nearest named place."""

    lon: float
    lat: float
    is_located: bool
    located: LocatedOut | None
    address: str
    nearest: PlaceOut | None
    distance_m: float | None


class MatchOut(PlaceOut):
    """A place an address may mean; `score` from 0 to 1, `how` says how the point was found."""

    score: float
    how: str
    grid_code: str
    area_path: str


class Matches(Schema):
    """Places an address may mean, likeliest first."""

    items: list[MatchOut]


class PointsIn(Schema):
    """Many points at once; degrees CGCS2000, pairs of longitude and latitude."""

    points: list[tuple[Longitude, Latitude]] = Field(max_length=MOST_POINTS)


class PointOut(Schema):
    """Grid and path of one point, empty where nothing holds it."""

    grid_code: str
    path: str


class PointsOut(Schema):
    """One answer for each point, in order."""

    items: list[PointOut]


class AddressesIn(Schema):
    """Many addresses at once."""

    addresses: list[Line] = Field(max_length=MOST_ADDRESSES)


class AddressesOut(Schema):
    """The likeliest place of each address, in order; null where there is none."""

    items: list[MatchOut | None]


class AreaOut(NameOut):
    """An area: place in the tree, validity, extent (degrees CGCS2000), attributes."""

    path: str
    parent: str | None
    valid_from: str
    valid_to: str | None
    lon: float | None
    lat: float | None
    bbox: list[float] | None
    area_m2: float | None
    land_use: str
    region_class: str
    responsible_body: str
    is_draft: bool


class AreaDetail(AreaOut):
    """An area with its boundary as GeoJSON."""

    boundary: dict[str, Any] | None


class AreaPage(Schema):
    """A page of areas."""

    items: list[AreaOut]
    next: str | None = None


def name_out(name: AreaName | None) -> NameOut | None:
    """Return an area's names, or None."""
    if name is None:
        return None
    return NameOut(code=name.code, kind=name.kind, name_zh=name.name_zh, name_en=name.name_en)


def located_out(found: Located | None) -> LocatedOut | None:
    """Return where a point lies, or None."""
    if found is None:
        return None
    levels = ("grid", "community", "street", "district", "city", "province", "duty_grid")
    named = {level: name_out(getattr(found, level)) for level in levels}
    return LocatedOut(grid_code=found.grid_code, path=found.path, **named)


def place_out(row: Place | None) -> PlaceOut | None:
    """Return a place, or None."""
    if row is None:
        return None
    return PlaceOut(
        code=row.code,
        kind=row.kind,
        name_zh=row.name_zh,
        name_en=row.name_en,
        lon=row.lon,
        lat=row.lat,
    )


def match_out(match: Match) -> MatchOut:
    """Return a match."""
    return MatchOut(
        code=match.code,
        kind=match.kind,
        name_zh=match.name_zh,
        name_en=match.name_en,
        lon=match.lon,
        lat=match.lat,
        score=match.score,
        how=match.how,
        grid_code=match.grid_code,
        area_path=match.area_path,
    )


def area_out(row: Area) -> AreaOut:
    """Return an area without its boundary."""
    corners = (row.west, row.south, row.east, row.north)
    return AreaOut(
        code=row.code,
        kind=row.kind,
        name_zh=row.name_zh,
        name_en=row.name_en,
        path=row.path,
        parent=row.parent.code if row.parent else None,
        valid_from=row.valid_from.isoformat(),
        valid_to=row.valid_to.isoformat() if row.valid_to else None,
        lon=row.lon,
        lat=row.lat,
        bbox=[edge for edge in corners if edge is not None] or None,
        area_m2=row.area_m2,
        land_use=row.land_use,
        region_class=row.region_class,
        responsible_body=row.responsible_body,
        is_draft=row.is_draft,
    )
