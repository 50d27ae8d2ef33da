"""Tiles of areas: which level is drawn at which zoom, from the boundaries kept in memory."""

import numpy as np
import shapely
from django.utils import timezone

from . import versions
from .layers import TileAsked
from .mercator import clipped, outline
from .models import Area, AreaKind
from .mvt import Ints, Properties, Shapes, polygon_layer
from .queries.ground import Ground, Layer, ground
from .queries.naming import AreaName, names_of_many

# The coarsest level that still fills the screen, and the one below it.
KINDS_BY_ZOOM = (
    (6, (AreaKind.PROVINCE, AreaKind.CITY)),
    (9, (AreaKind.CITY, AreaKind.DISTRICT)),
    (12, (AreaKind.DISTRICT, AreaKind.STREET)),
    (14, (AreaKind.DISTRICT, AreaKind.STREET, AreaKind.COMMUNITY)),
)
LOWEST = (AreaKind.STREET, AreaKind.COMMUNITY)
GRIDS_FROM = 13


def areas(asked: TileAsked) -> bytes:
    """Return divisions, drilled down as the zoom goes up: one's own and those above them."""
    held = ground()
    near = _near(held.coarse, asked)
    kinds = [str(kind) for kind in _kinds(asked.tile.z)]
    near = near[np.isin(held.coarse.kinds[near].astype(str), kinds)]
    near = near[[_concerns(path, asked.paths) for path in held.coarse.paths[near]]]
    return _draw("areas", held.coarse, near, asked)


def grids(asked: TileAsked) -> bytes:
    """Return unit grids of one's own area, from zoom 13."""
    if asked.tile.z < GRIDS_FROM:
        return b""
    held = ground()
    return _draw("grids", held.grids, _own_grids(held, asked), asked)


def duty_grids(asked: TileAsked) -> bytes:
    """Return duty grids as the union of their unit grids, from zoom 13."""
    if asked.tile.z < GRIDS_FROM:
        return b""
    held, day = ground(), timezone.localdate().toordinal()
    near = _own_grids(held, asked)
    members: dict[int, list[int]] = {}
    for place in near:
        key = held.duty_grid(int(held.grids.ids[place]), day)
        if key is not None:
            members.setdefault(key, []).append(place)
    names = {name.id: name for name in _duty_names(set(members))}
    shapes = [shapely.union_all(held.grids.shapes[places]) for places in members.values()]
    array = np.empty(len(shapes), dtype=object)
    array[:] = shapes
    return polygon_layer(
        "duty_grids",
        clipped(asked.tile, array),
        [_properties(names[key], asked) for key in members],
    )


def state(asked: TileAsked) -> str:
    """Name the state of the areas: their version and the day, since areas begin and end by day."""
    return f"{versions.current()}/{timezone.localdate()}"


def _kinds(z: int) -> tuple[AreaKind, ...]:
    return next((kinds for below, kinds in KINDS_BY_ZOOM if z < below), LOWEST)


def _near(layer: Layer, asked: TileAsked) -> Ints:
    if not len(layer):
        return np.empty(0, dtype=np.int64)
    found = np.sort(layer.tree.query(outline(asked.tile), predicate="intersects"))
    day = timezone.localdate().toordinal()
    valid: Ints = found[(layer.since[found] <= day) & (day <= layer.until[found])]
    return valid


def _own_grids(held: Ground, asked: TileAsked) -> Ints:
    near = _near(held.grids, asked)
    own: Ints = near[[path.startswith(asked.paths) for path in held.grids.paths[near]]]
    return own


def _concerns(path: str, own: tuple[str, ...]) -> bool:
    """Say whether an area lies in one's own, or holds it."""
    return path.startswith(own) or any(mine.startswith(path) for mine in own)


def _draw(name: str, layer: Layer, places: Ints, asked: TileAsked) -> bytes:
    if not len(places):
        return b""
    paths = [str(path) for path in layer.paths[places]]
    names = names_of_many(paths)
    shapes: Shapes = clipped(asked.tile, layer.shapes[places])
    return polygon_layer(name, shapes, [_properties(names[path][-1], asked) for path in paths])


def _properties(area: AreaName, asked: TileAsked) -> Properties:
    english = asked.language.startswith("en")
    return {
        "id": area.id,
        "code": area.code,
        "kind": area.kind,
        "name": (area.name_en or area.name_zh) if english else area.name_zh,
    }


def _duty_names(keys: set[int]) -> list[AreaName]:
    rows = Area.objects.filter(pk__in=keys).values_list("pk", "code", "kind", "name_zh", "name_en")
    return [AreaName(*row) for row in rows]
