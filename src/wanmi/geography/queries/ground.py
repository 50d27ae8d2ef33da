"""The ground of one moment in memory: boundaries in a search tree, their codes in arrays.

Kept once per process and rebuilt when the version token changes. Retired areas
are kept too, so that a past day is answered from the same tree.
"""

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import shapely
from shapely import STRtree

from .. import versions
from ..models import Area, AreaKind, DutyGridMember

Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]
Texts: TypeAlias = npt.NDArray[np.object_]

FOREVER = date.max.toordinal()
# Deepest first: a point without a grid is answered by the lowest level that is drawn.
COARSE = (
    AreaKind.COMMUNITY,
    AreaKind.STREET,
    AreaKind.DISTRICT,
    AreaKind.CITY,
    AreaKind.PROVINCE,
)

_FIELDS = ("pk", "code", "path", "kind", "valid_from", "valid_to", "boundary")


@dataclass(frozen=True)
class Layer:
    """Boundaries in order of preference: where several hold a point, the first one has it."""

    tree: STRtree
    shapes: Texts
    ids: Ints
    codes: Texts
    paths: Texts
    kinds: Texts
    since: Ints
    until: Ints

    def __len__(self) -> int:
        return len(self.shapes)

    def first(self, points: Texts, day: int) -> Ints:
        """Return the position of the first area holding each point on a day, -1 for none."""
        nowhere = len(self)
        found = np.full(len(points), nowhere, dtype=np.int64)
        if nowhere:
            point, area = self.tree.query(points, predicate="intersects")
            point, area = self._valid(point, area, day)
            _keep_lowest(found, point, area)
        found[found == nowhere] = -1
        return found

    def _valid(self, point: Ints, area: Ints, day: int) -> tuple[Ints, Ints]:
        keep = (self.since[area] <= day) & (day <= self.until[area])
        return (point, area) if keep.all() else (point[keep], area[keep])


def _keep_lowest(found: Ints, point: Ints, area: Ints) -> None:
    """Write each point's area; on a shared border, where there are several, the lowest."""
    found[point] = area
    if len(point) > 1 and (again := point[1:] == point[:-1]).any():
        several = np.zeros(len(point), dtype=bool)
        several[1:] |= again
        several[:-1] |= again
        np.minimum.at(found, point[several], area[several])


@dataclass(frozen=True)
class Ground:
    """Unit grids, the coarser areas behind them, and which duty grid holds a unit grid."""

    version: str
    grids: Layer
    coarse: Layer
    duty: dict[int, tuple[tuple[int, int, int], ...]]
    answers: dict[tuple[str, int, int], object] = field(default_factory=dict)
    """Answers already put together, by layer, position and day."""

    def duty_grid(self, grid_id: int, day: int) -> int | None:
        """Return the key of the duty grid that holds a unit grid on a day."""
        for since, until, key in self.duty.get(grid_id, ()):
            if since <= day <= until:
                return key
        return None


_lock = threading.Lock()
_ground: Ground | None = None


def ground() -> Ground:
    """Return the ground as it stands, rebuilt when areas have changed."""
    global _ground
    version = versions.current()
    held = _ground
    if held is not None and held.version == version:
        return held
    with _lock:
        if _ground is None or _ground.version != version:
            _ground = _build(version)
        return _ground


def forget() -> None:
    """Drop what this process keeps; the next question reads it anew."""
    global _ground
    versions.look_again()
    _ground = None


def _build(version: str) -> Ground:
    return Ground(version, _layer([AreaKind.UNIT_GRID]), _layer(COARSE), _duty())


def _layer(kinds: Iterable[str]) -> Layer:
    order = {str(kind): place for place, kind in enumerate(kinds)}
    rows = list(
        Area.objects.filter(kind__in=order, boundary__isnull=False).values_list(*_FIELDS).iterator()
    )
    rows.sort(key=lambda row: (order[row[3]], row[1], row[4]))
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(_FIELDS)
    ids, codes, paths, held, since, until, wkb = columns
    shapes = shapely.from_wkb(np.array([bytes(each) for each in wkb], dtype=object))
    shapely.prepare(shapes)
    return Layer(
        STRtree(shapes),
        shapes,
        np.array([*ids, 0], dtype=np.int64),
        _texts(codes),
        _texts(paths),
        _texts(held),
        np.array([day.toordinal() for day in since], dtype=np.int64),
        np.array([day.toordinal() if day else FOREVER for day in until], dtype=np.int64),
    )


def _texts(values: Iterable[str]) -> Texts:
    """Return an array with an empty text at its end, where position -1 (nowhere) points."""
    return np.array([*values, ""], dtype=object)


def _duty() -> dict[int, tuple[tuple[int, int, int], ...]]:
    members: dict[int, list[tuple[int, int, int]]] = {}
    rows = DutyGridMember.objects.values_list(
        "unit_grid_id", "valid_from", "valid_to", "duty_grid_id"
    )
    for grid, since, until, duty in rows.iterator():
        last = until.toordinal() if until else FOREVER
        members.setdefault(grid, []).append((since.toordinal(), last, duty))
    return {grid: tuple(sorted(spans, reverse=True)) for grid, spans in members.items()}
