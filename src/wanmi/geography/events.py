"""Changes of the ground data. Bulk changes are one event with a summary, not one per row."""

from dataclasses import dataclass

from wanmi.journal.events import Event


@dataclass(frozen=True)
class AreasEntered(Event):
    """Areas were entered together; `counts` says how many of each kind."""

    subject_kind = "areas"
    batch: str
    counts: dict[str, int]
    source: str


@dataclass(frozen=True)
class BoundariesDrawn(Event):
    """Areas that stood already were given a new boundary."""

    subject_kind = "areas"
    batch: str
    codes: list[str]
    source: str


@dataclass(frozen=True)
class AreasEnded(Event):
    """Areas ceased to be valid after a day (ISO date)."""

    subject_kind = "areas"
    batch: str
    counts: dict[str, int]
    last_day: str


@dataclass(frozen=True)
class AreaRevised(Event):
    """Attributes of an area were changed; `fields` names them."""

    subject_kind = "area"
    id: int
    fields: list[str]


@dataclass(frozen=True)
class DutyGridMade(Event):
    """A duty grid was made."""

    subject_kind = "area"
    id: int
    code: str


@dataclass(frozen=True)
class UnitGridsAssigned(Event):
    """Unit grids were given to a duty grid from a day on (ISO date)."""

    subject_kind = "area"
    id: int
    count: int
    from_day: str


@dataclass(frozen=True)
class UnitGridsReleased(Event):
    """Unit grids left a duty grid from a day on (ISO date) and stand in none."""

    subject_kind = "area"
    id: int
    count: int
    from_day: str


@dataclass(frozen=True)
class PlacesEntered(Event):
    """Named places were entered or renewed together."""

    subject_kind = "places"
    batch: str
    count: int
    source: str


@dataclass(frozen=True)
class PlacesEnded(Event):
    """Places ceased to be valid after a day (ISO date)."""

    subject_kind = "places"
    batch: str
    count: int
    last_day: str
