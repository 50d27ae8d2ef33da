"""`coverage`: what 500 people patrolled in a month, against a bare DuckDB group-by.

10,500,000 positions. Ours answers, for everybody, the unit grids of their duty grids that were
visited, how long, on how many days and when last, against the plan, from the visits that
stints were folded into. Peer: DuckDB, all cores, a table in its memory of the same positions,
grouped by person and cell (zoom 18, about 130 m) with their number, first and last moment.
Floor: ratio 0.3. How fast stints are folded is told beside it.
"""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np

from benchmarks.harness import Figures, Options, databases, in_turns, measure_in
from benchmarks.locate import SOUTH, STEP, WEST, enter_grids

FLOOR = 0.3
PEOPLE, DAYS, A_DAY = 500, 30, 700
SIDE, BEAT = 161, 7
"""161 × 161 unit grids; a duty grid is a square of 7 × 7 of them, and there are 529."""
FIRST = date(2026, 9, 1)
EVERY_MS = 41_000
GAP_MS = 300_000
FOLDED = 40
"""Stints folded by the product's own deed, to tell how long that takes."""


def run(options: Options) -> Iterator[Figures]:
    """Measure SQLite, and PostgreSQL where one answers."""
    with databases() as found:
        for database in found:
            yield measure_in(database, "coverage", options)


def measure(options: Options) -> Figures:
    """Enter people, plan and a month; then ours and the peer take turns."""
    from wanmi.dispatch import queries

    people, days = (20, 5) if options.small else (PEOPLE, DAYS)
    enter_grids(SIDE, on=FIRST)
    keys, stints = _enter_plan(people, days)
    month = [_day(keys, number) for number in range(days)]
    begun = time.perf_counter()
    for number, columns in enumerate(month):
        _enter_visits(keys, stints, number, columns)
    entered_s = time.perf_counter() - begun
    _settle()
    base = _peer(month)
    last = FIRST + timedelta(days=days - 1)
    ours, bare = in_turns(
        lambda: queries.coverage_of_many(keys, FIRST, last),
        lambda: base.execute(_PEER).fetchall(),
        rounds=5,
    )
    _check(queries.coverage_of_many(keys, FIRST, last), keys)
    count = people * days * A_DAY
    from django.db import connection

    return {
        "name": f"coverage/{connection.vendor}",
        "value": round(count / ours),
        "peer": round(count / bare),
        "unit": "positions/s",
        "ratio": round(bare / ours, 3),
        "floor": FLOOR,
        "passed": bare / ours >= FLOOR,
        "positions": count,
        "ours_ms": round(1000 * ours),
        "peer_ms": round(1000 * bare),
        "visits": people * days * BEAT * BEAT,
        "entered_positions_per_second": round(count / entered_s),
        "fold_ms": round(_fold_ms(keys[0], stints), 1),
    }


_PEER = "SELECT person, cell, count(*), min(at_ms), max(at_ms) FROM positions GROUP BY person, cell"


def _enter_plan(people: int, days: int) -> tuple[list[int], dict[tuple[int, int], int]]:
    """Enter people with a duty grid, a shift and a stint a day; return keys and stints."""
    from wanmi.accounts.models import User
    from wanmi.dispatch.models import Shift, Stint
    from wanmi.geography import actions as geography
    from wanmi.geography.models import Area

    users = User.objects.bulk_create(User(username=f"walker{n}") for n in range(people))
    codes = list(
        Area.objects.filter(kind="unit_grid").order_by("pk").values_list("code", flat=True)
    )
    shifts: list[Shift] = []
    for number, user in enumerate(users):
        west, south = _corner(number)
        units = [codes[(south + y) * SIDE + west + x] for y in range(BEAT) for x in range(BEAT)]
        grid = geography.make_duty_grid(
            f"B{number:04}",
            name_zh=f"责任网格{number}",
            parent_code="990101001",
            grid_codes=units,
            from_day=FIRST,
        )
        shifts += [
            Shift(
                person=user,
                duty_grid=grid,
                area_path=grid.path,
                begins_at=_begin(day),
                ends_at=_begin(day) + timedelta(hours=8),
            )
            for day in range(days)
        ]
    Shift.objects.bulk_create(shifts, batch_size=500)
    stints = Stint.objects.bulk_create(
        (
            Stint(
                person_id=shift.person_id,
                shift=shift,
                duty_grid_id=shift.duty_grid_id,
                area_path=shift.area_path,
                day=shift.begins_at.date(),
                signed_on_at=shift.begins_at,
                signed_off_at=shift.ends_at,
            )
            for shift in shifts
        ),
        batch_size=500,
    )
    found = {(row.person_id, (row.day - FIRST).days): row.pk for row in stints}
    return [user.pk for user in users], found


def _corner(number: int) -> tuple[int, int]:
    per_row = SIDE // BEAT
    return number % per_row * BEAT, number // per_row % per_row * BEAT


def _begin(day: int) -> datetime:
    return datetime(FIRST.year, FIRST.month, FIRST.day, 1, tzinfo=UTC) + timedelta(days=day)


def _day(keys: list[int], number: int) -> tuple[Any, ...]:
    """Return person, moment, longitude and latitude of a day: everybody walks their duty grid."""
    rng = np.random.default_rng(number)
    persons = np.repeat(np.asarray(keys, dtype=np.int64), A_DAY)
    at_ms = np.tile(
        round(_begin(number).timestamp() * 1000) + np.arange(A_DAY) * EVERY_MS, len(keys)
    )
    corners = np.array([_corner(place) for place in range(len(keys))], dtype=np.float64)
    # Along the rows of the grid, to and fro, a little beside the way.
    steps = np.arange(A_DAY) * (BEAT * BEAT) / A_DAY
    rows, along = np.divmod(steps, BEAT)
    east = np.where(rows % 2 == 0, along, BEAT - along)
    lon = WEST + (np.repeat(corners[:, 0], A_DAY) + np.tile(east, len(keys))) * STEP
    lat = SOUTH + (np.repeat(corners[:, 1], A_DAY) + np.tile(rows + 0.5, len(keys))) * STEP
    trembling = rng.normal(0, 5e-5, (2, len(persons)))
    return persons, at_ms, lon + trembling[0], lat + trembling[1]


def _enter_visits(
    keys: list[int],
    stints: dict[tuple[int, int], int],
    number: int,
    columns: tuple[Any, ...],
) -> None:
    """Fold a day as the product's deed does, all people's points located in one go."""
    from wanmi.dispatch.models import Visit
    from wanmi.dispatch.rules import motion
    from wanmi.geography import queries as geography

    _, at_ms, lon, lat = columns
    day = FIRST + timedelta(days=number)
    grids = geography.locate_many(lon, lat, on=day).ids
    rows = []
    for place, person in enumerate(keys):
        part = slice(place * A_DAY, (place + 1) * A_DAY)
        found = motion.visits(at_ms[part], grids[part], gap_ms=GAP_MS)
        rows += [
            Visit(
                stint_id=stints[person, number],
                person_id=person,
                day=day,
                grid_id=grid,
                seconds=seconds,
                positions=count,
                first_at=_at(first),
                latest_at=_at(latest),
            )
            for grid, seconds, count, first, latest in zip(
                *(
                    column.tolist()
                    for column in (
                        found.grid,
                        found.seconds,
                        found.positions,
                        found.first_ms,
                        found.latest_ms,
                    )
                ),
                strict=True,
            )
        ]
    Visit.objects.bulk_create(rows, batch_size=2000)


def _at(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def _settle() -> None:
    """Let the database look at what it holds, as it does by itself in life."""
    from django.db import connection

    with connection.cursor() as cursor:
        words = "VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE"
        cursor.execute(words)


def _peer(month: list[tuple[Any, ...]]) -> Any:
    """Return DuckDB with the positions in a table of its own memory."""
    import duckdb

    from wanmi.kernel.cells import cells, prefix_divisor

    base = duckdb.connect()
    base.execute("CREATE TABLE positions (person BIGINT, at_ms BIGINT, cell BIGINT)")
    for persons, at_ms, lon, lat in month:
        day = {"person": persons, "at_ms": at_ms, "cell": cells(lon, lat) // prefix_divisor(18)}
        base.register("day", day)
        base.execute("INSERT INTO positions SELECT * FROM day")
        base.unregister("day")
    return base


def _check(found: Any, keys: list[int]) -> None:
    """Make sure that what was measured is right: everybody walked through their duty grid."""
    assert set(found) == set(keys)
    for coverage in found.values():
        assert coverage.grids == BEAT * BEAT
        assert coverage.visited >= BEAT * BEAT - 3


def _fold_ms(person: int, stints: dict[tuple[int, int], int]) -> float:
    """Return how long the product's own fold of one stint takes, its positions read and all."""
    from wanmi.accounts.models import User
    from wanmi.dispatch import actions as dispatch
    from wanmi.dispatch.models import Stint, Terminal, TrackPart
    from wanmi.dispatch.rules.packing import Positions, pack

    _, at_ms, lon, lat = _day([person], 0)
    unknown = np.full(A_DAY, np.nan)
    whole = Positions(
        np.arange(A_DAY), at_ms, lon, lat, unknown, unknown, np.full(A_DAY, -1, dtype=np.int64)
    )
    stint = Stint.objects.get(pk=stints[person, 0])
    terminal = Terminal.objects.create(
        person=User.objects.get(pk=person), device="bench", seen_at=stint.signed_on_at
    )
    TrackPart.objects.create(
        terminal=terminal,
        stint=stint,
        first_sequence=0,
        last_sequence=A_DAY - 1,
        begins_at=_at(int(at_ms[0])),
        ends_at=_at(int(at_ms[-1])),
        count=A_DAY,
        data=pack(whole),
    )
    begun = time.perf_counter()
    for _ in range(FOLDED):
        dispatch.fold(stint)
    return 1000 * (time.perf_counter() - begun) / FOLDED


if __name__ == "__main__":
    for figures in run(Options()):
        print(figures)
