"""The course of the demo city's troubles: who reports what, where and when, and how it goes on.

All chance comes from one generator, so that a seed always tells the same stories.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import shapely

from wanmi.demo.plan.model import CityPlan, Part, Place
from wanmi.demo.troubles import EVENTS, PARTS, Trouble

SHARE_OF_PARTS = 0.32
SOURCES = {"supervisor": 0.66, "hotline": 0.16, "web": 0.12, "video": 0.03, "platform": 0.03}
BY_HOUR = (
    0.2, 0.1, 0.1, 0.1, 0.1, 0.3, 1.0, 3.0, 6.5, 8.0, 8.5, 7.0,
    4.0, 4.5, 7.5, 8.0, 7.5, 6.0, 4.5, 3.5, 2.5, 1.5, 0.8, 0.4,
)  # fmt: skip
"""How many reports come in each hour of the day, as weights."""

OFF_ROAD_DEGREES = 0.00003


@dataclass(frozen=True)
class Story:
    """A report to come: what, where and how it is said. Degrees CGCS2000, times aware."""

    at: datetime
    trouble: Trouble
    source: str
    description: str
    address: str
    lon: float
    lat: float
    part: int | None


class Teller:
    """Tells stories of a city one after the other."""

    def __init__(self, plan: CityPlan, random: np.random.Generator) -> None:
        self.plan = plan
        self.random = random
        self._doors = _by_grid(plan)
        self._parts = _by_class(plan)
        self._events = _weights(EVENTS)
        self._breaking = [t for t in PARTS if self._parts.get((t.code[:2], t.code[2:]))]
        self._broken = _weights(self._breaking)

    def story(self, at: datetime) -> Story:
        """Tell one story that begins at a moment."""
        if self.random.random() < SHARE_OF_PARTS and self._breaking:
            trouble = self._breaking[self.random.choice(len(self._breaking), p=self._broken)]
            candidates = self._parts[trouble.code[:2], trouble.code[2:]]
            return self._at_part(at, trouble, candidates[self.random.integers(len(candidates))])
        trouble = EVENTS[self.random.choice(len(EVENTS), p=self._events)]
        return self._near_part(at, trouble, int(self.random.integers(len(self.plan.parts))))

    def moments(self, first_day: datetime, days: int, count: int) -> list[datetime]:
        """Return moments of reports over some days, more by day than by night, in order."""
        weight = np.array([1.0 + 0.25 * (day % 7 < 5) for day in range(days)])
        day = self.random.choice(days, size=count, p=weight / weight.sum())
        hours = np.array(BY_HOUR) / sum(BY_HOUR)
        hour = self.random.choice(24, size=count, p=hours)
        second = self.random.integers(0, 3600, size=count)
        return sorted(
            first_day + timedelta(days=int(d), hours=int(h), seconds=int(s))
            for d, h, s in zip(day, hour, second, strict=True)
        )

    def _at_part(self, at: datetime, trouble: Trouble, index: int) -> Story:
        part = self.plan.parts[index]
        return self._told(at, trouble, part, part.lon, part.lat, index)

    def _near_part(self, at: datetime, trouble: Trouble, index: int) -> Story:
        part = self.plan.parts[index]
        shift = self.random.normal(0.0, OFF_ROAD_DEGREES, 2)
        lon, lat = round(part.lon + float(shift[0]), 6), round(part.lat + float(shift[1]), 6)
        if not shapely.intersects_xy(self.plan.grids[part.grid].shape, lon, lat):
            lon, lat = part.lon, part.lat
        return self._told(at, trouble, part, lon, lat, None)

    def _told(
        self, at: datetime, trouble: Trouble, part: Part, lon: float, lat: float, index: int | None
    ) -> Story:
        words = trouble.words[int(self.random.integers(len(trouble.words)))]
        source = str(self.random.choice(list(SOURCES), p=list(SOURCES.values())))
        address = self._address(part)
        return Story(at, trouble, source, f"{address}{words}。", address, lon, lat, index)

    def _address(self, part: Part) -> str:
        doors = self._doors.get(part.grid)
        if doors:
            return f"{doors[int(self.random.integers(len(doors)))].name.zh}附近"
        return f"{self.plan.roads[part.road].name.zh}路段" if part.road >= 0 else ""


def midnight(day: datetime, zone: str) -> datetime:
    """Return the beginning of a moment's day in a time zone."""
    local = day.astimezone(ZoneInfo(zone))
    return datetime.combine(local.date(), time(), local.tzinfo)


def _by_grid(plan: CityPlan) -> dict[int, list[Place]]:
    doors: defaultdict[int, list[Place]] = defaultdict(list)
    for place in plan.places:
        if place.kind in ("doorplate", "quarter", "poi") and place.grid >= 0:
            doors[place.grid].append(place)
    return doors


def _by_class(plan: CityPlan) -> dict[tuple[str, str], list[int]]:
    parts: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for index, part in enumerate(plan.parts):
        parts[part.major, part.minor].append(index)
    return parts


def _weights(troubles: Sequence[Trouble]) -> list[float]:
    total = sum(trouble.weight for trouble in troubles)
    return [trouble.weight / total for trouble in troubles]
