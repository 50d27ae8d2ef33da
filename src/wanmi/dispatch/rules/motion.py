"""What a track shows: where somebody was how long, where they stayed, left or fell silent.

Moments are milliseconds since 1970 UTC in ascending order; places metres east and north
of a common point (`flat`). No standard names limits for any of it: they are the city's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .packing import Floats, Ints, Positions

METRES_PER_DEGREE = 111_320.0
FASTEST_MS = 40.0
"""A step faster than this is an error of the receiver, not a walk."""
STEP_M = 15.0
"""A walk is measured from point to point at least this far apart: receivers tremble."""

Pause = tuple[int, int]
"""From and until, in milliseconds."""


@dataclass(frozen=True)
class Stretch:
    """A part of a track, by the places of its first and last position."""

    first: int
    last: int
    begins_ms: int
    ends_ms: int

    @property
    def seconds(self) -> int:
        """Return how long it lasted."""
        return (self.ends_ms - self.begins_ms) // 1000


@dataclass(frozen=True)
class Visits:
    """How long a track was in each unit grid, as columns of one row a grid."""

    grid: Ints
    seconds: Ints
    positions: Ints
    first_ms: Ints
    latest_ms: Ints


def flat(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Return metres east and north of the first point, the earth taken as flat around it."""
    if not len(lon):
        return lon, lat
    wide = METRES_PER_DEGREE * float(np.cos(np.radians(lat[0])))
    return (lon - lon[0]) * wide, (lat - lat[0]) * METRES_PER_DEGREE


def usable(positions: Positions, *, accuracy_m: float, pauses: Iterable[Pause] = ()) -> Positions:
    """Return the positions good enough to judge by, outside of pauses."""
    keep = ~(positions.accuracy_m > accuracy_m)
    for begin, end in pauses:
        keep &= (positions.at_ms < begin) | (positions.at_ms >= end)
    return positions.where(keep)


def visits(at_ms: Ints, grids: Ints, *, gap_ms: int) -> Visits:
    """Return the time in each grid: until the next position, where that comes within a gap.

    Grid 0 is no grid and not told of.
    """
    stays = np.zeros(len(at_ms), dtype=np.int64)
    steps = np.diff(at_ms)
    stays[:-1] = np.where(steps <= gap_ms, steps, 0)
    inside = grids > 0
    known, place = np.unique(grids[inside], return_inverse=True)
    times = at_ms[inside]
    first = np.full(len(known), np.iinfo(np.int64).max)
    latest = np.zeros(len(known), dtype=np.int64)
    np.minimum.at(first, place, times)
    np.maximum.at(latest, place, times)
    spent = np.bincount(place, weights=stays[inside], minlength=len(known)) // 1000
    counted = np.bincount(place, minlength=len(known))
    return Visits(known, spent.astype(np.int64), counted, first, latest)


def stays(
    at_ms: Ints, east: Floats, north: Floats, *, radius_m: float, seconds: int
) -> list[Stretch]:
    """Return where somebody stayed within a radius of a point for so long (停留)."""
    found, first, count = [], 0, len(at_ms)
    times, xs, ys = at_ms.tolist(), east.tolist(), north.tolist()
    near = radius_m * radius_m
    while first < count:
        last = first
        x, y = xs[first], ys[first]
        while last + 1 < count and (xs[last + 1] - x) ** 2 + (ys[last + 1] - y) ** 2 <= near:
            last += 1
        if times[last] - times[first] >= seconds * 1000:
            found.append(Stretch(first, last, times[first], times[last]))
            first = last + 1
        else:
            first += 1
    return found


def leaves(at_ms: Ints, outside_m: Floats, *, tolerance_m: float, seconds: int) -> list[Stretch]:
    """Return where somebody was outside their ground for so long (离岗), beyond a tolerance."""
    out = outside_m > tolerance_m
    edges = np.flatnonzero(np.diff(np.concatenate(([0], out.astype(np.int8), [0]))))
    found = []
    for begin, after in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        # Who comes back is away until the first position inside.
        last = min(after, len(at_ms) - 1)
        stretch = Stretch(begin, after - 1, int(at_ms[begin]), int(at_ms[last]))
        if stretch.seconds >= seconds:
            found.append(stretch)
    return found


def silences(
    at_ms: Ints, begins_ms: int, ends_ms: int, *, seconds: int, pauses: Sequence[Pause] = ()
) -> list[Stretch]:
    """Return where no position came for so long (失联), from sign-on to an end; pauses apart."""
    moments = np.concatenate(([begins_ms], at_ms, [max(ends_ms, begins_ms)]))
    found = []
    for place in np.flatnonzero(np.diff(moments) >= seconds * 1000).tolist():
        begin, end = int(moments[place]), int(moments[place + 1])
        rest = sum(max(0, min(end, until) - max(begin, since)) for since, until in pauses)
        if end - begin - rest >= seconds * 1000:
            nearest = max(min(place - 1, len(at_ms) - 1), 0)
            found.append(Stretch(nearest, nearest, begin, end))
    return found


def walked_m(at_ms: Ints, east: Floats, north: Floats) -> int:
    """Return how far somebody went, trembling and leaps left out."""
    total, times, xs, ys = 0.0, at_ms.tolist(), east.tolist(), north.tolist()
    kept = 0
    for place in range(1, len(times)):
        step = float(np.hypot(xs[place] - xs[kept], ys[place] - ys[kept]))
        if step < STEP_M:
            continue
        if step <= FASTEST_MS * (times[place] - times[kept]) / 1000:
            total += step
        kept = place
    return round(total)


def inside_seconds(at_ms: Ints, outside_m: Floats, *, tolerance_m: float, gap_ms: int) -> int:
    """Return how long somebody was on their ground."""
    steps: NDArray[np.int64] = np.diff(at_ms)
    counts = (outside_m[:-1] <= tolerance_m) & (steps <= gap_ms)
    return int(steps[counts].sum() // 1000)
