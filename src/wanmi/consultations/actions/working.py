"""Working the tasks of a consultation and of its opinions: one transaction each."""

from datetime import UTC, datetime
from typing import Any

from wanmi.accounts.queries import User
from wanmi.journal import actions as journal
from wanmi.kernel.digests import salted_digest
from wanmi.kernel.errors import Conflict, Invalid
from wanmi.organisation import queries as organisation
from wanmi.workflow import actions as workflow
from wanmi.workflow import queries as tasks

from .. import events
from ..models import Consultation, Opinion, OpinionState
from .opening import ask


class OpinionsOutstanding(Conflict):
    """%(count)d departments have not answered; close early with a reason, or wait for them."""

    code = "opinions_outstanding"


class NotConsulted(Invalid):
    """Choose departments that were asked before."""

    code = "not_consulted"


def perform_consultation_task(
    task: tasks.Task, action: str, fields: dict[str, Any], *, by: User, at: datetime | None = None
) -> Consultation:
    """Do an action of a consultation's own task and return it as it stands then.

    Raises what reading fields raises, OpinionsOutstanding, NotConsulted.
    """
    at = at or datetime.now(UTC)
    given = workflow.read_or_settle(task, action, fields, by=by, at=at)
    key = int(task.subject.partition(":")[2])
    if given is None:
        return Consultation.objects.get(pk=key)
    return _carry_on(task, action, given, key, by=by, at=at)


def perform_opinion_task(
    task: tasks.Task, action: str, fields: dict[str, Any], *, by: User, at: datetime | None = None
) -> Opinion:
    """Give a department's opinion and return it."""
    at = at or datetime.now(UTC)
    given = workflow.read_or_settle(task, action, fields, by=by, at=at)
    key = int(task.subject.partition(":")[2])
    if given is None:
        return Opinion.objects.get(pk=key)
    return _give(task, action, given, key, by=by, at=at)


@journal.deed()
def _carry_on(
    task: tasks.Task, action: str, given: dict[str, Any], key: int, *, by: User, at: datetime
) -> Consultation:
    row = Consultation.objects.select_for_update().get(pk=key)
    waiting = row.opinions.filter(state=OpinionState.ASKED)
    if action == "close_round" and (count := waiting.count()):
        raise OpinionsOutstanding(count=count)
    asked = _asked_before(row, given["departments"]) if action == "ask_again" else []
    acting = _asked_before(row, [given["lead_department"]]) if given.get("lead_department") else []
    moved = workflow.finish_given(task, action, given, by=by, at=at)
    row.state = moved.marks["state"]
    row.ended_at = at if moved.end else None
    if action in ("close_early", "cancel"):
        _withdraw(row, by=by, at=at)
    if asked:
        row.round += 1
    if action == "conclude":
        row.conclusion, row.concluded_by = given["conclusion"], by
        row.acting = acting[0] if acting else None
    row.save()
    if asked:
        limit = moved.instance.data["opinion_limit"]
        ask(row, asked, given["opinion"], limit, by=by, at=at)
    _tell_end(row, action, by=by, at=at)
    return row


def _asked_before(row: Consultation, codes: list[str]) -> list[organisation.Body]:
    known = {opinion.body.code: opinion.body for opinion in row.opinions.select_related("body")}
    if any(code not in known for code in codes):
        raise NotConsulted
    return [known[code] for code in dict.fromkeys(codes)]


def _withdraw(row: Consultation, *, by: User, at: datetime) -> None:
    """End the opinions nobody has given."""
    for opinion in row.opinions.filter(state=OpinionState.ASKED):
        instance = tasks.instance_of(f"opinion:{opinion.pk}")
        if instance is not None and instance.ended_at is None:
            workflow.break_off(instance, OpinionState.WITHDRAWN, by=by, at=at)
    row.opinions.filter(state=OpinionState.ASKED).update(state=OpinionState.WITHDRAWN)


def _tell_end(row: Consultation, action: str, *, by: User, at: datetime) -> None:
    """Put the conclusion into the journal, also into that of the case it is about."""
    number = row.number or ""
    if action == "cancel":
        cancelled = events.ConsultationCancelled(row.pk, number, row.case_id)
        journal.publish(cancelled, by=by, area_path=row.area_path, at=at)
    if action != "conclude":
        return
    digest = salted_digest(row.salt, row.conclusion)
    concluded = events.ConsultationConcluded(row.pk, number, row.case_id, digest)
    journal.publish(concluded, by=by, area_path=row.area_path, at=at)
    if row.case_id is not None:
        on_case = events.CaseConsulted(row.case_id, number, digest)
        journal.publish(on_case, by=by, area_path=row.area_path, at=at)


@journal.deed()
def _give(
    task: tasks.Task, action: str, given: dict[str, Any], key: int, *, by: User, at: datetime
) -> Opinion:
    opinion = Opinion.objects.select_related("consultation", "body").get(pk=key)
    moved = workflow.finish_given(task, action, given, by=by, at=at)
    opinion.state = moved.marks["state"]
    opinion.position, opinion.words = action, given.get("opinion", "")
    opinion.given_by, opinion.given_at = by, at
    opinion.save()
    row = opinion.consultation
    told = events.OpinionGiven(row.pk, row.number or "", row.case_id, opinion.body_id, action)
    journal.publish(told, by=by, area_path=row.area_path, at=at)
    return opinion
