"""Simulated people on patrol: they sign on, walk through their unit grids, send where they are."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import httpx
import numpy as np
from shapely import Point

from wanmi.demo.client import Person, Unexpected
from wanmi.demo.plan.model import CityPlan

log = logging.getLogger(__name__)

STEP_S = 10
WALK_MS = 1.3
METRES_PER_DEGREE = 111_320.0


@dataclass
class Walker:
    """One person on patrol; `ahead` are the points still to be walked to, degrees."""

    person: Person
    place: Point
    route: list[Point]
    sent_until: datetime
    sequence: int
    ahead: list[Point] = field(default_factory=list)

    def walk(self, now: datetime) -> None:
        """Go on to where they are now, and send every position since the last time."""
        columns: dict[str, list[Any]] = {"sequence": [], "at": [], "lon": [], "lat": []}
        while self.sent_until + timedelta(seconds=STEP_S) <= now:
            self.sent_until += timedelta(seconds=STEP_S)
            self._step()
            self.sequence += 1
            columns["sequence"].append(self.sequence)
            columns["at"].append(round(self.sent_until.timestamp() * 1000))
            columns["lon"].append(round(self.place.x, 7))
            columns["lat"].append(round(self.place.y, 7))
        count = len(columns["sequence"])
        if count:
            more = {"accuracy_m": [6.0] * count, "speed_ms": [WALK_MS] * count}
            self.person.send_tracks(device="demo", **columns, **more)

    def _step(self) -> None:
        self.ahead = self.ahead or list(self.route)
        goal, reach = self.ahead[0], STEP_S * WALK_MS / METRES_PER_DEGREE
        away = self.place.distance(goal)
        if away <= reach:
            self.place = self.ahead.pop(0)
            return
        part = reach / away
        east, north = goal.x - self.place.x, goal.y - self.place.y
        self.place = Point(self.place.x + part * east, self.place.y + part * north)


@dataclass
class Patrol:
    """Everybody simulated who has a shift: call `walk` again and again."""

    plan: CityPlan
    person_of: Callable[[str], Person]
    names: list[str]
    random: np.random.Generator
    walkers: dict[str, Walker | None] = field(default_factory=dict)

    def walk(self, now: datetime) -> int:
        """Let everybody on patrol walk on; return how many are."""
        for name in self.names:
            if name not in self.walkers:
                self._try_to_begin(name, now)
        walking = [walker for walker in self.walkers.values() if walker is not None]
        for walker in walking:
            try:
                walker.walk(now)
            except (Unexpected, httpx.TransportError) as error:
                log.info("%s", error)
        return len(walking)

    def _try_to_begin(self, name: str, now: datetime) -> None:
        try:
            self.walkers[name] = self._begin(name, now)
        except (Unexpected, httpx.TransportError) as error:
            log.info("%s", error)

    def _begin(self, name: str, now: datetime) -> Walker | None:
        """Sign on for the shift of the day; None for who has none."""
        person = self.person_of(name)
        duty = person.duty()
        shift = duty["shift"]
        if shift is None:
            return None
        route = self._route(shift["duty_grid"])
        if not route:
            return None
        if duty["stint"] is None:
            person.sign_on(route[0].x, route[0].y)
        # Numbers grow with the time, so that a town that wakes up again repeats none.
        return Walker(person, route[0], route, now, round(now.timestamp()))

    def _route(self, code: str) -> list[Point]:
        """Return the middles of a duty grid's unit grids, as they lie in the plan."""
        known: Mapping[str, tuple[int, ...]] = {
            f"{duty.community}D{duty.sequence:02d}": duty.grids for duty in self.plan.duty_grids
        }
        points = [self.plan.grids[n].shape.representative_point() for n in known.get(code, ())]
        turned = int(self.random.integers(len(points))) if points else 0
        return points[turned:] + points[:turned]
