"""Changing parts: state, place, facts, taking out; each change keeps before, after and why."""

from datetime import date, datetime
from typing import Any, Final

from django.db.models import F
from django.utils import timezone

from wanmi.geography import queries as geography
from wanmi.journal import actions as journal
from wanmi.kernel import cells
from wanmi.kernel.errors import Conflict, Invalid
from wanmi.kernel.text import clean_line, finite

from .. import events
from ..models import Operation, Part, PartChange, PartState

CORRECTABLE: Final = (
    "name_zh",
    "name_en",
    "department_code",
    "department_name",
    "owner_code",
    "owner_name",
    "maintainer_code",
    "maintainer_name",
    "data_source",
    "note",
    "position_class",
    "initial_date",
)
"""The facts a correction may set; identifier, class and number are for ever."""


class SomebodyWasFaster(Conflict):
    """Somebody else has changed this part in the meantime; look again and decide anew."""

    code = "part_changed_meanwhile"


class PartIsRetired(Conflict):
    """This part has been taken out; enter the new one under a number of its own."""

    code = "part_is_retired"


class ReasonMissing(Invalid):
    """Say why: the register keeps the reason of every change."""

    code = "reason_missing"


class NothingChanges(Invalid):
    """Everything is so already."""

    code = "nothing_changes"


@journal.deed()
def change_state(
    part: Part,
    state: PartState | str,
    *,
    reason: str,
    version: int | None = None,
    by: journal.Actor = None,
    at: datetime | None = None,
) -> Part:
    """Set the state of a part; to take it out for good use `retire`."""
    wanted = PartState(state)
    if wanted is PartState.REMOVED:
        return retire(part, reason=reason, version=version, by=by, at=at)
    return _change(part, Operation.STATE, {"state": wanted.value}, reason, version, by, at)


@journal.deed()
def move(
    part: Part,
    lon: float,
    lat: float,
    *,
    reason: str,
    version: int | None = None,
    by: journal.Actor = None,
    at: datetime | None = None,
) -> Part:
    """Set the point of a part (degrees CGCS2000); its grid and area follow, its number stays."""
    finite(lon, low=-180, high=180)
    finite(lat, low=-90, high=90)
    place = geography.locate(lon, lat)
    values = {
        "lon": lon,
        "lat": lat,
        "cell": cells.cell(lon, lat),
        "grid_code": place.grid_code if place else "",
        "area_path": place.path if place else "",
    }
    return _change(part, Operation.MOVE, values, reason, version, by, at)


@journal.deed()
def correct(
    part: Part,
    facts: dict[str, Any],
    *,
    reason: str,
    version: int | None = None,
    by: journal.Actor = None,
    at: datetime | None = None,
    operation: Operation = Operation.CORRECT,
) -> Part:
    """Correct facts of a part (see CORRECTABLE)."""
    strange = sorted(set(facts) - set(CORRECTABLE))
    if strange:
        raise Invalid("“%(field)s” of a part cannot be corrected.", field=strange[0])
    values = {name: tidy(name, value) for name, value in facts.items()}
    return _change(part, operation, values, reason, version, by, at)


@journal.deed()
def retire(
    part: Part,
    *,
    reason: str,
    version: int | None = None,
    by: journal.Actor = None,
    at: datetime | None = None,
) -> Part:
    """Take a part out for good; its row, history and number stay."""
    values = {"state": PartState.REMOVED.value}
    return _change(part, Operation.RETIRE, values, reason, version, by, at)


@journal.deed()
def revise(
    part: Part,
    *,
    reason: str,
    facts: dict[str, Any] | None = None,
    state: str = "",
    point: tuple[float, float] | None = None,
    version: int | None = None,
    by: journal.Actor = None,
    at: datetime | None = None,
) -> Part:
    """Correct facts, move and set the state in one go, as one form gives them: all or nothing.

    What is so already is left aside. Raises NothingChanges if all of it is.
    """
    if version is not None and version != part.version:
        raise SomebodyWasFaster
    before = part.version
    given: dict[str, Any] = {"reason": reason, "by": by, "at": at}
    differing = {
        name: value for name, value in (facts or {}).items() if _differs(part, name, value)
    }
    if differing:
        correct(part, differing, **given)
    if point is not None and point != (part.lon, part.lat):
        move(part, *point, **given)
    if state and state != part.state:
        change_state(part, state, **given)
    if part.version == before:
        raise NothingChanges
    return part


def _differs(part: Part, name: str, value: Any) -> bool:
    return name not in CORRECTABLE or getattr(part, name) != tidy(name, value)


def _change(
    part: Part,
    operation: Operation,
    values: dict[str, Any],
    reason: str,
    version: int | None,
    by: journal.Actor,
    at: datetime | None,
) -> Part:
    why = clean_line(reason, max_length=400)
    if not why:
        raise ReasonMissing
    if part.is_retired:
        raise PartIsRetired
    new = {name: value for name, value in values.items() if getattr(part, name) != value}
    if not new:
        raise NothingChanges
    moment = at or timezone.now()
    before = {name: plain(getattr(part, name)) for name in new}
    _write(part, new, version, timezone.localdate(moment))
    change = PartChange.objects.create(
        part=part,
        at=moment,
        by_id=getattr(by, "pk", None),
        operation=operation,
        reason=why,
        before=before,
        after={name: plain(value) for name, value in new.items()},
    )
    told = events.PartChanged(part.pk, part.identifier, operation.value, change.pk)
    journal.publish(told, by=by, area_path=part.area_path, at=moment)
    return part


def _write(part: Part, new: dict[str, Any], version: int | None, day: date) -> None:
    """Write the row if it is still as the caller saw it."""
    seen = part.version if version is None else version
    rows = Part.objects.filter(pk=part.pk, version=seen).exclude(state=PartState.REMOVED)
    if not rows.update(**new, change_date=day, version=F("version") + 1):
        raise SomebodyWasFaster
    for name, value in new.items():
        setattr(part, name, value)
    part.change_date, part.version = day, seen + 1


def tidy(name: str, value: Any) -> Any:
    """Return a fact as the register keeps it. Raises UnusableText."""
    if isinstance(value, str):
        field = Part._meta.get_field(name)
        return clean_line(value, max_length=getattr(field, "max_length", None) or 200)
    return value


def plain(value: Any) -> Any:
    """Return a fact as JSON holds it."""
    return value.isoformat() if isinstance(value, date) else value
