"""Asking: whose tasks, what may be done with one, how a procedure went."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from wanmi.organisation import queries as organisation

from . import kept
from .advising import typed_path
from .answers import task_answer
from .clocks import lamp_of
from .drawing import Drawing, Outcome, Step
from .fields import Choices
from .fields import filled as filled_fields
from .fitting import asks, post_for, work_of
from .grounds import URGE_GROUNDS
from .models import (
    Adjustment,
    AdjustmentRule,
    Approval,
    Clock,
    FlowStep,
    Instance,
    Task,
    TaskState,
    Urge,
)
from .models.urging import MOST_REPLY_DAYS
from .moments import Moment, moment, moments, person
from .offers import Offer
from .presenting import (
    Detail,
    Fact,
    Line,
    either,
    face_of,
    filled_form,
    in_chinese,
    lines_of,
    rows_of,
)
from .rows import Row, rows
from .schemas import TaskOut
from .steps import Action, action_form, actions_of, step_of
from .versions import (
    decide,
    decision,
    decision_sources,
    decisions,
    draft,
    form_sources,
    newest,
    procedure,
    procedures,
    versions,
)

__all__ = [
    "MOST_REPLY_DAYS",
    "URGE_GROUNDS",
    "Action",
    "Adjustment",
    "AdjustmentRule",
    "Approval",
    "Choices",
    "Clock",
    "Detail",
    "Drawing",
    "DrawingNow",
    "Fact",
    "FlowStep",
    "Instance",
    "Line",
    "Moment",
    "Offer",
    "Outcome",
    "Row",
    "Step",
    "Task",
    "TaskOut",
    "Urge",
    "action_form",
    "actions_of",
    "adjustments_of",
    "approvals_of",
    "askable",
    "clocks_of",
    "decide",
    "decision",
    "decision_sources",
    "decisions",
    "done_by",
    "draft",
    "drawing_now",
    "either",
    "face_of",
    "filled_fields",
    "filled_form",
    "flow_of",
    "form_sources",
    "in_chinese",
    "inbox",
    "instance_of",
    "lamp_of",
    "lines_of",
    "may_take",
    "moment",
    "moments",
    "newest",
    "open_steps",
    "open_tasks",
    "person",
    "procedure",
    "procedures",
    "rows",
    "rows_of",
    "step_of",
    "supervisions",
    "task",
    "task_answer",
    "typed_path",
    "urge",
    "urges_of",
    "versions",
    "work_of",
]


def inbox(scope: organisation.Scope) -> QuerySet[Task]:
    """Return the open tasks of a person and their posts, most pressing first."""
    return (
        Task.objects.filter(_theirs(scope), _shown(scope), state=TaskState.OPEN)
        .filter(Q(holder__isnull=True) | Q(holder_id=scope.user_id))
        .exclude(barred_id__isnull=False, barred_id=scope.user_id)
        .select_related("holder")
        .order_by("due_at", "id")
    )


def _shown(scope: organisation.Scope) -> Q:
    """Return the condition of lying in the area looked at, or nowhere yet."""
    return organisation.path_prefix(scope.shown) | Q(area_path="") if scope.shown else Q()


def _theirs(scope: organisation.Scope) -> Q:
    condition = Q(pk__in=[])
    for held in scope.holdings:
        if organisation.duties.WORK_TASKS in held.duties:
            where = organisation.path_prefix(held.area_path) | Q(area_path="")
            body = Q(body_id=held.body_id) | Q(body__isnull=True)
            condition |= Q(role=held.role) & body & where & _handed(held)
    return condition


def _handed(held: organisation.Holding) -> Q:
    """Return the condition of being a task a deputy was given; none for a post of one's own."""
    if held.for_id is None:
        return Q()
    decided = Q(request__startswith="adjustment:")
    kinds = {
        organisation.deputies.STEPS: Q(request=""),
        organisation.deputies.DECISIONS: decided,
        organisation.deputies.OTHERS: ~Q(request="") & ~decided,
    }
    given = Q(pk__in=[])
    for work in held.works:
        given |= kinds[work]
    return given & (Q(barred__isnull=True) | ~Q(barred_id=held.for_id))


def may_take(scope: organisation.Scope, task: Task) -> bool:
    """Say whether a person may act on an open task."""
    if task.state != TaskState.OPEN or task.holder_id not in (None, scope.user_id):
        return False
    barred = task.barred_id is not None and task.barred_id == scope.user_id
    return not barred and post_for(scope, task) is not None


def done_by(user_id: int) -> QuerySet[Task]:
    """Return the tasks a person has done, latest first."""
    return Task.objects.filter(done_by_id=user_id).order_by("-done_at", "-id")


def task(key: int) -> Task | None:
    """Return a task with its procedure."""
    # An address may hold a number no database can: there is no such task.
    return kept.task(key) if 0 < key < 2**63 else None


def open_tasks(subject: str) -> list[Task]:
    """Return the tasks of a subject that wait for somebody."""
    return kept.tasks("holder", "body", subject=subject, state=TaskState.OPEN)


def open_steps(subject: str) -> list[Task]:
    """Return the open tasks that are steps of the drawing, not decisions on requests."""
    return [each for each in open_tasks(subject) if not each.request]


def instance_of(subject: str) -> Instance | None:
    """Return the procedure running for a subject, with its drawing."""
    return kept.instance(subject)


def clocks_of(subject: str) -> list[Clock]:
    """Return the clocks of a subject, oldest first."""
    return list(
        Clock.objects.filter(instance__subject=subject).select_related("body").order_by("id")
    )


def flow_of(subject: str) -> list[FlowStep]:
    """Return the flow log of a subject, oldest first."""
    rows = FlowStep.objects.filter(instance__subject=subject)
    return list(rows.select_related("operator", "acted_for", "post", "post__body").order_by("id"))


@dataclass(frozen=True)
class DrawingNow:
    """A running drawing: its BPMN text, the steps waiting now and those already passed."""

    xml: str
    current: list[str]
    passed: list[str]


def drawing_now(subject: str) -> DrawingNow | None:
    """Return the drawing a subject runs on, with where it stands."""
    instance = instance_of(subject)
    if instance is None:
        return None
    rows = Task.objects.filter(instance=instance).order_by("id").values_list("step", "state")
    current = [step for step, state in rows if state == TaskState.OPEN]
    passed = [step for step, state in rows if state == TaskState.DONE]
    ends = [instance.end] if instance.end else []
    return DrawingNow(
        instance.procedure.drawing, [*dict.fromkeys(current)], [*dict.fromkeys(passed), *ends]
    )


def adjustments_of(subject: str) -> list[Adjustment]:
    """Return the requests made for a subject, oldest first."""
    rows = Adjustment.objects.filter(subject=subject).select_related("asked_by", "task")
    return list(rows.order_by("id"))


def approvals_of(adjustment: Adjustment) -> list[Approval]:
    """Return what each level decided, in order."""
    rows = Approval.objects.filter(adjustment=adjustment).order_by("level")
    return list(rows.select_related("decided_by", "decided_for"))


def urges_of(subject: str) -> list[Urge]:
    """Return who urged a subject and what was answered, oldest first."""
    rows = Urge.objects.filter(subject=subject).select_related("urged_by", "replied_by", "body")
    return list(rows.order_by("id"))


def urge(key: int) -> Urge | None:
    """Return one urging with who sent it, to whom, and the task of the reply."""
    return Urge.objects.select_related("urged_by", "body", "task").filter(pk=key).first()


def supervisions(scope: organisation.Scope) -> QuerySet[Urge]:
    """Return the supervisions in a person's area, with who sent them and to whom."""
    rows = Urge.objects.filter(scope.within(organisation.duties.SEE_CASES), kind="supervise")
    return rows.select_related("urged_by", "replied_by", "body")


def askable(instance: Instance, scope: organisation.Scope) -> list[AdjustmentRule]:
    """Return the adjustments this person could ask for at the present step."""
    steps = set(
        Task.objects.filter(instance=instance, state=TaskState.OPEN, request="").values_list(
            "step", flat=True
        )
    )
    waiting = set(
        Adjustment.objects.filter(instance=instance, state="pending").values_list("kind", flat=True)
    )
    roles = {
        held.role
        for held in scope.holdings
        if instance.area_path.startswith(held.area_path) and asks(held)
    }
    return [
        rule
        for rule in AdjustmentRule.objects.filter(is_active=True).order_by("id")
        if roles & set(rule.askers)
        and rule.after_end == (instance.ended_at is not None)
        and (not rule.stages or steps & set(rule.stages))
        and rule.kind not in waiting
    ]
