"""Working the task of a matter: answer it, make it a case, ask a department, close it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from wanmi.accounts.queries import User
from wanmi.cases import queries as cases
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Invalid
from wanmi.organisation import queries as organisation
from wanmi.workflow import actions as workflow
from wanmi.workflow import queries as tasks

from ..models import Contact
from .answering import answer, close
from .filing import CaseDetails, file, join


class NoSuchCase(Invalid):
    """There is no case %(number)s in your area."""

    code = "no_such_case"


class WrongDepartment(Invalid):
    """There is no such department for this area."""

    code = "wrong_department"


@dataclass(frozen=True)
class Doing:
    """A matter, what was filled in, by whom and when."""

    contact: Contact
    given: dict[str, Any]
    by: User
    at: datetime


@dataclass(frozen=True)
class Effect:
    """What an action changes in the procedure: its data, and the area of the next task."""

    data: dict[str, Any] = field(default_factory=dict)
    area_path: str = ""


@journal.deed()
def perform_task(
    task: tasks.Task, action: str, fields: dict[str, Any], *, by: User, at: datetime | None = None
) -> Contact:
    """Do an action of a matter's task.

    Raises NotYours, TakenByAnother, AlreadyDone, UnknownAction, or Invalid with
    an error per field.
    """
    at = at or datetime.now(UTC)
    given = workflow.read_or_settle(task, action, fields, by=by, at=at)
    contact = Contact.objects.select_related("case", "sender").get(pk=_key(task))
    if given is None:
        return contact
    effect = _EFFECTS.get(action, _nothing)(Doing(contact, given, by, at))
    # The words told stand in a row that can be deleted, not in the task.
    kept = {name: value for name, value in given.items() if name != "words"}
    place = effect.area_path or contact.area_path
    workflow.finish_given(task, action, kept, by=by, at=at, data=effect.data, area_path=place)
    return contact


def _key(task: tasks.Task) -> int:
    return int(task.subject.partition(":")[2])


def _answer(doing: Doing) -> Effect:
    answer(doing.contact, doing.given["words"], by=doing.by, at=doing.at)
    return Effect()


def _file(doing: Doing) -> Effect:
    contact, given = doing.contact, doing.given
    kind, _, code = given["category"].rpartition("/")
    for name in ("lon", "lat", "address"):
        if given.get(name) is not None:
            setattr(contact, name, given[name])
    contact.save(update_fields=["lon", "lat", "address"])
    file(contact, CaseDetails(kind, code), by=doing.by, at=doing.at)
    return Effect()


def _join(doing: Doing) -> Effect:
    number = doing.given["case"]
    case = cases.by_number(organisation.scope_of(doing.by), number)
    if case is None or case.ended_at is not None:
        raise NoSuchCase(number=number)
    join(doing.contact, case, by=doing.by, at=doing.at)
    return Effect()


def _consult(doing: Doing) -> Effect:
    body = organisation.body_by_code(doing.given["department"])
    if body is None or body.kind not in organisation.HANDLING_KINDS:
        raise WrongDepartment
    # What lies nowhere lies with the whole city, which no department looks after.
    here = doing.contact.area_path.startswith(body.area_path)
    return Effect({"department": body.pk}, "" if here else body.area_path)


def _close(doing: Doing) -> Effect:
    close(doing.contact, doing.given["opinion"], by=doing.by, at=doing.at)
    return Effect()


def _nothing(doing: Doing) -> Effect:
    return Effect()


_EFFECTS: dict[str, Callable[[Doing], Effect]] = {
    "answer": _answer,
    "file": _file,
    "join": _join,
    "consult": _consult,
    "close": _close,
}
