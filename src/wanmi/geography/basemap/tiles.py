"""Draw vector tiles (Mapbox Vector Tile 2.1) of the base map, simplified for each zoom."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

import mapbox_vector_tile
import numpy as np
import numpy.typing as npt
import shapely

from wanmi.geography.basemap import store

EXTENT = 4096
MARGIN = 96
HIGHEST_ZOOM = 16
SIMPLER = 3.0
SMALLEST = 24.0

Shapes: TypeAlias = npt.NDArray[np.object_]
Numbers: TypeAlias = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Layer:
    """The features of one layer in world units: 0 to 1 from west to east and north to south."""

    shapes: Shapes
    facts: tuple[dict[str, str], ...]
    lowest: Numbers
    highest: Numbers
    tree: shapely.STRtree


def tile(path: Path, zoom: int, x: int, y: int) -> bytes:
    """Return one tile of the base map in a file, drawing and keeping it when it is new."""
    if not (0 <= zoom <= HIGHEST_ZOOM and 0 <= x < 2**zoom and 0 <= y < 2**zoom):
        return b""
    kept = store.kept_tile(path, zoom, x, y)
    if kept is None:
        kept = drawn(layers(path), zoom, x, y)
        store.keep_tile(path, zoom, x, y, kept)
    return kept


def layers(path: Path) -> dict[str, Layer]:
    """Return the layers of a file, read once and again when the file has been replaced."""
    return _layers(path, path.stat().st_ino)


def drawn(content: dict[str, Layer], zoom: int, x: int, y: int) -> bytes:
    """Encode what lies in a tile; an empty tile is an empty string of bytes."""
    encoded = [
        {"name": name, "features": found}
        for name, layer in content.items()
        if (found := _features(layer, zoom, x, y))
    ]
    if not encoded:
        return b""
    options = {"y_coord_down": True, "extents": EXTENT}
    return bytes(mapbox_vector_tile.encode(encoded, default_options=options))


@lru_cache(maxsize=2)
def _layers(path: Path, _version: int) -> dict[str, Layer]:
    gathered: dict[str, list[store.Feature]] = {}
    for feature in store.features(path):
        gathered.setdefault(feature.layer, []).append(feature)
    return {name: _layer(features) for name, features in gathered.items()}


def _layer(features: list[store.Feature]) -> Layer:
    shapes = shapely.transform(np.array([item.shape for item in features], dtype=object), _world)
    return Layer(
        shapes,
        tuple(item.facts for item in features),
        np.array([item.lowest_zoom for item in features]),
        np.array([item.highest_zoom for item in features]),
        shapely.STRtree(shapes),
    )


def _world(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Take lon/lat degrees to the unit square of the web Mercator projection."""
    latitude = np.radians(np.clip(points[:, 1], -85.05, 85.05))
    north = np.arcsinh(np.tan(latitude)) / np.pi
    return np.stack([points[:, 0] / 360 + 0.5, (1 - north) / 2], axis=1)


def _features(layer: Layer, zoom: int, x: int, y: int) -> list[dict[str, object]]:
    side, margin = 0.5**zoom, 0.5**zoom * MARGIN / EXTENT
    west, north = x * side, y * side
    reach = shapely.box(west - margin, north - margin, west + side + margin, north + side + margin)
    index = np.sort(layer.tree.query(reach))
    index = index[(layer.lowest[index] <= zoom) & (zoom <= layer.highest[index])]
    shapes = _fitted(layer.shapes[index], west, north, EXTENT / side)
    return [
        {"geometry": shape, "properties": layer.facts[index[k]], "id": int(index[k]) + 1}
        for k, shape in enumerate(shapes)
        if not _is_too_small(shape)
    ]


def _fitted(shapes: Shapes, west: float, north: float, scale: float) -> Shapes:
    moved = shapely.transform(shapes, lambda points: (points - (west, north)) * scale)
    simpler = shapely.simplify(moved, SIMPLER, preserve_topology=False)
    return np.asarray(
        shapely.clip_by_rect(simpler, -MARGIN, -MARGIN, EXTENT + MARGIN, EXTENT + MARGIN)
    )


def _is_too_small(shape: shapely.Geometry) -> bool:
    return bool(shape.is_empty or (shape.area < SMALLEST and shapely.get_dimensions(shape) == 2))
