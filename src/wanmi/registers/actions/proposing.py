"""Proposing a change of the register, and taking it back."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, Final

from django.utils import timezone

from wanmi.accounts.queries import User
from wanmi.catalogue import queries as catalogue
from wanmi.evidence import actions as evidence
from wanmi.geography import queries as geography
from wanmi.journal import actions as journal
from wanmi.kernel import cells
from wanmi.kernel.errors import Conflict, Invalid, NotAllowed
from wanmi.kernel.text import clean_line, finite
from wanmi.organisation import queries as organisation
from wanmi.workflow import actions as workflow
from wanmi.workflow import events as workflow_events
from wanmi.workflow import queries as tasks

from .. import events, rules
from ..models import Part, PartChange, PartRequest, PartState, RequestKind, RequestState
from .changing import CORRECTABLE, NothingChanges, PartIsRetired, ReasonMissing, plain, tidy
from .entering import OutsideEveryDistrict

PROCEDURE: Final = "part_update"
PHOTOGRAPHED: Final = frozenset(
    {RequestKind.ADD, RequestKind.MOVE, RequestKind.STATE, RequestKind.RETIRE}
)
"""What can be seen on the spot is shown by a photograph."""
MOST_MEDIA: Final = 12


class PhotographMissing(Invalid):
    """Add a photograph that shows what you propose."""

    code = "photograph_missing"


class ProposedAlready(Conflict):
    """The same change waits for a decision already: %(number)s."""

    code = "proposed_already"


class DecidedAlready(Conflict):
    """This request has been decided; nothing is left to take back."""

    code = "decided_already"


class PointNeeded(Invalid):
    """Say where the part stands."""

    code = "point_needed"


class SubjectNeeded(Invalid):
    """Say which part, or which class a new one is of."""

    code = "part_or_class_needed"


@journal.deed()
def propose(
    kind: RequestKind | str,
    *,
    reason: str,
    by: User,
    part: Part | None = None,
    category: "catalogue.Category | None" = None,
    point: tuple[float, float] | None = None,
    state: str = "",
    facts: dict[str, Any] | None = None,
    media: Sequence[int] = (),
    version: int | None = None,
    origin: str = "",
    at: datetime | None = None,
) -> PartRequest:
    """Propose a change of the register; the owning department or the centre decides.

    `point` in degrees CGCS2000. `version` is the part as the proposer saw it,
    perhaps offline and long ago: what has changed since is shown to who decides.
    Raises NotAllowed, SubjectNeeded, PointNeeded, PhotographMissing,
    ReasonMissing, NothingChanges, PartIsRetired, ProposedAlready.
    """
    at, kind = at or datetime.now(UTC), RequestKind(kind)
    why = clean_line(reason, max_length=rules.REASON_LENGTH)
    if not why:
        raise ReasonMissing
    if kind in PHOTOGRAPHED and not media:
        raise PhotographMissing
    row = _row(kind, part, category, point, version)
    row.after = _wanted(kind, point, state, facts or {})
    row.before = _seen(part, list(row.after), version) if part else {}
    if not row.after or row.after == row.before:
        raise NothingChanges
    organisation.require(
        organisation.scope_of(by), organisation.duties.PROPOSE_PARTS, row.area_path
    )
    _refuse_twice(row)
    row.reason, row.origin = why, origin
    row.proposed_by, row.proposed_at = by, at
    row.owner = _owner(row, by)
    row.save()
    row.number = f"GX{timezone.localdate(at):%Y%m%d}{row.pk:04}"
    row.save(update_fields=["number"])
    if media:
        evidence.attach(
            list(media)[:MOST_MEDIA],
            subject=row.subject,
            purpose="proposal",
            by=by,
            at=at,
            area_path=row.area_path,
        )
    _begin(row, by, at)
    return row


@journal.deed()
def withdraw(row: PartRequest, *, by: User, at: datetime | None = None) -> PartRequest:
    """Take back what one proposed oneself. Raises NotAllowed, DecidedAlready."""
    at = at or datetime.now(UTC)
    if row.proposed_by_id != by.pk:
        raise NotAllowed
    waiting = PartRequest.objects.filter(pk=row.pk, state=RequestState.WAITING)
    if not waiting.update(state=RequestState.WITHDRAWN, decided_at=at):
        raise DecidedAlready
    instance = tasks.instance_of(row.subject)
    if instance is not None:
        workflow.break_off(instance, RequestState.WITHDRAWN, by=by, at=at)
    row.state, row.decided_at = RequestState.WITHDRAWN, at
    told = events.PartRequestWithdrawn(row.pk, row.number or "", row.kind, identifier_of(row))
    journal.publish(told, by=by, area_path=row.area_path, at=at)
    return row


def identifier_of(row: PartRequest) -> str:
    """Return the identifier of the part a request is about; "" while it has none."""
    return row.part.identifier if row.part else ""


def _row(
    kind: RequestKind,
    part: Part | None,
    category: "catalogue.Category | None",
    point: tuple[float, float] | None,
    version: int | None,
) -> PartRequest:
    """Return the request about a part, or about one to be added, with its place."""
    if (kind == RequestKind.ADD) is not (part is None):
        raise SubjectNeeded
    if kind in (RequestKind.ADD, RequestKind.MOVE) and point is None:
        raise PointNeeded
    if part is None:
        if category is None or point is None:
            raise SubjectNeeded
        lon, lat, path = _located(point)
        if not rules.division_of(path):
            raise OutsideEveryDistrict
        about = PartRequest(kind=kind, category=category, area_path=path)
    else:
        if part.is_retired:
            raise PartIsRetired
        lon, lat = point if kind == RequestKind.MOVE and point else (part.lon, part.lat)
        finite(lon, low=-180, high=180)
        finite(lat, low=-90, high=90)
        about = PartRequest(
            kind=kind, part=part, category_id=part.category_id, area_path=part.area_path
        )
    about.lon, about.lat, about.cell = lon, lat, cells.cell(lon, lat)
    return about


def _located(point: tuple[float, float]) -> tuple[float, float, str]:
    lon, lat = finite(point[0], low=-180, high=180), finite(point[1], low=-90, high=90)
    place = geography.locate(lon, lat)
    return lon, lat, place.path if place else ""


def _wanted(
    kind: RequestKind, point: tuple[float, float] | None, state: str, facts: dict[str, Any]
) -> dict[str, Any]:
    """Return the fields the kind of request sets, as JSON holds them."""
    if kind == RequestKind.MOVE and point:
        return {"lon": point[0], "lat": point[1]}
    if kind == RequestKind.RETIRE:
        return {"state": PartState.REMOVED.value}
    if kind == RequestKind.STATE:
        wanted = PartState(state)
        if wanted is PartState.REMOVED:
            raise Invalid("To take a part out, propose that.")
        return {"state": wanted.value}
    strange = sorted(set(facts) - set(CORRECTABLE))
    if strange:
        raise Invalid("“%(field)s” of a part cannot be corrected.", field=strange[0])
    tidied = {name: plain(tidy(name, _day(name, value))) for name, value in facts.items()}
    if kind == RequestKind.ADD:
        given = {name: value for name, value in tidied.items() if value}
        return {"state": PartState(state or PartState.INTACT).value} | given
    return tidied


def _day(name: str, value: Any) -> Any:
    """Return the day of a date sent as text. Raises Invalid."""
    if name != "initial_date" or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise Invalid("“%(text)s” is not a date.", text=str(value)[:20]) from None


def _seen(part: Part, names: list[str], version: int | None) -> dict[str, Any]:
    """Return what fields of a part were in the version that was seen.

    Every change raises the version by one, so the changes made since are the
    last ones, and the oldest of them that touched a field knows what it was.
    """
    values = {name: plain(getattr(part, name)) for name in names}
    since = max(part.version - version, 0) if version else 0
    if since:
        for change in PartChange.objects.filter(part=part).order_by("-id")[:since]:
            values |= {name: change.before[name] for name in names if name in change.before}
    return values


def _refuse_twice(row: PartRequest) -> None:
    waiting = PartRequest.objects.filter(kind=row.kind, state=RequestState.WAITING)
    if row.part_id is not None:
        same = waiting.filter(part_id=row.part_id, after=row.after)
    else:
        same = waiting.filter(part=None, category_id=row.category_id, cell=row.cell)
    number = same.values_list("number", flat=True).first()
    if number:
        raise ProposedAlready(number=number)


def _owner(row: PartRequest, by: User) -> organisation.Body | None:
    """Return the supervising department where it has people here who are not the proposer's own."""
    code, name = (
        (row.part.department_code, row.part.department_name)
        if row.part
        else (row.after.get("department_code", ""), row.after.get("department_name", ""))
    )
    own = {held.body_id for held in organisation.scope_of(by).holdings}
    answering = organisation.bodies_with_role("department") - own
    covering = organisation.bodies(covering=row.area_path) if code or name else []
    for body in covering:
        named = {body.code, body.credit_code} - {""}
        if body.pk in answering and (code in named if code else body.name_zh == name):
            return body
    return None


def _begin(row: PartRequest, by: User, at: datetime) -> None:
    told = events.PartChangeProposed(row.pk, row.number or "", row.kind, identifier_of(row))
    journal.publish(told, by=by, area_path=row.area_path, at=at)
    data = {"owner_known": row.owner_id is not None, "owner": row.owner_id, "proposer": by.pk}
    opening = workflow.prepare(PROCEDURE, data, at)
    moved = workflow.begin(opening, subject=row.subject, area_path=row.area_path, by=by, at=at)
    begun = workflow_events.Begun(row.subject, moved.opened())
    journal.publish(begun, by=by, area_path=row.area_path, at=at)
