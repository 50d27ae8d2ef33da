"""The town with a duty grid of four unit grids, and its supervisor's shift of this morning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from tests import town as towns
from tests.townkeeping import build_once
from wanmi.dispatch import actions as dispatch
from wanmi.dispatch.models import Shift
from wanmi.dispatch.rules.packing import Positions
from wanmi.geography import actions as geography
from wanmi.geography.models import Area

NINE = towns.MONDAY_MORNING
SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Beat:
    """The town, the duty grid in its first street, the supervisor's shift from nine to five."""

    town: towns.Town
    grid: Area
    shift: Shift


@pytest.fixture
def beat(db: None) -> Beat:
    people, *rest, grid, shift = build_once(_build)
    return Beat(towns.Town(people, *rest), grid, shift)


def _build() -> tuple[Any, ...]:
    town = towns.build()
    grid = geography.make_duty_grid(
        "D01",
        name_zh="桥头一片",
        name_en="Bridge beat",
        parent_code="990101001",
        grid_codes=[f"99010100100100{n}" for n in range(1, 5)],
        from_day=date(2026, 1, 1),
    )
    shift = dispatch.plan_shift(
        town.supervisor, grid, NINE, NINE + timedelta(hours=8), by=town.duty_leader
    )
    known = (town.people, town.sanitation, town.lighting, town.garbage, town.condition)
    return (*known, grid, shift)


def walk(
    begin: datetime,
    lons: Any,
    *,
    every_s: int = 10,
    lat: float = 30.0005,
    first: int = 0,
    accuracy_m: float = 8.0,
) -> Positions:
    """Return positions along a latitude, one every few seconds from a moment on."""
    east = np.asarray(lons, dtype=np.float64)
    count = len(east)
    steps = np.arange(count, dtype=np.int64)
    return Positions(
        steps + first,
        round(begin.timestamp() * 1000) + steps * every_s * 1000,
        east,
        np.full(count, lat),
        np.full(count, accuracy_m),
        np.full(count, 1.2),
        np.full(count, 80, dtype=np.int64),
    )


def here(at: datetime, lon: float = towns.INSIDE[0], lat: float = towns.INSIDE[1]) -> dispatch.At:
    """Return a place inside the duty grid, or another, at a moment."""
    return dispatch.At(lon, lat, 8.0, at)
