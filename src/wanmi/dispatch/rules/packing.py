"""Positions as columns, and as bytes: 21 for each, in whole units, little endian.

Longitude and latitude are degrees CGCS2000/WGS-84 kept to 1e-7 (about a centimetre),
moments milliseconds since 1970 UTC, accuracy decimetres, speed centimetres a second.
What a telephone did not know is NaN, a battery -1.
"""

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_HEAD = struct.Struct("<BIqq")
_FORM = 1
_SCALE = 1e7
_NO_SHORT, _NO_BYTE = 0xFFFF, 0xFF
LONGEST_MS = 2**32 - 1
"""How far apart the moments of one packet may lie: 49 days."""


@dataclass(frozen=True)
class Positions:
    """Positions of one telephone, in the order of their sequence numbers."""

    sequence: Ints
    at_ms: Ints
    lon: Floats
    lat: Floats
    accuracy_m: Floats
    speed_ms: Floats
    battery: Ints

    def __len__(self) -> int:
        return len(self.sequence)

    def where(self, keep: Flags) -> "Positions":
        """Return those that are marked."""
        return self if keep.all() else self.taken(np.flatnonzero(keep))

    def taken(self, places: Ints) -> "Positions":
        """Return those at some places, in that order."""
        columns: Any = (column[places] for column in self._columns())
        return Positions(*columns)

    def by_time(self) -> "Positions":
        """Return them in the order of their moments."""
        is_ordered = bool((self.at_ms[1:] >= self.at_ms[:-1]).all())
        return self if is_ordered else self.taken(np.argsort(self.at_ms, kind="stable"))

    def _columns(self) -> tuple[Ints | Floats, ...]:
        return (
            self.sequence,
            self.at_ms,
            self.lon,
            self.lat,
            self.accuracy_m,
            self.speed_ms,
            self.battery,
        )


def pack(positions: Positions) -> bytes:
    """Return positions as bytes; their sequence numbers and moments span less than 2**32."""
    first, begun = int(positions.sequence.min()), int(positions.at_ms.min())
    columns = (
        (positions.sequence - first).astype("<u4"),
        (positions.at_ms - begun).astype("<u4"),
        np.rint(positions.lon * _SCALE).astype("<i4"),
        np.rint(positions.lat * _SCALE).astype("<i4"),
        _short(positions.accuracy_m * 10),
        _short(positions.speed_ms * 100),
        np.where(positions.battery < 0, _NO_BYTE, positions.battery).astype("<u1"),
    )
    head = _HEAD.pack(_FORM, len(positions), first, begun)
    return head + b"".join(column.tobytes() for column in columns)


def unpack(data: bytes) -> Positions:
    """Return the positions of packed bytes."""
    form, count, first, begun = _HEAD.unpack_from(data)
    if form != _FORM:
        raise ValueError(f"positions of an unknown form {form}")
    offset, columns = _HEAD.size, []
    for kind, width in (("<u4", 4), ("<u4", 4), ("<i4", 4), ("<i4", 4), ("<u2", 2), ("<u2", 2)):
        columns.append(np.frombuffer(data, kind, count, offset))
        offset += width * count
    sequence, at_ms, lon, lat, accuracy, speed = columns
    battery = np.frombuffer(data, "<u1", count, offset).astype(np.int64)
    return Positions(
        sequence.astype(np.int64) + first,
        at_ms.astype(np.int64) + begun,
        lon / _SCALE,
        lat / _SCALE,
        np.where(accuracy == _NO_SHORT, np.nan, accuracy / 10),
        np.where(speed == _NO_SHORT, np.nan, speed / 100),
        np.where(battery == _NO_BYTE, -1, battery),
    )


def joined(parts: Iterable[Positions]) -> Positions:
    """Return the positions of several parts as one, in the order of their moments."""
    columns: Any = list(zip(*(part._columns() for part in parts), strict=True))
    if not columns:
        nothing = np.empty(0)
        whole = nothing.astype(np.int64)
        return Positions(whole, whole, nothing, nothing, nothing, nothing, whole)
    return Positions(*(np.concatenate(column) for column in columns)).by_time()


def _short(values: Floats) -> NDArray[np.uint16]:
    known = np.clip(np.rint(np.nan_to_num(values, nan=0.0)), 0, _NO_SHORT - 1)
    found: NDArray[np.uint16] = np.where(np.isnan(values), _NO_SHORT, known).astype("<u2")
    return found
