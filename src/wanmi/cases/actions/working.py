"""Working a task of a case: one transaction from checked fields to the next open step."""

from datetime import UTC, datetime
from typing import Any

from wanmi.accounts.queries import User
from wanmi.journal import actions as journal
from wanmi.shell.statements import Statements
from wanmi.workflow import actions as workflow
from wanmi.workflow import queries as tasks

from .. import events
from ..errands import delegating, transferring
from ..errands import giving as errands
from ..evidencing import require_evidence
from ..filling import attach_media
from ..models import Case, CaseLink
from .effects import Doing, effect_of
from .facts import settle_facts
from .indexing import changes_words, rewrite_words
from .visiting import open_visit_back

CASES = Statements(Case)
_ATTNAMES = {field.name: field.attname for field in Case._meta.concrete_fields}


def perform_task(
    task: tasks.Task, action: str, fields: dict[str, Any], *, by: User, at: datetime | None = None
) -> Case:
    """Do an action of a case's task and return the case as it stands then.

    Raises NotYours, Barred, TakenByAnother, AlreadyDone, UnknownAction, or
    Invalid with an error per field.
    """
    return carry_on(task, action, fields, by=by, at=at)[0]


def carry_on(
    task: tasks.Task,
    action: str,
    fields: dict[str, Any],
    *,
    by: User,
    at: datetime | None = None,
    evidence_follows: bool = False,
) -> tuple[Case, list[tasks.Task]]:
    """Do as `perform_task` does; return the case and the tasks this has opened.

    `evidence_follows`: required photographs are handed in afterwards, many together.
    """
    at = at or datetime.now(UTC)
    given = workflow.read_or_settle(task, action, fields, by=by, at=at)
    key = int(task.subject.partition(":")[2])
    if given is None:
        return Case.objects.get(pk=key), []
    (case,) = CASES.find(id=key)
    if not evidence_follows:
        require_evidence(tasks.action_form(task, action), given, case)
    return _do(task, action, given, tasks.action_form(task, action), Doing(case, given, by, at))


@journal.deed()
def _do(
    task: tasks.Task, action: str, given: dict[str, Any], form: dict[str, Any], doing: Doing
) -> tuple[Case, list[tasks.Task]]:
    effect = effect_of(task.step, action)(doing)
    case, by, at = doing.case, doing.by, doing.at
    place = effect.columns.get("area_path")
    moved = workflow.finish_given(
        task, action, given, by=by, at=at, data=effect.data, area_path=place
    )
    attach_media(task, given, form, by, at)
    columns = {
        **effect.columns,
        "phase": moved.marks["phase"],
        "state": moved.marks["state"],
        "due_at": moved.due_at,
        "warn_at": moved.warn_at,
        "ended_at": at if moved.end else None,
    }
    _change(case, columns)
    if changes_words(effect.columns):
        rewrite_words(case)
    if effect.original is not None:
        CaseLink.objects.create(case=case, original_id=effect.original, linked_by=by, linked_at=at)
    for code in effect.helpers:
        errands.ask_helper(case, code, doing.given_words(), by=by, at=at)
    if effect.ends_delegation and case.delegate_id is not None:
        delegating.answer_delegation(case, doing.given_words(), by=by, at=at)
    if effect.brings_back:
        transferring.bring_back(case, doing.given_words(), by=by, at=at)
    for event in effect.news:
        journal.publish(event, by=by, area_path=case.area_path, at=at)
    if moved.end:
        errands.end_with(case, by=by, at=at)
        settle_facts(case)
        open_visit_back(case, at)
        ended = events.CaseEnded(case.pk, case.number, case.state)
        journal.publish(ended, by=by, area_path=case.area_path, at=at)
    return case, moved.tasks


def _change(case: Case, columns: dict[str, Any]) -> None:
    """Change columns of a case, in its row and in hand."""
    for name, value in columns.items():
        setattr(case, name, value)
    names = sorted(_ATTNAMES.get(name, name) for name in columns)
    CASES.change(case.pk, {name: getattr(case, name) for name in names}, count_up=("version",))
    case.version += 1
