"""Drafting unit grids for an area that has no survey yet, and withdrawing a draft.

Where streets of the area have boundaries, each is drafted by itself. The land
without one gets a drafted street (code part from 900), so that every path has
all levels; communities are drafted where none is drawn. Drafts are marked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import shapely
from django.utils import timezone

from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict, Invalid

from .. import drafting
from ..models import Area, AreaKind
from ..queries.areas import below
from ..shapes import Shape, polygonal
from .areas import NewArea, end_areas, enter_areas

DRAFT_STREET = 900
MOST = 999
LEAST_LAND = 1e-9
"""Square degrees (about 10 m²): less than this left over between streets is no land."""


class NothingToDraftIn(Invalid):
    """The area %(code)s has no boundary to draft grids in; import one first."""

    code = "nothing_to_draft_in"


class AlreadyHasGrids(Conflict):
    """The area %(code)s has %(count)s unit grids already; withdraw a draft before a new one."""

    code = "already_has_grids"


class GridsTooLarge(Invalid):
    """The area needs more codes than there are; draft larger grids."""

    code = "too_many_grids"


class GridsTooSmall(Invalid):
    """Grids measure from 20 to 2000 m."""

    code = "grid_size"


@dataclass(frozen=True)
class Drafted:
    """What a draft made: how many streets, communities and unit grids."""

    streets: int
    communities: int
    grids: int


@journal.deed()
def draft_unit_grids(
    area: Area,
    *,
    size_m: float = 100.0,
    lines: Sequence[Shape] = (),
    on: date | None = None,
    by: journal.Actor = None,
) -> Drafted:
    """Draft unit grids of about `size_m` squared in an area, along given roads and waters.

    Lines are in CGCS2000 degrees. Grids are numbered west to east, north to
    south inside each community (GB/T 30428.1). Refuses an area with grids.
    """
    if not 20 <= size_m <= 2000:
        raise GridsTooSmall
    _refuse_gridded(area)
    news: list[NewArea] = []
    for street, land in _lands(area, news):
        _draft(street, land, size_m=size_m, lines=lines, news=news)
    enter_areas(news, by=by, on=on, source="draft")
    kinds = [new.kind for new in news]
    return Drafted(
        kinds.count(AreaKind.STREET),
        kinds.count(AreaKind.COMMUNITY),
        kinds.count(AreaKind.UNIT_GRID),
    )


@journal.deed()
def withdraw_draft(area: Area, *, on: date | None = None, by: journal.Actor = None) -> int:
    """End the drafted unit grids and communities of an area the day before; returns how many.

    What began on this very day is dated to the day before: a draft nobody has
    used yet must not share the ground of today with the one that replaces it.
    """
    last_day = (on or timezone.localdate()) - timedelta(days=1)
    ended = 0
    for kind in (AreaKind.UNIT_GRID, AreaKind.COMMUNITY):
        rows = Area.objects.filter(
            below(area.path), kind=kind, is_draft=True, valid_to__isnull=True
        )
        rows.filter(valid_from__gt=last_day).update(valid_from=last_day)
        codes = list(rows.values_list("code", flat=True))
        if codes:
            end_areas(codes, kind=kind, last_day=last_day, by=by)
        ended += len(codes)
    return ended


def _refuse_gridded(area: Area) -> None:
    if area.boundary is None:
        raise NothingToDraftIn(code=area.code)
    grids = Area.objects.filter(
        below(area.path), kind=AreaKind.UNIT_GRID, valid_to__isnull=True
    ).count()
    if grids:
        raise AlreadyHasGrids(code=area.code, count=grids)


def _lands(area: Area, news: list[NewArea]) -> list[tuple[NewArea | Area, Shape]]:
    """Return each street with its land: the area itself, its drawn streets, a drafted one."""
    whole = _shape(area)
    if area.kind in (AreaKind.STREET, AreaKind.COMMUNITY):
        return [(area, whole)]
    lands: list[tuple[NewArea | Area, Shape]] = []
    rest = whole
    for street in _drawn(area, AreaKind.STREET):
        land = shapely.intersection(rest, _shape(street))
        rest = shapely.difference(rest, _shape(street))
        if land.area > LEAST_LAND:
            lands.append((street, polygonal(land)[0]))
    if rest.area > LEAST_LAND:
        lands.append((_drafted_street(area, news), polygonal(rest)[0]))
    return lands


def _drafted_street(area: Area, news: list[NewArea]) -> NewArea | Area:
    """Return the drafted street of an earlier draft, or a new one."""
    earlier = Area.objects.filter(
        parent=area, kind=AreaKind.STREET, is_draft=True, valid_to__isnull=True
    ).first()
    if earlier is not None:
        return earlier
    number = _next_number(area.code, AreaKind.STREET, least=DRAFT_STREET)
    street = NewArea(
        AreaKind.STREET,
        f"{area.code}{number:03}",
        f"{area.name_zh}（草拟街道）",
        f"{area.name_en or area.name_zh} (drafted street)",
        area.code,
        is_draft=True,
    )
    news.append(street)
    return street


def _draft(
    street: NewArea | Area,
    land: Shape,
    *,
    size_m: float,
    lines: Sequence[Shape],
    news: list[NewArea],
) -> None:
    """Add the drafted communities and grids of one street."""
    given = [(area.code, _shape(area)) for area in _communities(street)]
    near = [line for line in lines if line.intersects(land)]
    try:
        grids = drafting.draft_grids(land, size_m=size_m, barriers=near, communities=given)
    except drafting.TooManyGrids as error:
        raise GridsTooLarge from error
    codes = _community_codes(street, grids, news)
    news.extend(
        NewArea(
            AreaKind.UNIT_GRID,
            f"{codes[grid.community]}{grid.sequence:03}",
            f"第{grid.sequence}网格",
            f"Grid {grid.sequence}",
            codes[grid.community],
            boundary=grid.polygon,
            area_m2=grid.area_m2,
            is_draft=True,
        )
        for grid in grids
    )


def _community_codes(
    street: NewArea | Area, grids: list[drafting.DraftGrid], news: list[NewArea]
) -> dict[int, str]:
    """Return the code of each community by its place in the draft; drafts the missing ones."""
    codes = {grid.community: grid.community_code for grid in grids}
    least = 1 if street.is_draft else DRAFT_STREET
    number = _next_number(street.code, AreaKind.COMMUNITY, least=least)
    for place in sorted(place for place, code in codes.items() if code is None):
        if number > MOST:
            raise GridsTooLarge
        codes[place] = f"{street.code}{number:03}"
        shapes = [grid.polygon for grid in grids if grid.community == place]
        news.append(
            NewArea(
                AreaKind.COMMUNITY,
                f"{street.code}{number:03}",
                f"草拟社区{number}",
                f"Drafted community {number}",
                street.code,
                boundary=polygonal(shapely.union_all(shapes))[0],
                is_draft=True,
            )
        )
        number += 1
    return {place: code or "" for place, code in codes.items()}


def _next_number(parent_code: str, kind: str, *, least: int) -> int:
    """Return the first number above all that were ever used under a parent, at least `least`."""
    used = Area.objects.filter(kind=kind, code__startswith=parent_code).values_list(
        "code", flat=True
    )
    tails = [code.removeprefix(parent_code) for code in used]
    numbers = [int(tail) for tail in tails if tail.isdigit() and len(tail) == 3]
    return max([least - 1, *(number for number in numbers if number >= least)]) + 1


def _communities(street: NewArea | Area) -> list[Area]:
    if not isinstance(street, Area):
        return []
    if street.kind == AreaKind.COMMUNITY:
        return [street]
    return _drawn(street, AreaKind.COMMUNITY)


def _drawn(area: Area, kind: str) -> list[Area]:
    rows = Area.objects.filter(
        below(area.path), kind=kind, boundary__isnull=False, valid_to__isnull=True
    )
    return list(rows.order_by("code"))


def _shape(area: Area) -> Shape:
    return shapely.from_wkb(bytes(area.boundary or b""))
