"""Plane grids: Gauss-Krüger zones, local transverse-Mercator systems, similarity transforms.

Always easting first, then northing, in metres. A local city system has no public
parameters: either its survey office gives them (``LocalGrid``), or a similarity is fitted
from common points (``fit_similarity``); a system may need both.
"""

import math
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from pyproj import CRS, Transformer
from pyproj.exceptions import ProjError

from wanmi.kernel.errors import Invalid

_FIRST_PREFIXED_3, _FIRST_PLAIN_3 = 4513, 4534
_FIRST_PREFIXED_6, _FIRST_PLAIN_6 = 4491, 4502
WGS84 = "EPSG:4326"


class UnusableControlPoints(Invalid):
    """A similarity needs at least two common points that do not coincide."""

    code = "unusable_control_points"


class UnknownZone(Invalid):
    """There is no Gauss-Krüger zone of CGCS2000 for this meridian."""

    code = "unknown_zone"


@dataclass(frozen=True, slots=True)
class Similarity:
    """A plane similarity: shift in metres, scale, rotation in radians (counter-clockwise).

    X = shift_x + scale (x cos r - y sin r), Y = shift_y + scale (x sin r + y cos r).
    ``rms_m`` is the root mean square distance left over at the common points.
    """

    shift_x: float
    shift_y: float
    scale: float = 1.0
    rotation: float = 0.0
    rms_m: float = 0.0

    def apply(self, x: Any, y: Any) -> tuple[Any, Any]:
        """Carry numbers or arrays from the source plane into the target plane."""
        a, b = self.scale * math.cos(self.rotation), self.scale * math.sin(self.rotation)
        return self.shift_x + a * x - b * y, self.shift_y + b * x + a * y

    def undo(self, x: Any, y: Any) -> tuple[Any, Any]:
        """Carry numbers or arrays back."""
        a, b = math.cos(self.rotation) / self.scale, math.sin(self.rotation) / self.scale
        dx, dy = x - self.shift_x, y - self.shift_y
        return a * dx + b * dy, a * dy - b * dx


def fit_similarity(
    source: Sequence[tuple[float, float]], target: Sequence[tuple[float, float]]
) -> Similarity:
    """Return the least-squares similarity between common points (four are better than two).

    Centred first, because plane coordinates of seven digits lose precision otherwise.
    """
    here, there = _planar(source), _planar(target)
    if len(here) != len(there) or len(here) < 2:
        raise UnusableControlPoints
    centre_here, centre_there = here.mean(), there.mean()
    moved, aimed = here - centre_here, there - centre_there
    spread = float((np.abs(moved) ** 2).sum())
    if not spread > 0 or not math.isfinite(spread):
        raise UnusableControlPoints
    turn = complex((moved.conj() * aimed).sum() / spread)
    shift = complex(centre_there - turn * centre_here)
    rms = math.sqrt(float((np.abs(turn * moved - aimed) ** 2).mean()))
    return Similarity(shift.real, shift.imag, abs(turn), math.atan2(turn.imag, turn.real), rms)


def _planar(points: Sequence[tuple[float, float]]) -> Any:
    """Return points as complex numbers (Any: numpy's complex arrays)."""
    flat = np.asarray(points, dtype=np.float64).reshape(-1, 2)
    return flat[:, 0] + 1j * flat[:, 1]


@dataclass(frozen=True, slots=True)
class LocalGrid:
    """A local transverse-Mercator system; ``refinement`` goes from its plane to the real one.

    The ellipsoid is a PROJ name: GRS80 is CGCS2000's, krass Beijing 1954's, IAU76 Xi'an 1980's.
    No datum shift is made: what an old datum differs by belongs into the refinement.
    """

    central_meridian: float
    false_easting: float = 500_000.0
    false_northing: float = 0.0
    scale: float = 1.0
    origin_latitude: float = 0.0
    ellipsoid: str = "GRS80"
    refinement: Similarity | None = None

    @property
    def definition(self) -> str:
        """The system as a PROJ string."""
        return (
            f"+proj=tmerc +lat_0={self.origin_latitude} +lon_0={self.central_meridian} "
            f"+k={self.scale} +x_0={self.false_easting} +y_0={self.false_northing} "
            f"+ellps={self.ellipsoid} +units=m +no_defs"
        )

    def from_degrees(self, lon: Any, lat: Any) -> tuple[Any, Any]:
        """Return easting and northing in metres of degrees on this ellipsoid."""
        plane: tuple[Any, Any] = self._projection(inverse=False)(lon, lat)
        return self.refinement.apply(*plane) if self.refinement else plane

    def to_degrees(self, x: Any, y: Any) -> tuple[Any, Any]:
        """Return longitude and latitude of easting and northing in metres."""
        plane = self.refinement.undo(x, y) if self.refinement else (x, y)
        degrees: tuple[Any, Any] = self._projection(inverse=True)(*plane)
        return degrees

    def _projection(self, *, inverse: bool) -> Any:
        geographic = f"+proj=longlat +ellps={self.ellipsoid} +no_defs"
        ends = (self.definition, geographic) if inverse else (geographic, self.definition)
        return transformer(*ends).transform


def transformer(source: str, target: str) -> Transformer:
    """Return PROJ's converter, longitude/easting first; one per thread, they are not shared."""
    return _transformer(source, target, threading.get_ident())


@lru_cache(maxsize=256)
def _transformer(source: str, target: str, thread: int) -> Transformer:
    return Transformer.from_crs(CRS(source), CRS(target), always_xy=True)


@lru_cache(maxsize=256)
def is_known(code: str) -> bool:
    """Whether PROJ knows a coordinate system by this code."""
    try:
        CRS(code)
    except ProjError:
        return False
    return True


def epsg(text: str) -> int | None:
    """Return the EPSG code of a system written out in full, if it has one."""
    return CRS(text).to_epsg(min_confidence=70)


def gauss_kruger(lon: float, *, width: int = 3, prefixed: bool = False) -> str:
    """Return the EPSG code of the CGCS2000 Gauss-Krüger zone around a longitude.

    ``width`` is 3 or 6 degrees; a prefixed zone carries its number before the easting.
    """
    if width == 3:
        number = math.floor(lon / 3 + 0.5)
        first, base = 25, _FIRST_PREFIXED_3 if prefixed else _FIRST_PLAIN_3
        last = 45
    else:
        number = math.floor(lon / 6) + 1
        first, base = 13, _FIRST_PREFIXED_6 if prefixed else _FIRST_PLAIN_6
        last = 23
    if width not in (3, 6) or not first <= number <= last:
        raise UnknownZone
    return f"EPSG:{base + number - first}"
