"""The base map's file: an SQLite database of features and of the tiles drawn so far."""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

TABLES = """
CREATE TABLE feature (
  layer TEXT, lowest_zoom INTEGER, highest_zoom INTEGER, facts TEXT, shape BLOB
);
CREATE TABLE tile (zoom INTEGER, x INTEGER, y INTEGER, data BLOB, PRIMARY KEY (zoom, x, y));
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT);
"""


@dataclass(frozen=True, slots=True)
class Feature:
    """Something drawn on the base map, from one zoom to another; lon/lat degrees (CGCS2000).

    ``facts`` are the tile's attributes: ``kind`` and, where it is labelled, ``name_zh`` and
    ``name_en``.
    """

    layer: str
    lowest_zoom: int
    highest_zoom: int
    facts: dict[str, str]
    shape: BaseGeometry


def write(path: Path, features: Iterable[Feature], *, about: dict[str, str]) -> None:
    """Write a new base map in one step: readers see the old file or the new one, never half."""
    fresh = path.with_suffix(f".{os.getpid()}.new")
    fresh.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(fresh)) as file, file:
        file.executescript(TABLES)
        file.executemany("INSERT INTO feature VALUES (?, ?, ?, ?, ?)", map(_row, features))
        file.executemany("INSERT INTO about VALUES (?, ?)", about.items())
    fresh.replace(path)


def features(path: Path) -> Iterator[Feature]:
    """Read every feature of a base map."""
    with closing(sqlite3.connect(path)) as file:
        for layer, lowest, highest, facts, shape in file.execute("SELECT * FROM feature"):
            yield Feature(layer, lowest, highest, json.loads(facts), shapely.from_wkb(shape))


def about(path: Path) -> dict[str, str]:
    """Read what the file says of itself: its centre, its zoom, who drew it."""
    with closing(sqlite3.connect(path)) as file:
        return dict(file.execute("SELECT name, value FROM about"))


def kept_tile(path: Path, zoom: int, x: int, y: int) -> bytes | None:
    """Return a tile drawn earlier."""
    with closing(sqlite3.connect(path)) as file:
        query = "SELECT data FROM tile WHERE zoom = ? AND x = ? AND y = ?"
        row = file.execute(query, (zoom, x, y)).fetchone()
    return bytes(row[0]) if row else None


def keep_tile(path: Path, zoom: int, x: int, y: int, data: bytes) -> None:
    """Keep a drawn tile; when the file is busy or read-only it is simply drawn again later."""
    try:
        with closing(sqlite3.connect(path, timeout=0.2)) as file, file:
            file.execute("INSERT OR IGNORE INTO tile VALUES (?, ?, ?, ?)", (zoom, x, y, data))
    except sqlite3.OperationalError:
        return


def _row(feature: Feature) -> tuple[str, int, int, str, bytes]:
    facts = json.dumps(feature.facts, ensure_ascii=False)
    shape = shapely.to_wkb(feature.shape)
    return feature.layer, feature.lowest_zoom, feature.highest_zoom, facts, shape
