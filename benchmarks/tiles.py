"""`tiles`: tiles of 5,000,000 case points, against the bare SQL aggregate over the same range.

A tile is drawn whole: read, gathered, encoded. Zooms 5 to 18, tiles where the
points are. At low zoom (5 to 10) the kept counts must be 10 times faster than
the aggregate; over all zooms the 95th percentile must not be slower than its.
`p95_ms_by_zoom` tells ours and the aggregate's zoom by zoom: single points, at
zoom 17 and 18, take longer. Run with `./wanmi bench tiles`; figures of a whole run
stand in docs/rooms/geography.md.
"""

import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from benchmarks.harness import Figures, Options, databases, measure_in, percentile

POINTS = 5_000_000
CHUNK = 100_000
TRIES = 20
ZOOMS = range(5, 19)
LOW = range(5, 11)
LOW_FLOOR, ALL_FLOOR = 10.0, 1.0
WEST, SOUTH, WIDE, HIGH = 120.0, 30.0, 0.6, 0.5
Pair = tuple[list[float], list[float]]
"""Seconds of our tiles, seconds of the aggregates over the same ranges."""
NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)

AGGREGATE = """
SELECT cell / {divisor}, count(*), avg(lon), avg(lat), max(CASE
  WHEN is_suspended THEN 2 WHEN due_at < %s THEN 4 WHEN warn_at <= %s THEN 3
  WHEN due_at IS NOT NULL THEN 1 ELSE 0 END)
FROM cases_case WHERE ended_at IS NULL AND cell BETWEEN %s AND %s GROUP BY 1
"""


def run(options: Options) -> Iterable[Figures]:
    """Measure on SQLite, and on PostgreSQL where a server answers."""
    with databases() as found:
        for database in found:
            figures = measure_in(database, "tiles", options)
            yield from figures["parts"]


def measure(options: Options) -> Figures:
    """Load the points, keep their counts, then draw tiles and ask the aggregate in turns."""
    from django.db import connection

    from wanmi.geography import actions as geography

    count = 100_000 if options.small else POINTS
    lons, lats = _points(count)
    began = time.perf_counter()
    _load(lons, lats)
    loaded = time.perf_counter()
    assert geography.rebuild_points("cases", at=NOW) == count
    kept = time.perf_counter()
    zooms = {z: _at_zoom(z, lons, lats) for z in ZOOMS}
    about = {
        "points": count,
        "load_s": round(loaded - began),
        "keep_s": round(kept - loaded),
        "recount_one_ms": round(_recount_ms(lons, lats), 1),
        "p95_ms_by_zoom": {z: _both(pair, 0.95) for z, pair in zooms.items()},
        "p50_ms_by_zoom": {z: _both(pair, 0.5) for z, pair in zooms.items()},
    }
    engine = connection.vendor
    low = _figures(f"tiles/low/{engine}", [zooms[z] for z in LOW], LOW_FLOOR)
    whole = _figures(f"tiles/{engine}", list(zooms.values()), ALL_FLOOR)
    return {"parts": [low, {**whole, **about}]}


def _figures(name: str, pairs: list[Pair], floor: float) -> Figures:
    ours = percentile([second for pair in pairs for second in pair[0]], 0.95)
    # Each zoom weighs the same, however few aggregates were tried.
    again = [second for _, seconds in pairs for second in seconds * (TRIES // len(seconds))]
    bare = percentile(again, 0.95)
    return {
        "name": name,
        "value": round(1000 * ours, 2),
        "peer": round(1000 * bare, 2),
        "unit": "ms p95",
        "ratio": round(bare / ours, 2),
        "floor": floor,
        "passed": bare / ours >= floor,
    }


def _both(pair: Pair, part: float) -> list[float]:
    return [round(1000 * percentile(each, part), 1) for each in pair]


def _points(count: int) -> tuple[Any, Any]:
    """Return points of a city: half of them spread evenly, half around forty busy places."""
    rng = np.random.default_rng(5)
    centres = rng.uniform(0.1, 0.9, (40, 2))
    near = centres[rng.integers(0, 40, count)] + rng.normal(0, 0.02, (count, 2))
    spread = rng.uniform(0, 1, (count, 2))
    place = np.where(rng.random((count, 1)) < 0.5, near, spread).clip(0, 0.9999)
    return WEST + place[:, 0] * WIDE, SOUTH + place[:, 1] * HIGH


def _load(lons: Any, lats: Any) -> None:
    """Enter cases in bulk: points into a table of their own, cases out of it by one statement."""
    from django.db import connection, transaction

    from wanmi.cases.models import Case
    from wanmi.kernel.cells import cells

    hours = np.random.default_rng(1).normal(4, 8, len(lons))
    due = (NOW.timestamp() + 3600 * hours).astype(int)
    grids = np.stack([(lons - WEST) / WIDE * 800, (lats - SOUTH) / HIGH * 800]).astype(int)
    columns = [each.tolist() for each in (lons, lats, cells(lons, lats), due, *grids)]
    fixed = _fixed(Case)
    names, marks = ", ".join(fixed), ", ".join(["%s"] * len(fixed))
    is_sqlite = connection.vendor == "sqlite"
    moment = "datetime({}, 'unixepoch')" if is_sqlite else "to_timestamp({})"
    with connection.cursor() as cursor:
        _drop_indexes(cursor, connection.vendor)
        cursor.execute(_POINTS)
        for start in range(0, len(lons), CHUNK):
            rows = zip(*(each[start : start + CHUNK] for each in columns), strict=True)
            with transaction.atomic():
                _put_points(cursor, rows, is_sqlite=is_sqlite)
        cursor.execute(
            _CASES.format(
                names=names, marks=marks, due=moment.format("due"), warn=moment.format("due - 3600")
            ),
            list(fixed.values()),
        )
        cursor.execute("DROP TABLE bench_point")
        cursor.execute("CREATE INDEX bench_cell ON cases_case (cell)")
        cursor.execute("ANALYZE cases_case" if is_sqlite else "VACUUM ANALYZE cases_case")


def _put_points(cursor: Any, rows: Iterable[tuple[Any, ...]], *, is_sqlite: bool) -> None:
    if is_sqlite:
        marks = ", ".join(["%s"] * 6)
        cursor.executemany(f"INSERT INTO bench_point VALUES ({marks})", list(rows))
        return
    with cursor.copy("COPY bench_point FROM STDIN") as target:
        target.write("".join("\t".join(map(repr, row)) + "\n" for row in rows))


_VARIED = ["number", "tracking_code", "lon", "lat", "cell", "area_path", "due_at", "warn_at"]
_POINTS = """
CREATE TEMP TABLE bench_point (lon float, lat float, cell bigint, due bigint, col int, line int)
"""
# 16 districts of 16 streets of 4 communities of 625 grids.
_CASES = """
INSERT INTO cases_case (number, tracking_code, lon, lat, cell, area_path, due_at, warn_at, {names})
SELECT n, n, lon, lat, cell, '99/9901/' || district || '/' || street || '/' || community || '/'
  || (community * 1000 + grid) || '/', {due}, {warn}, {marks}
FROM (
  SELECT *, street * 1000 + 10 + (col / 25 %% 2) * 2 + line / 25 %% 2 AS community
  FROM (
    SELECT *, district * 1000 + 1 + (col / 50 %% 4) * 4 + line / 50 %% 4 AS street
    FROM (
      SELECT row_number() OVER () + 100000000 AS n, lon, lat, cell, due, col, line,
        (col %% 25) * 25 + line %% 25 AS grid,
        CAST(990101 + (col / 200) * 4 + line / 200 AS bigint) AS district
      FROM bench_point
    ) AS numbered
  ) AS streets
) AS communities
"""


def _fixed(model: Any) -> dict[str, object]:
    """Return every column that must be filled and is the same in all rows."""
    fixed: dict[str, object] = {}
    for field in model._meta.concrete_fields:
        if field.primary_key or field.column in _VARIED or field.null:
            continue
        fixed[field.column] = field.get_default() if field.has_default() else ""
    known = {
        "source": "supervisor",
        "phase": "handling",
        "state": "handling",
        "kind": "event",
        "description": "路边有暴露垃圾，请尽快清理。",
        "grid_code": "990101001001001",
        "reported_at": NOW - timedelta(days=1),
        "is_located": True,
    }
    plain = {name: "{}" if value == {} else value for name, value in {**fixed, **known}.items()}
    return {name: "[]" if value == [] else value for name, value in plain.items()}


def _drop_indexes(cursor: Any, vendor: str) -> None:
    """Drop indexes that no constraint needs; none but the one by place serves a tile."""
    listed = (
        "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'cases_case'"
        " AND sql LIKE 'CREATE INDEX%'"
        if vendor == "sqlite"
        else "SELECT i.relname FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid"
        " WHERE x.indrelid = 'cases_case'::regclass AND NOT x.indisunique"
    )
    cursor.execute(listed)
    for (name,) in cursor.fetchall():
        cursor.execute(f'DROP INDEX "{name}"')


def _at_zoom(z: int, lons: Any, lats: Any) -> Pair:
    """Return the seconds of our tiles and of the aggregates over the same ranges."""
    from wanmi.geography import layers
    from wanmi.geography.layers import TileAsked
    from wanmi.kernel import cells

    source = layers.named("cases").source
    some = np.random.default_rng(z).integers(0, len(lons), TRIES)
    tiles = [
        cells.tile(cells.parent(cells.cell(float(lons[place]), float(lats[place])), z))
        for place in some.tolist()
    ]
    ours: list[float] = []
    bare: list[float] = []
    for turn, tile in enumerate(tiles):
        works = [(ours, lambda tile=tile: source(TileAsked(tile, ("99/",), NOW, "zh-hans")))]
        if turn < _tries(z):
            works.append((bare, lambda tile=tile: _aggregate(cells, tile)))
        # Whoever comes second finds the pages read: they take turns in coming first.
        for seconds, work in works if turn % 2 else reversed(works):
            began = time.perf_counter()
            assert work()
            seconds.append(time.perf_counter() - began)
    return ours, bare


def _aggregate(cells: Any, tile: Any) -> list[tuple[Any, ...]]:
    from django.db import connection

    sql = AGGREGATE.format(divisor=cells.prefix_divisor(tile.z + 4))
    with connection.cursor() as cursor:
        cursor.execute(sql, [NOW, NOW, *cells.tile_range(*tile)])
        return list(cursor.fetchall())


def _tries(z: int) -> int:
    """Return how many aggregates are tried; where they read millions of rows, few."""
    if z < 10:
        return 2
    return 4 if z < 12 else TRIES


def _recount_ms(lons: Any, lats: Any) -> float:
    """Return how long it takes to follow one changed case, in milliseconds."""
    from wanmi.geography import actions as geography
    from wanmi.kernel import cells

    began = time.perf_counter()
    for place in range(20):
        geography.recount_points(
            "cases", [cells.cell(float(lons[place]), float(lats[place]))], at=NOW
        )
    return (time.perf_counter() - began) / 20 * 1000
