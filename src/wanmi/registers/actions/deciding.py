"""Deciding on proposed changes, one by one or many at once, and writing what was approved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from wanmi.accounts.queries import User
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Conflict, NotAllowed, NotFound, Refused
from wanmi.workflow import actions as workflow
from wanmi.workflow import queries as tasks

from .. import events, rules
from ..models import Part, PartChange, PartRequest, PartState, RequestKind, RequestState
from .changing import PartIsRetired, change_state, correct, move, plain, retire
from .entering import NewPart, enter_part
from .proposing import DecidedAlready, identifier_of

MOST_AT_ONCE: Final = 200


class PartChangedMeanwhile(Conflict):
    """The part has changed since it was seen; look at both, then approve it even so or refuse."""

    code = "part_changed_since_proposed"


@dataclass(frozen=True)
class Decided:
    """What became of one of many requests; `refusal` says why nothing did."""

    number: str
    refusal: Refused | None = None


def perform_request_task(
    task: tasks.Task, action: str, fields: dict[str, Any], *, by: User, at: datetime | None = None
) -> PartRequest:
    """Decide on a request, or leave it to the centre, and return it as it stands then.

    Raises what reading fields raises, PartChangedMeanwhile, PartIsRetired, or
    what writing the change refuses.
    """
    at = at or datetime.now(UTC)
    given = workflow.read_or_settle(task, action, fields, by=by, at=at)
    key = int(task.subject.partition(":")[2])
    if given is None:
        return PartRequest.objects.get(pk=key)
    return _decide(task, action, given, key, by=by, at=at)


def decide_many(
    numbers: Sequence[str], action: str, *, opinion: str = "", by: User, at: datetime | None = None
) -> list[Decided]:
    """Approve or refuse many requests, each on its own: one that cannot be done stops no other."""
    told = []
    fields = {"opinion": opinion} if opinion else {}
    for number in list(dict.fromkeys(numbers))[:MOST_AT_ONCE]:
        try:
            task = _task_of(number, by)
            perform_request_task(task, action, fields, by=by, at=at)
        except Refused as refusal:
            told.append(Decided(number, refusal))
        else:
            told.append(Decided(number))
    return told


def now_of(row: PartRequest) -> dict[str, Any]:
    """Return what the fields a request sets are in the register now."""
    return {name: plain(getattr(row.part, name)) for name in row.after} if row.part else {}


def _task_of(number: str, by: User) -> tasks.Task:
    key = PartRequest.objects.filter(number=number).values_list("pk", flat=True).first()
    if key is None or "\0" in number:
        raise NotFound
    task = next(iter(tasks.open_steps(f"part_request:{key}")), None)
    if task is None:
        raise DecidedAlready
    return task


@journal.deed()
def _decide(
    task: tasks.Task, action: str, given: dict[str, Any], key: int, *, by: User, at: datetime
) -> PartRequest:
    row = (
        PartRequest.objects.select_for_update(of=("self",))
        .select_related("part", "category")
        .get(pk=key)
    )
    if row.proposed_by_id == by.pk:
        raise NotAllowed
    opinion = given.get("opinion", "")
    moved = workflow.finish(task, action, by=by, opinion=opinion, at=at)
    if not moved.end:
        return row
    row.state = moved.marks["state"]
    row.decided_by, row.decided_at, row.words = by, at, opinion
    if row.state == RequestState.APPROVED:
        _write(row, even_so=bool(given.get("even_so")), by=by, at=at)
    row.save()
    told = events.PartRequestDecided(
        row.pk, row.number or "", row.kind, identifier_of(row), row.state, row.change_id
    )
    journal.publish(told, by=by, area_path=row.area_path, at=at)
    return row


def _write(row: PartRequest, *, even_so: bool, by: User, at: datetime) -> None:
    """Write what was approved into the register, in the decider's name."""
    if row.part is None:
        row.part = _enter(row, by, at)
        return
    part = Part.objects.select_for_update().get(pk=row.part.pk)
    if part.is_retired:
        raise PartIsRetired
    row.part = part
    if rules.changed_meanwhile(row.before, now_of(row)) and not even_so:
        raise PartChangedMeanwhile
    why = rules.reason_with_number(row.reason, row.number or "")
    given: dict[str, Any] = {"reason": why, "by": by, "at": at}
    if row.kind == RequestKind.MOVE:
        move(part, row.after["lon"], row.after["lat"], **given)
    elif row.kind == RequestKind.STATE:
        change_state(part, row.after["state"], **given)
    elif row.kind == RequestKind.RETIRE:
        retire(part, **given)
    else:
        correct(part, _facts(row.after), **given)
    row.change = PartChange.objects.filter(part=part).latest("id")


def _enter(row: PartRequest, by: User, at: datetime) -> Part:
    facts = _facts({name: value for name, value in row.after.items() if name != "state"})
    new = NewPart(
        category=row.category,
        lon=row.lon,
        lat=row.lat,
        state=row.after.get("state", PartState.INTACT),
        **{"data_source": "surveyed"} | facts,
    )
    return enter_part(new, by=by, at=at)


def _facts(after: dict[str, Any]) -> dict[str, Any]:
    """Return the facts with their day as a date."""
    day = after.get("initial_date")
    return {**after, "initial_date": date.fromisoformat(day)} if day else dict(after)
