"""Writing vector tiles (Mapbox Vector Tile 2.1): points and polygons on a grid of 4096 units.

The number stream of a whole tile is built in numpy at once; a loop over
features only cuts it. Coordinates come in tile units, y downwards.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import shapely

Ints: TypeAlias = npt.NDArray[np.int64]
Bytes: TypeAlias = npt.NDArray[np.uint8]
Shapes: TypeAlias = npt.NDArray[np.object_]
Value: TypeAlias = str | int | float | bool
Properties: TypeAlias = Mapping[str, Value | None]

EXTENT = 4096
POINT, POLYGON = 1, 3
_MOVE_ONE, _CLOSE = 9, 15


def point_layer(name: str, x: Ints, y: Ints, properties: Sequence[Properties]) -> bytes:
    """Return a layer of points."""
    if not len(x):
        return b""
    numbers = np.empty((len(x), 3), dtype=np.int64)
    numbers[:, 0], numbers[:, 1], numbers[:, 2] = _MOVE_ONE, _zigzag(x), _zigzag(y)
    counts = np.full(len(x), 3, dtype=np.int64)
    return _layer(name, POINT, _cut(numbers.ravel(), counts), properties)


def polygon_layer(name: str, shapes: Shapes, properties: Sequence[Properties]) -> bytes:
    """Return a layer of polygons; what shrinks to nothing on the grid is left out."""
    streams: list[Ints] = []
    kept: list[Properties] = []
    for shape, values in zip(shapes, properties, strict=True):
        stream = _outline(shape)
        if len(stream):
            streams.append(stream)
            kept.append(values)
    if not streams:
        return b""
    counts = np.array([len(stream) for stream in streams], dtype=np.int64)
    return _layer(name, POLYGON, _cut(np.concatenate(streams), counts), kept)


def _outline(shape: object) -> Ints:
    """Return the commands that draw all rings of a shape, each relative to the last point."""
    parts: list[Ints] = []
    at = np.zeros(2, dtype=np.int64)
    for ring in _rings(shape):
        points = _distinct(np.rint(shapely.get_coordinates(ring)).astype(np.int64)[:-1])
        if len(points) < 3:
            continue
        steps = _zigzag(np.diff(points, axis=0, prepend=at[None, :]))
        line_to = ((len(points) - 1) << 3) | 2
        parts.append(
            np.concatenate(([_MOVE_ONE], steps[0], [line_to], steps[1:].ravel(), [_CLOSE]))
        )
        at = points[-1]
    return np.concatenate(parts) if parts else np.empty(0, dtype=np.int64)


def _rings(shape: object) -> Iterable[object]:
    """Give outer rings clockwise on the screen, holes the other way round."""
    for part in shapely.get_parts(shapely.orient_polygons(shape, exterior_cw=False)):
        if part.geom_type == "Polygon":
            yield from shapely.get_rings(part)[:1]
            # A hole is drawn only with its outer ring, so tiny outlines lose theirs too.
            if part.area >= 1:
                yield from shapely.get_rings(part)[1:]


def _distinct(points: Ints) -> Ints:
    """Drop points that fell together with the one before them."""
    if len(points) < 2:
        return points
    moved = (points != np.roll(points, 1, axis=0)).any(axis=1)
    return points[moved]


def _zigzag(values: Ints) -> Ints:
    result: Ints = (values << 1) ^ (values >> 63)
    return result


def _cut(numbers: Ints, counts: Ints) -> list[bytes]:
    """Return the packed numbers of each feature."""
    packed, ends = varints(numbers)
    last = ends[np.cumsum(counts) - 1].tolist()
    raw = packed.tobytes()
    return [raw[start:end] for start, end in zip([0, *last[:-1]], last, strict=True)]


def varints(numbers: Ints) -> tuple[Bytes, Ints]:
    """Return numbers as base-128 varints and where each one ends; numbers are below 2^35."""
    sizes = np.ones(len(numbers), dtype=np.int64)
    for bits in (7, 14, 21, 28):
        sizes += numbers >= (1 << bits)
    ends = np.cumsum(sizes)
    packed = np.zeros(int(ends[-1]) if len(ends) else 0, dtype=np.uint8)
    starts = ends - sizes
    for place in range(5):
        has = sizes > place
        part = (numbers[has] >> (7 * place)) & 0x7F
        more = np.where(sizes[has] > place + 1, 0x80, 0)
        packed[starts[has] + place] = (part | more).astype(np.uint8)
    return packed, ends


def _layer(name: str, kind: int, geometry: list[bytes], properties: Sequence[Properties]) -> bytes:
    keys: dict[str, int] = {}
    values: dict[tuple[type, Value], int] = {}
    features = [
        _field(2, _feature(kind, shape, _tags(some, keys, values)))
        for shape, some in zip(geometry, properties, strict=True)
    ]
    body = [
        _field(1, name.encode()),
        *features,
        *(_field(3, key.encode()) for key in keys),
        *(_field(4, _value(value)) for _, value in values),
        _number_field(5, EXTENT),
        _number_field(15, 2),
    ]
    return _field(3, b"".join(body))


def _tags(
    properties: Properties, keys: dict[str, int], values: dict[tuple[type, Value], int]
) -> bytes:
    tags = []
    for key, value in properties.items():
        if value is not None:
            # True equals 1 and 1.0 in Python; on the wire they differ.
            mark = (type(value), value)
            tags.append(_varint(keys.setdefault(key, len(keys))))
            tags.append(_varint(values.setdefault(mark, len(values))))
    return b"".join(tags)


def _feature(kind: int, geometry: bytes, tags: bytes) -> bytes:
    return _field(2, tags) + _number_field(3, kind) + _field(4, geometry)


def _value(value: Value) -> bytes:
    if isinstance(value, bool):
        return _number_field(7, int(value))
    if isinstance(value, int):
        return _number_field(4, value) if value >= 0 else _number_field(6, _zigzag_one(value))
    if isinstance(value, float):
        return _varint(3 << 3 | 1) + np.float64(value).tobytes()
    return _field(1, value.encode())


def _zigzag_one(value: int) -> int:
    return (-value << 1) - 1 if value < 0 else value << 1


def _field(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _number_field(number: int, value: int) -> bytes:
    return _varint(number << 3) + _varint(value)


_SMALL = [bytes([number]) for number in range(128)]


def _varint(value: int) -> bytes:
    if value < 128:
        return _SMALL[value]
    out = bytearray()
    while value > 127:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)
