"""Giving an errand, answering it, ending it unanswered."""

from datetime import UTC, datetime
from typing import Any

from wanmi.accounts.queries import User
from wanmi.journal import actions as journal
from wanmi.kernel.digests import new_salt, salted_digest
from wanmi.kernel.errors import Conflict, Invalid
from wanmi.organisation import queries as organisation
from wanmi.workflow import actions as workflow
from wanmi.workflow import queries as tasks

from .. import events
from ..filling import attach_media
from ..models import Case
from .kinds import ErrandKind, kind_of
from .models import Errand, ErrandState

CO_HANDLE = "co_handle"


class UnknownErrand(Invalid):
    """There is no errand of the kind %(kind)s."""

    code = "unknown_errand"


class NotNow(Conflict):
    """This cannot be asked for at the present step of the case."""

    code = "errand_not_now"


class ErrandSettled(Conflict):
    """This has been answered or ended already."""

    code = "errand_settled"


def give(
    case: Case, kind: str, fields: dict[str, Any], *, by: User, at: datetime | None = None
) -> Errand:
    """Ask somebody for something beside the drawing; needs the kind's duty over the case.

    Raises UnknownErrand, NotAllowed, NotNow, Invalid per field, or what the kind refuses.
    """
    at = at or datetime.now(UTC)
    how = kind_of(kind)
    if how is None or not how.duty:
        raise UnknownErrand(kind=kind)
    scope = organisation.scope_of(by)
    organisation.require(scope, how.duty, case.area_path)
    steps = {each.step for each in tasks.open_steps(f"case:{case.pk}")}
    if not how.is_ready(case, steps):
        raise NotNow
    if not how.may_give(case, scope):
        raise organisation.NotAllowed
    given = workflow.check_fields(how.form(case), fields)
    return enter(case, how, given, by=by, at=at)


def ask_helper(case: Case, body: str, words: str, *, by: User, at: datetime) -> Errand:
    """Ask a department to help, as the case is dispatched to the lead."""
    how = kind_of(CO_HANDLE)
    if how is None:
        raise UnknownErrand(kind=CO_HANDLE)
    return enter(case, how, {"body": body, "words": words}, by=by, at=at)


@journal.deed()
def enter(
    case: Case, how: ErrandKind, given: dict[str, Any], *, by: User | None, at: datetime
) -> Errand:
    """Enter an errand of checked fields with its task, inside the caller's deed if there is one."""
    instance = tasks.instance_of(f"case:{case.pk}")
    if instance is None:
        raise NotNow
    address = how.address(case, given)
    errand = Errand.objects.create(
        case=case,
        kind=how.code,
        words=given.get("words", ""),
        salt=new_salt(),
        body_id=address.body,
        post_id=address.post,
        given_by=by,
        given_at=at,
        details=how.details(case, given, at),
    )
    task = None
    if address.role:
        task = workflow.open_beside(
            instance,
            f"{how.request(errand)}:{errand.pk}",
            step=how.code,
            name_zh=how.task_name[0],
            name_en=how.task_name[1],
            role=address.role,
            body_id=address.body,
            barred_id=address.barred,
            limit=how.limit(case, given, at),
            at=at,
        )
        errand.task, errand.body_id = task, task.body_id
        errand.save(update_fields=["task", "body"])
    how.given(errand, by, at)
    _log(errand, "give", errand.words, by, at)
    opened = [workflow.task_news(task)] if task else []
    said = _digest(errand, errand.words)
    event = events.ErrandGiven(
        case.pk, case.number, errand.pk, how.code, errand.body_id, said, opened
    )
    journal.publish(event, by=by, area_path=case.area_path, at=at)
    return errand


def settle(task: tasks.Task, outcome: str, given: dict[str, Any], by: User, at: datetime) -> None:
    """Answer the errand a task belongs to."""
    rows = Errand.objects.select_related("case__category")
    errand = rows.get(pk=int(task.request.partition(":")[2]))
    how = kind_of(errand.kind)
    if how is not None:
        how.check_answer(errand, outcome, at)
    _settle(task, errand, outcome, given, by, at)


@journal.deed()
def _settle(
    task: tasks.Task, errand: Errand, outcome: str, given: dict[str, Any], by: User, at: datetime
) -> None:
    kept = {key: value for key, value in given.items() if key != "opinion"}
    workflow.close_beside(task, outcome, by=by, at=at, fields=kept)
    attach_media(task, given, tasks.action_form(task, outcome), by, at)
    answer(errand, outcome, given.get("opinion", ""), by=by, at=at)


@journal.deed()
def answer(
    errand: Errand,
    outcome: str,
    words: str,
    *,
    by: User | None,
    at: datetime,
    told_by: journal.Actor = None,
) -> None:
    """Record the answer to an errand; exactly one answer counts. Raises ErrandSettled."""
    _close(errand, ErrandState.ANSWERED, outcome, words, by, at)
    how = kind_of(errand.kind)
    if how is not None:
        how.answered(errand, by, at)
    _log(errand, "answer", words, by, at)
    event = events.ErrandAnswered(
        errand.case_id, errand.case.number, errand.pk, errand.kind, outcome, _digest(errand, words)
    )
    journal.publish(event, by=by or told_by, area_path=errand.case.area_path, at=at)


@journal.deed()
def end(errand: Errand, reason: str, *, by: User, at: datetime | None = None) -> None:
    """Waive or recall an errand that still waits; needs the duty it was given by.

    Raises ErrandSettled, NotAllowed, Invalid without a reason.
    """
    at = at or datetime.now(UTC)
    how = kind_of(errand.kind)
    if how is None or not how.duty:
        raise UnknownErrand(kind=errand.kind)
    scope = organisation.scope_of(by)
    organisation.require(scope, how.duty, errand.case.area_path)
    if len(reason.strip()) < 2:
        raise Invalid("Give a reason.")
    if not how.may_end(errand, scope):
        raise NotNow
    drop(errand, how.end_state(errand, scope), reason, by=by, at=at)
    how.ended(errand, by, at)


@journal.deed()
def drop(
    errand: Errand, state: ErrandState | str, reason: str, *, by: User | None, at: datetime
) -> None:
    """End a waiting errand and take its task out of the inbox."""
    _close(errand, state, "", reason, by, at)
    workflow.drop_beside(tasks.Task.objects.filter(pk__in=[errand.task_id]), at)
    _log(errand, str(state), reason, by, at)
    case, said = errand.case, _digest(errand, reason)
    event = events.ErrandEnded(case.pk, case.number, errand.pk, errand.kind, str(state), said)
    journal.publish(event, by=by, area_path=case.area_path, at=at)


def end_with(case: Case, *, by: User | None, at: datetime) -> None:
    """Recall what still waits beside a case that has come to its end."""
    rows = Errand.objects.filter(case=case, state=ErrandState.WAITING).select_related("case")
    for errand in rows:
        how = kind_of(errand.kind)
        if how is not None and how.ends_with_case:
            drop(errand, ErrandState.RECALLED, "", by=by, at=at)


def _close(
    errand: Errand,
    state: ErrandState | str,
    outcome: str,
    words: str,
    by: User | None,
    at: datetime,
) -> None:
    waiting = Errand.objects.filter(pk=errand.pk, state=ErrandState.WAITING)
    changed = {"state": state, "outcome": outcome, "reply": words}
    if not waiting.update(**changed, settled_by=by, settled_at=at):
        raise ErrandSettled
    errand.refresh_from_db(fields=["state", "outcome", "reply", "settled_by", "settled_at"])


def _log(errand: Errand, operation: str, words: str, by: User | None, at: datetime) -> None:
    how = kind_of(errand.kind)
    if how is not None and (operation == "answer" or not how.moves_step):
        workflow.log_beside(
            f"case:{errand.case_id}",
            operation,
            names=how.task_name,
            opinion=words,
            receiver=errand.body if operation == "give" else None,
            since=errand.given_at,
            by=by,
            at=at,
        )


def _digest(errand: Errand, words: str) -> str:
    return salted_digest(errand.salt, words) if words else ""
