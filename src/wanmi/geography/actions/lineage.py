"""Who lies in whom: parents by code, in the batch or in the tables; levels, paths, components."""

from collections.abc import Iterable, Iterator
from datetime import date
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from wanmi.kernel.errors import Invalid

from ..models import Area, AreaKind

if TYPE_CHECKING:
    from .areas import NewArea

CHUNK = 5000
RANK = {str(kind): rank for rank, kind in enumerate(AreaKind)}
COMPONENT = {
    AreaKind.DISTRICT: "division_code",
    AreaKind.STREET: "street_code",
    AreaKind.COMMUNITY: "community_code",
    AreaKind.UNIT_GRID: "sequence",
}
_INHERITED = ("division_code", "street_code", "community_code")


class MissingParent(Invalid):
    """These parent areas are neither known nor in the same import: %(codes)s."""

    code = "missing_parent"


class CyclicParents(Invalid):
    """These areas are each other's parents, in a circle: %(codes)s."""

    code = "cyclic_parents"


class WrongParent(Invalid):
    """%(code)s cannot lie in %(parent)s: a parent is of a higher kind."""

    code = "wrong_parent"


class UnknownKind(Invalid):
    """There is no kind of area called %(kind)s."""

    code = "unknown_area_kind"


class Lineage:
    """The family of one batch: gives levels from the top and builds rows with their paths."""

    def __init__(self, batch: list["NewArea"]) -> None:
        for new in batch:
            if new.kind not in RANK:
                raise UnknownKind(kind=new.kind)
        self._news = {new.code: new for new in batch}
        self._order = self._sorted()
        outside = {new.parent_code for new in batch} - set(self._news) - {""}
        self._known = {row.code: row for row in known_areas(outside)}
        if missing := outside - set(self._known):
            raise MissingParent(codes=", ".join(sorted(missing)[:10]))

    def levels(self) -> Iterator[list["NewArea"]]:
        """Give the areas so that every parent comes in an earlier list than its children."""
        depth: dict[str, int] = {}
        lists: list[list[NewArea]] = []
        for code in self._order:
            new = self._news[code]
            place = depth.get(new.parent_code, -1) + 1
            depth[code] = place
            if place == len(lists):
                lists.append([])
            lists[place].append(new)
        yield from lists

    def know(self, rows: Iterable[Area]) -> None:
        """Remember rows just written as possible parents."""
        self._known.update((row.code, row) for row in rows)

    def row(self, new: "NewArea", *, day: date) -> Area:
        """Build the row of an area whose parent is known by now."""
        parent = self._known.get(new.parent_code) if new.parent_code else None
        if parent is not None and RANK[parent.kind] >= RANK[new.kind]:
            raise WrongParent(code=new.code, parent=parent.code)
        return Area(
            kind=new.kind,
            code=new.code,
            name_zh=new.name_zh,
            name_en=new.name_en,
            parent=parent,
            path=f"{parent.path if parent else ''}{new.code}/",
            valid_from=new.valid_from or day,
            valid_to=new.valid_to,
            area_m2=new.area_m2,
            land_use=new.land_use,
            region_class=new.region_class,
            responsible_body=new.responsible_body,
            is_draft=new.is_draft,
            note=new.note,
            **_components(new, parent),
        )

    def _sorted(self) -> list[str]:
        graph = {code: {new.parent_code} - {""} for code, new in self._news.items()}
        try:
            order = TopologicalSorter(graph).static_order()
            return [code for code in order if code in self._news]
        except CycleError as error:
            raise CyclicParents(codes=" → ".join(error.args[1])) from error


def known_areas(codes: Iterable[str], *, kind: str = "") -> Iterator[Area]:
    """Give the areas with these codes that have no end yet; land only, unless a kind is named."""
    wanted = sorted(set(codes))
    for start in range(0, len(wanted), CHUNK):
        rows = Area.objects.filter(code__in=wanted[start : start + CHUNK], valid_to__isnull=True)
        rows = rows.filter(kind=kind) if kind else rows.exclude(kind=AreaKind.DUTY_GRID)
        yield from rows.defer("boundary")


def common_path(paths: list[str]) -> str:
    """Return the path of the deepest area that holds all of these."""
    if not paths:
        return ""
    low, high = min(paths).split("/"), max(paths).split("/")
    shared = 0
    while shared < min(len(low), len(high)) - 1 and low[shared] == high[shared]:
        shared += 1
    return "".join(f"{code}/" for code in low[:shared])


def _components(new: "NewArea", parent: Area | None) -> dict[str, str]:
    held = {name: getattr(new, name) or getattr(parent, name, "") for name in _INHERITED}
    held["sequence"] = new.sequence
    own = COMPONENT.get(AreaKind(new.kind))
    if own and not getattr(new, own):
        held[own] = _added(new, parent)
    return held


def _added(new: "NewArea", parent: Area | None) -> str:
    """Return what a code adds to its parent's; a district's division code is the whole code."""
    if new.kind == AreaKind.DISTRICT:
        return new.code[:6]
    added = new.code.removeprefix(parent.code) if parent else ""
    return added if len(added) <= 4 else ""
