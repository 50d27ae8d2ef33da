"""What a drawn city consists of. All shapes are lon/lat degrees (CGCS2000)."""

from dataclasses import dataclass

from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True, slots=True)
class Name:
    """A name in both languages of the interface."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Area:
    """A division from the province down to the community; ``parent`` is a code or empty."""

    code: str
    level: str
    name: Name
    parent: str
    shape: BaseGeometry


@dataclass(frozen=True, slots=True)
class Grid:
    """A unit grid of 15 characters: its community's code and a sequence of three digits."""

    code: str
    sequence: int
    community: str
    shape: Polygon
    area_m2: float
    land_use: str


@dataclass(frozen=True, slots=True)
class DutyGrid:
    """The unit grids one supervisor walks; ``grids`` are indices into the plan's grids."""

    community: str
    sequence: int
    name: Name
    grids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Road:
    """A named road; ``kind`` is trunk, arterial, secondary, local or lane. Width in metres."""

    kind: str
    name: Name
    width_m: float
    line: BaseGeometry
    bridges: tuple[LineString, ...] = ()


@dataclass(frozen=True, slots=True)
class Ground:
    """A surface of the base map; ``kind`` is water, park, square, wood, field or building use."""

    kind: str
    name: Name | None
    shape: BaseGeometry


@dataclass(frozen=True, slots=True)
class Place:
    """An address place; ``kind`` is street, quarter, building, poi or doorplate (see geocoding).

    ``use`` says what a point of interest is; ``road`` is an index into the plan's roads or -1;
    ``number`` is a door's number.
    """

    kind: str
    use: str
    name: Name
    point: Point
    grid: int
    road: int = -1
    number: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A public facility with its class of GB/T 47678.5-2026 (two and three digits).

    ``grid`` and ``road`` are indices into the plan; ``road`` is -1 away from any road.
    """

    major: str
    minor: str
    lon: float
    lat: float
    grid: int
    road: int


@dataclass(frozen=True, slots=True)
class CityPlan:
    """A whole fictitious city."""

    seed: int
    size: str
    name: Name
    areas: tuple[Area, ...]
    grids: tuple[Grid, ...]
    duty_grids: tuple[DutyGrid, ...]
    roads: tuple[Road, ...]
    grounds: tuple[Ground, ...]
    buildings: tuple[Ground, ...]
    places: tuple[Place, ...]
    parts: tuple[Part, ...]

    @property
    def centre(self) -> tuple[float, float]:
        """Return the lon/lat a map of the city opens on."""
        west, south, east, north = next(a for a in self.areas if a.level == "city").shape.bounds
        return round((west + east) / 2, 6), round((south + north) / 2, 6)

    def below(self, code: str) -> tuple[Area, ...]:
        """Return the divisions directly below a division."""
        return tuple(area for area in self.areas if area.parent == code)

    def path(self, code: str) -> str:
        """Return the path of a division: the codes of its ancestors and its own, each with "/"."""
        parents = {area.code: area.parent for area in self.areas}
        codes = [code]
        while parents[codes[0]]:
            codes.insert(0, parents[codes[0]])
        return "".join(f"{each}/" for each in codes)
