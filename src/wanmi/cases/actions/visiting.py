"""Visit-back: the reporter is asked for their satisfaction after closing."""

from datetime import datetime
from typing import Any

from wanmi.accounts.queries import User
from wanmi.journal import actions as journal
from wanmi.kernel.digests import new_salt, salted_digest
from wanmi.kernel.limits import Limit, LimitType
from wanmi.workflow import actions as workflow
from wanmi.workflow import queries as tasks

from .. import events
from ..models import Case, Reporter, Satisfaction, State, VisitBack

LIMIT = Limit(2, LimitType.WORK_DAY)
_ANSWERS = {
    "satisfied": ["满意", "Satisfied"],
    "fair": ["基本满意", "Fair"],
    "dissatisfied": ["不满意", "Dissatisfied"],
    "not_reached": ["未联系上", "Not reached"],
}


def offer_visit_back() -> None:
    """Tell the workflow how a visit-back is recorded."""
    answer = {
        "type": "string",
        "title": "Answer",
        "x-zh": {"title": "回访结果"},
        "enum": Satisfaction.values,
        "x-enum": _ANSWERS,
        "x-ui": "radio",
    }
    form = workflow.form_of(
        ["answer"], answer=answer, opinion=workflow.words_field("What they said", "回访内容")
    )
    record = tasks.Outcome("record", "记录回访", "Record", "visit_back", "primary")
    workflow.offer_request(
        "visit_back", workflow.RequestKind((record,), {"visit_back": form}, record_visit_back)
    )


def open_visit_back(case: Case, at: datetime) -> None:
    """Open the task for a closed case whose reporter can be reached."""
    reporter = Reporter.objects.filter(case=case).first()
    if case.state != State.CLOSED or reporter is None or not (reporter.phone or reporter.email):
        return
    instance = tasks.instance_of(f"case:{case.pk}")
    if instance is not None:
        workflow.open_beside(
            instance,
            f"visit_back:{case.pk}",
            step="visit_back",
            name_zh="回访",
            name_en="Visit back",
            role="acceptor",
            limit=LIMIT,
            at=at,
        )


@journal.deed()
def record_visit_back(
    task: tasks.Task, outcome: str, given: dict[str, Any], by: User, at: datetime
) -> None:
    """Record what the reporter said."""
    workflow.close_beside(task, "record", by=by, at=at)
    case = Case.objects.get(pk=int(task.request.partition(":")[2]))
    row = VisitBack.objects.create(
        case=case,
        answer=given["answer"],
        words=given.get("opinion", ""),
        salt=new_salt(),
        asked_by=by,
        asked_at=at,
    )
    digest = salted_digest(row.salt, row.words) if row.words else ""
    event = events.ReporterAsked(case.pk, case.number, row.answer, digest)
    journal.publish(event, by=by, area_path=case.area_path, at=at)


@journal.deed()
def keep_satisfaction(case: Case, answer: str, words: str = "", *, at: datetime) -> VisitBack:
    """Keep what the reporter said of their own accord; nobody has to ask them any more.

    Said once: later words change nothing.
    """
    row, is_new = VisitBack.objects.get_or_create(
        case=case,
        defaults={"answer": answer, "words": words, "salt": new_salt(), "asked_at": at},
    )
    if is_new:
        workflow.call_off_beside(f"case:{case.pk}", f"visit_back:{case.pk}", at=at)
        digest = salted_digest(row.salt, row.words) if row.words else ""
        event = events.ReporterAsked(case.pk, case.number, row.answer, digest)
        journal.publish(event, by="public", area_path=case.area_path, at=at)
    return row
