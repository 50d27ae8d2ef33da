"""Addresses to points, points to areas, and the areas themselves."""

from collections.abc import Iterable
from typing import Annotated, Any

import shapely
from django.http import HttpRequest
from ninja import Field, Query, Router

from wanmi.kernel.coordinates import SwappedAxes, convert, looks_swapped
from wanmi.kernel.errors import Invalid, NotAllowed
from wanmi.kernel.text import Finite, Line
from wanmi.shell import pages
from wanmi.shell.api import Problem, take_page

from . import queries
from .answers import (
    AddressesIn,
    AddressesOut,
    AreaDetail,
    AreaPage,
    LocateOut,
    Matches,
    PointOut,
    PointsIn,
    PointsOut,
    area_out,
    located_out,
    match_out,
    place_out,
)
from .models import Area, AreaKind

router = Router(tags=["geography"])
_REFUSALS: dict[Any, Any] = dict.fromkeys((401, 403, 422), Problem)


class OffTheGlobe(Invalid):
    """Longitude goes from −180 to 180 and latitude from −90 to 90 degrees."""

    code = "off_the_globe"


SystemName = Annotated[
    Line, Field(description="wgs84, cgcs2000, gcj02, bd09 or EPSG:…; of the numbers given")
]


@router.get("/locate", response={200: LocateOut, **_REFUSALS}, summary="Say where a point lies")
def locate(
    request: HttpRequest, lon: Finite, lat: Finite, system: SystemName = "cgcs2000"
) -> LocateOut:
    """Answer unit grid, duty grid and all divisions of a point, and the nearest address."""
    _require_post(request)
    x, y = _degrees(lon, lat, system)
    found = queries.reverse(x, y)
    return LocateOut(
        lon=x,
        lat=y,
        is_located=bool(found.located and found.located.grid_code),
        located=located_out(found.located),
        address=found.text,
        nearest=place_out(found.nearest),
        distance_m=round(found.distance_m, 1) if found.distance_m is not None else None,
    )


@router.post("/locate", response={200: PointsOut, **_REFUSALS}, summary="Locate many points")
def locate_many(request: HttpRequest, wanted: PointsIn) -> PointsOut:
    """Answer grid and path of up to 10,000 points."""
    _require_post(request)
    lons, lats = [lon for lon, _ in wanted.points], [lat for _, lat in wanted.points]
    found = queries.locate_many(lons, lats)
    pairs: Iterable[tuple[Any, Any]] = zip(found.codes, found.paths, strict=True)
    return PointsOut(items=[PointOut(grid_code=code, path=path) for code, path in pairs])


@router.get("/geocode", response={200: Matches, **_REFUSALS}, summary="Find an address")
def geocode(
    request: HttpRequest,
    q: Line,
    limit: Annotated[int, Query(ge=1, le=50)] = 5,
    within: Line = "",
) -> Matches:
    """Answer the places an address may mean, likeliest first."""
    _require_post(request)
    return Matches(
        items=[match_out(each) for each in queries.geocode(q, limit=limit, within=within)]
    )


@router.post("/geocode", response={200: AddressesOut, **_REFUSALS}, summary="Find many addresses")
def geocode_many(request: HttpRequest, wanted: AddressesIn) -> AddressesOut:
    """Answer the likeliest place of up to 500 addresses."""
    _require_post(request)
    found = queries.geocode_many(wanted.addresses)
    return AddressesOut(items=[match_out(each) if each else None for each in found])


@router.get("/areas", response={200: AreaPage, **_REFUSALS}, summary="List areas")
def areas(
    request: HttpRequest,
    kind: AreaKind | None = None,
    parent: Line = "",
    q: Line = "",
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    cursor: Line = "",
) -> dict[str, Any]:
    """Answer areas of a kind, below a parent (by code), by name or code, in one's own area."""
    _require_post(request)
    scope = pages.scope_in(request)
    within = queries.area(parent).path if parent else ""
    if q:
        rows = queries.search(q, kind=kind or "", within=within)
    elif kind or parent:
        rows = queries.children(within, kind or "")
    else:
        rows = Area.objects.filter(queries.valid())
    shown = rows.filter(queries.visible_to(scope)).select_related("parent")
    shown = shown.defer("boundary", "parent__boundary")
    return take_page(shown, limit=limit, cursor=cursor, show=area_out)


@router.get(
    "/areas/{code}",
    response={200: AreaDetail, 404: Problem, **_REFUSALS},
    summary="Show an area",
)
def area(request: HttpRequest, code: str) -> AreaDetail:
    """Answer one area with its boundary; those above one's own may be seen too."""
    _require_post(request)
    found = queries.area(code)
    if not _may_see(request, found):
        raise queries.NoSuchArea(code=code)
    boundary = shapely.from_wkb(bytes(found.boundary)) if found.boundary else None
    document = shapely.geometry.mapping(boundary) if boundary is not None else None
    return AreaDetail(**area_out(found).model_dump(), boundary=document)


def _require_post(request: HttpRequest) -> None:
    if not pages.scope_in(request).holdings:
        raise NotAllowed


def _may_see(request: HttpRequest, found: Area) -> bool:
    own = queries.paths_of(pages.scope_in(request).whole)
    return found.path.startswith(own) or any(mine.startswith(found.path) for mine in own)


def _degrees(lon: float, lat: float, system: str) -> tuple[float, float]:
    """Return the point in degrees; refuse a latitude given as longitude with that very reason."""
    is_degrees = abs(lon) <= 180 and abs(lat) <= 180
    if is_degrees and looks_swapped(lon, lat):
        raise SwappedAxes(x=lon, y=lat)
    x, y = convert(lon, lat, system)
    if abs(x) > 180 or abs(y) > 90:
        raise OffTheGlobe
    return x, y
