"""Packed positions come back; stays, leaves, silences, visits and attendance are what they are."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from tests.dispatch.conftest import NINE, walk
from wanmi.dispatch.rules import motion
from wanmi.dispatch.rules.attendance import Span, judge
from wanmi.dispatch.rules.packing import Positions, joined, pack, unpack

MINUTE = 60


def test_packed_positions_come_back_to_a_centimetre() -> None:
    given = walk(NINE, np.linspace(120.0, 120.004, 500))
    given.accuracy_m[3] = np.nan
    given.speed_ms[4] = np.nan
    given.battery[5] = -1

    found = unpack(pack(given))

    assert len(pack(given)) < 22 * len(given) + 30
    assert np.array_equal(found.sequence, given.sequence)
    assert np.array_equal(found.at_ms, given.at_ms)
    assert np.abs(found.lon - given.lon).max() < 1e-7
    assert np.allclose(found.accuracy_m, given.accuracy_m, atol=0.05, equal_nan=True)
    assert np.allclose(found.speed_ms, given.speed_ms, atol=0.005, equal_nan=True)
    assert np.array_equal(found.battery, given.battery)


def test_parts_are_joined_in_the_order_of_their_moments() -> None:
    late = walk(NINE, np.full(5, 120.0))
    early = walk(NINE - timedelta(minutes=5), np.full(5, 120.0), first=50)

    found = joined([late, early])

    assert (np.diff(found.at_ms) >= 0).all()
    assert len(joined([])) == 0


def _flat(positions: Positions) -> tuple[np.ndarray, np.ndarray]:
    return motion.flat(positions.lon, positions.lat)


def test_half_an_hour_in_one_place_is_a_stay_and_walking_is_none() -> None:
    still = np.full(190, 120.002) + np.tile([0, 1e-5], 95)
    walking = 120.002 + np.arange(200) * 1.2e-4
    track = walk(NINE, np.concatenate([still, walking]))

    found = motion.stays(track.at_ms, *_flat(track), radius_m=50, seconds=30 * MINUTE)

    assert len(found) == 1
    assert found[0].first == 0
    assert found[0].seconds >= 30 * MINUTE
    assert not motion.stays(track.at_ms, *_flat(track), radius_m=50, seconds=60 * MINUTE)


def test_who_is_outside_long_enough_has_left_until_they_are_back() -> None:
    track = walk(NINE, np.full(200, 120.0))
    outside = np.zeros(200)
    outside[50:150] = 80.0

    found = motion.leaves(track.at_ms, outside, tolerance_m=50, seconds=15 * MINUTE)

    assert [(each.first, each.last, each.seconds) for each in found] == [(50, 149, 1000)]
    assert not motion.leaves(track.at_ms, outside, tolerance_m=100, seconds=60)
    assert not motion.leaves(track.at_ms, outside, tolerance_m=50, seconds=1001)


def test_silence_is_a_gap_and_a_break_is_none() -> None:
    begin = round(NINE.timestamp() * 1000)
    at_ms = np.array([begin, begin + 60_000, begin + 40 * 60_000])

    found = motion.silences(at_ms, begin, begin + 41 * 60_000, seconds=15 * MINUTE)
    resting = motion.silences(
        at_ms,
        begin,
        begin + 41 * 60_000,
        seconds=15 * MINUTE,
        pauses=[(begin + 60_000, begin + 30 * 60_000)],
    )

    assert [each.seconds for each in found] == [39 * MINUTE]
    assert resting == []


def test_visits_count_the_time_until_the_next_position_but_no_gap() -> None:
    at_ms = np.array([0, 10_000, 20_000, 900_000, 910_000])
    grids = np.array([1, 1, 2, 2, 0])

    found = motion.visits(at_ms, grids, gap_ms=300_000)

    assert found.grid.tolist() == [1, 2]
    assert found.seconds.tolist() == [20, 10]
    assert found.positions.tolist() == [2, 2]
    assert found.latest_ms.tolist() == [10_000, 900_000]


def test_trembling_is_no_walk_and_a_leap_is_none() -> None:
    trembling = walk(NINE, 120.0 + np.tile([0, 5e-5], 100))
    leap = walk(NINE, [120.0, 121.0, 121.0])
    hundred = walk(NINE, 120.0 + np.arange(51) * 2e-4, every_s=20)

    assert motion.walked_m(trembling.at_ms, *_flat(trembling)) == 0
    assert motion.walked_m(leap.at_ms, *_flat(leap)) == 0
    assert 900 < motion.walked_m(hundred.at_ms, *_flat(hundred)) < 1000


@pytest.mark.parametrize(
    ("served", "now_h", "state"),
    [
        ([], -1, "ahead"),
        ([], 1, "missing"),
        ([], 9, "absent"),
        ([(0, None)], 1, "on_duty"),
        ([(0.25, None)], 1, "late"),
        ([(0, 7)], 9, "early"),
        ([(0, 4), (4.5, 8)], 9, "kept"),
        ([(0.05, 7.95)], 9, "kept"),
    ],
)
def test_attendance(served: list[tuple[float, float | None]], now_h: float, state: str) -> None:
    def at(hours: float) -> object:
        return NINE + timedelta(hours=hours)

    spans = [Span(at(on), None if off is None else at(off)) for on, off in served]  # type: ignore[arg-type]

    found = judge(
        Span(NINE, NINE + timedelta(hours=8)),
        spans,
        at(now_h),
        grace=timedelta(minutes=5),  # type: ignore[arg-type]
    )

    assert found.state == state
