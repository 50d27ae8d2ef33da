"""Coordinate systems by name, and points and shapes carried from one to another.

Wanmi keeps everything as longitude and latitude in degrees, WGS-84 (EPSG:4326) or
CGCS2000 (EPSG:4490), which differ by centimetres and count as one here. Input says which
system it is in; it is converted once, at the edge. Order is always longitude, latitude or
easting, northing.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import ArrayLike

from wanmi.kernel import offsets
from wanmi.kernel.errors import Invalid
from wanmi.kernel.localgrids import WGS84, LocalGrid, epsg, is_known, transformer

# Numbers or arrays of numbers.
Pair = tuple[Any, Any]
Step = Callable[[Any, Any], Pair]


class UnknownSystem(Invalid):
    """There is no coordinate system “%(name)s”; known are %(known)s and EPSG:number."""

    code = "unknown_coordinate_system"


class OutsideSystem(Invalid):
    """The point %(x)s, %(y)s does not lie in the coordinate system “%(name)s”."""

    code = "outside_coordinate_system"


class SwappedAxes(Invalid):
    """Longitude and latitude seem to be swapped: %(x)s, %(y)s; longitude comes first."""

    code = "swapped_axes"


@dataclass(frozen=True, slots=True)
class System:
    """A coordinate system: how to reach WGS-84 degrees and how to come back."""

    name: str
    to_degrees: Step
    from_degrees: Step
    is_geographic: bool


def _same(lon: Any, lat: Any) -> Pair:
    return lon, lat


_NAMED: dict[str, System] = {
    "wgs84": System("wgs84", _same, _same, is_geographic=True),
    "cgcs2000": System("cgcs2000", _same, _same, is_geographic=True),
    "gcj02": System("gcj02", offsets.gcj02_to_wgs84, offsets.wgs84_to_gcj02, is_geographic=True),
    "bd09": System("bd09", offsets.bd09_to_wgs84, offsets.wgs84_to_bd09, is_geographic=True),
}
# How files write a system out in full (well-known text, versions 1 and 2).
_WKT = ("GEOG", "PROJ", "BOUNDCRS", "COMPOUNDCRS", "COMPD_CS", "LOCAL_CS")
_ALIASES = {"epsg:4326": "wgs84", "ogc:crs84": "wgs84", "epsg:4490": "cgcs2000"}


def offer_system(name: str, grid: LocalGrid) -> None:
    """Make a local grid known under a name, for imports and conversions of this process."""
    _NAMED[_key(name)] = System(name, grid.to_degrees, grid.from_degrees, is_geographic=False)


def systems() -> list[str]:
    """Return the names known without an EPSG code."""
    return sorted(_NAMED)


def system(name: str) -> System:
    """Return a coordinate system by name: wgs84, GCJ-02, EPSG:4548, a local grid's name."""
    key = _key(name)
    known = _NAMED.get(_ALIASES.get(key, key))
    if known is not None:
        return known
    if key.startswith("epsg:") and key[5:].isdigit() and is_known(key):
        return _from_proj(key.upper())
    if name.startswith(_WKT) and is_known(name):
        return _from_wkt(name)
    raise UnknownSystem(name=name, known=", ".join(systems()))


@lru_cache(maxsize=1000)
def _key(name: str) -> str:
    return name.strip().lower().replace("-", "").replace("_", "").replace(" ", "")


def _from_wkt(text: str) -> System:
    """Return the system a file describes in full, by its code where it has one."""
    code = epsg(text)
    return system(f"EPSG:{code}") if code else _from_proj(text)


def _from_proj(code: str) -> System:
    crs = transformer(code, WGS84).source_crs
    return System(
        code,
        # Asked anew each time: a PROJ converter belongs to one thread.
        lambda x, y: transformer(code, WGS84).transform(x, y),
        lambda lon, lat: transformer(WGS84, code).transform(lon, lat),
        is_geographic=bool(crs and crs.is_geographic),
    )


def convert(x: float, y: float, source: str, target: str = "wgs84") -> tuple[float, float]:
    """Carry one point from system to system; refuse what does not lie in the source."""
    origin, goal = system(source), system(target)
    if not (math.isfinite(x) and math.isfinite(y)):
        raise OutsideSystem(x=x, y=y, name=source)
    if origin.is_geographic:
        _require_degrees(float(x), float(y), source)
    there = _carry(float(x), float(y), origin, goal)
    if not (math.isfinite(there[0]) and math.isfinite(there[1])):
        raise OutsideSystem(x=x, y=y, name=source)
    return float(there[0]), float(there[1])


def convert_many(x: ArrayLike, y: ArrayLike, source: str, target: str = "wgs84") -> Pair:
    """Carry arrays of points; points that do not lie in the source come back as NaN."""
    origin, goal = system(source), system(target)
    xs, ys = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    usable = np.isfinite(xs) & np.isfinite(ys)
    if origin.is_geographic:
        usable &= (np.abs(xs) <= 180) & (np.abs(ys) <= 90)
    there_x, there_y = _carry(xs, ys, origin, goal)
    usable &= np.isfinite(there_x) & np.isfinite(there_y)
    return np.where(usable, there_x, np.nan), np.where(usable, there_y, np.nan)


def convert_geometry(geometry: Any, source: str, target: str = "wgs84") -> Any:
    """Carry a Shapely geometry (Any: Shapely has no types); refuse one outside its system."""
    origin, goal = system(source), system(target)
    corners = shapely.get_coordinates(geometry)
    if not np.isfinite(corners).all():
        raise OutsideSystem(x="NaN", y="NaN", name=source)
    if origin.is_geographic:
        _require_all_degrees(corners, source)
    moved = shapely.transform(geometry, lambda points: _columns(points, origin, goal))
    if not np.isfinite(shapely.get_coordinates(moved)).all():
        raise OutsideSystem(x=corners[0][0], y=corners[0][1], name=source)
    return moved


def looks_swapped(lon: float, lat: float) -> bool:
    """Whether two degrees make sense in China, or at all, only the other way round."""
    if abs(lat) > 90:
        return abs(lon) <= 90
    return 3 <= lon <= 54 and 73 <= lat <= 90


def recognise(x: float, y: float) -> str:
    """Guess what kind of numbers these are: degrees, swapped, prefixed, plain or unknown.

    ``prefixed`` is an easting of eight digits that begins with its zone, ``plain`` one
    around 500 000; the file's own declaration always wins over this guess.
    """
    if abs(x) <= 180 and abs(y) <= 180:
        return "swapped" if looks_swapped(x, y) else "degrees"
    if 13_000_000 <= x < 46_000_000:
        return "prefixed"
    return "plain" if 0 < x < 1_000_000 and 0 < y < 7_000_000 else "unknown"


def _carry(x: Any, y: Any, origin: System, goal: System) -> Pair:
    if origin.name == goal.name:
        return x, y
    return goal.from_degrees(*origin.to_degrees(x, y))


def _columns(points: Any, origin: System, goal: System) -> Any:
    moved = _carry(points[:, 0], points[:, 1], origin, goal)
    return np.column_stack(moved)


def _require_degrees(x: float, y: float, name: str) -> None:
    if looks_swapped(x, y):
        raise SwappedAxes(x=x, y=y)
    if abs(x) > 180 or abs(y) > 90:
        raise OutsideSystem(x=x, y=y, name=name)


def _require_all_degrees(corners: Any, name: str) -> None:
    xs, ys = corners[:, 0], corners[:, 1]
    suspect = (np.abs(xs) > 180) | (np.abs(ys) > 90) | ((ys >= 73) & (xs >= 3) & (xs <= 54))
    for x, y in corners[suspect][:1]:
        _require_degrees(float(x), float(y), name)
