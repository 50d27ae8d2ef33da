"""Taking over the cases of another system: many at once, each of them once.

Ended cases come as they ended, without a procedure. Open ones begin the
standard procedure at acceptance, with clocks from now: our people get them now,
and what another system calls "being handled" is no task of anybody here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from wanmi.geography import queries as geography
from wanmi.journal import actions as journal
from wanmi.workflow import actions as workflow

from .. import events
from ..layers import recount_soon
from ..models import Case, Phase
from ..rules import ENDED, new_tracking_code
from .indexing import enter_words
from .numbering import draw_numbers
from .procedure import STANDARD_CASE
from .reporting import UNLOCATED_CODE, Spot, accepting_area, category_values, place_values

CHUNK = 1000


@dataclass(frozen=True)
class ForeignCase:
    """A case as another system told it; the point in degrees CGCS2000.

    `key` is its number there; `state` one of ours. `category` may name its kind
    ("event/0137") and belongs to the edition in force when it was reported.
    """

    key: str
    description: str
    reported_at: datetime
    state: str
    source: str
    ended_at: datetime | None = None
    address: str = ""
    kind: str = ""
    category: str = ""
    lon: float | None = None
    lat: float | None = None

    @property
    def is_open(self) -> bool:
        """Say whether somebody still has to do something."""
        return self.state not in ENDED


class Classes:
    """Finds classes, each asked for once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str, date], dict[str, Any]] = {}

    def values(self, each: ForeignCase) -> dict[str, Any]:
        """Return the columns that say what a case is. Raises UnknownCategory."""
        kind, _, code = each.category.rpartition("/")
        key = (kind or each.kind, code, each.reported_at.date())
        if key not in self._known:
            self._known[key] = category_values(kind or each.kind, code, each.reported_at)
        return self._known[key]


@dataclass(frozen=True)
class TakenOver:
    """What became of the cases offered, by their keys."""

    new: int
    known: frozenset[str]
    unlocated: frozenset[str]


@journal.deed()
def take_over(
    origin: str,
    cases: Sequence[ForeignCase],
    *,
    rejected: int = 0,
    by: journal.Actor = "import",
    at: datetime | None = None,
) -> TakenOver:
    """Enter the cases of another system that are not yet here; one event tells the counts.

    Raises UnknownCategory.
    """
    taking = _Taking(origin, at or datetime.now(UTC), accepting_area(), Classes())
    known: set[str] = set()
    unlocated: set[str] = set()
    for start in range(0, len(cases), CHUNK):
        chunk = cases[start : start + CHUNK]
        held = _known(origin, chunk)
        known |= held
        unlocated |= _enter(taking, [each for each in chunk if each.key not in held])
    new = len(cases) - len(known)
    if new:
        event = events.CasesImported(origin, new, len(unlocated), rejected)
        journal.publish(event, by=by, at=taking.at)
    return TakenOver(new, frozenset(known), frozenset(unlocated))


@dataclass(frozen=True)
class _Taking:
    """What all cases of one import have in common."""

    origin: str
    at: datetime
    accepting: str
    classes: Classes


def _known(origin: str, cases: Sequence[ForeignCase]) -> set[str]:
    rows = Case.objects.filter(origin=origin, origin_key__in=[each.key for each in cases])
    return set(rows.values_list("origin_key", flat=True))


def _enter(taking: _Taking, foreign: list[ForeignCase]) -> set[str]:
    """Enter new cases; return the keys of those without a grid."""
    spots = _spots(foreign)
    codes = [spot.division_code or UNLOCATED_CODE for spot in spots]
    moments = [each.reported_at for each in foreign]
    numbers = draw_numbers(list(zip(codes, moments, strict=True)))
    opening = workflow.prepare(STANDARD_CASE, {"needs_verification": False}, taking.at)
    rows = [
        Case(number=number, **_values(taking, each, spot, opening))
        for number, each, spot in zip(numbers, foreign, spots, strict=True)
    ]
    Case.objects.bulk_create(rows)
    enter_words(rows)
    for row in rows:
        if row.state not in ENDED:
            subject, path = f"case:{row.pk}", row.area_path
            workflow.begin(opening, subject=subject, area_path=path, by=None, at=taking.at)
    recount_soon(row.cell for row in rows)
    return {row.origin_key for row in rows if not row.is_located}


def _spots(foreign: list[ForeignCase]) -> list[Spot]:
    """Return where the cases lie, all located at once."""
    points = {
        index: (each.lon, each.lat)
        for index, each in enumerate(foreign)
        if each.lon is not None and each.lat is not None
    }
    spots = [Spot() for _ in foreign]
    if not points:
        return spots
    found = geography.locate_many(*zip(*points.values(), strict=True))
    names = geography.names_of_many({str(path) for path in found.paths})
    for index, code, path in zip(points, found.codes, found.paths, strict=True):
        district = next((n.code for n in names[str(path)] if n.kind == "district"), "")
        spots[index] = Spot(*points[index], str(code), str(path), district)
    return spots


def _values(
    taking: _Taking, each: ForeignCase, spot: Spot, opening: workflow.Opening
) -> dict[str, Any]:
    """Return the columns of a case: an ended one as it ended, an open one as it begins here."""
    standing: dict[str, Any] = {
        "state": each.state,
        "phase": Phase.EVALUATION,
        "ended_at": each.ended_at,
    }
    if each.is_open:
        standing = {**opening.marks, "due_at": opening.due_at, "warn_at": opening.warn_at}
    return {
        "origin": taking.origin,
        "origin_key": each.key,
        "tracking_code": new_tracking_code(),
        "description": each.description,
        "address": each.address,
        "source": each.source,
        "reported_at": each.reported_at,
        "given_lon": each.lon,
        "given_lat": each.lat,
        "given_system": "cgcs2000" if each.lon is not None else "",
        **standing,
        **place_values(spot, taking.accepting),
        **taking.classes.values(each),
    }
