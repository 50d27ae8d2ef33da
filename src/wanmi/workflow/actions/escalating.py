"""Escalation: who is told of a clock that turned, and when it is taken next."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from wanmi.journal import actions as journal
from wanmi.kernel.errors import Invalid, NotFound
from wanmi.organisation import queries as organisation

from .. import events, kept
from ..models import Clock, ClockLevel, EscalationStep, Task, TaskState
from ..steps import drawing_of
from ..turning import DUE, WARNED, Rung, later_turn, reached_by, rungs
from .subjects import calendar

HOLDER, HEAD, ROLE = "holder", "head", "role:"
MOST_PERCENT = 1000

SHIPPED_STEPS: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    ("", WARNED, (HOLDER,)),
    ("", DUE, (HOLDER, HEAD)),
    ("", 150, ("role:leader",)),
)
"""What a new city starts with: the handler is warned, the head hears of it when it is due."""


@dataclass(frozen=True)
class Call:
    """A clock that has reached a share of its limit, and the people to be told."""

    clock: int
    task: Task
    stage: str
    level: str
    percent: int
    due_at: datetime
    is_over: bool
    people: tuple[int, ...]
    holders: tuple[int, ...]
    """Those of them who can do the task themselves."""


def enter_shipped_escalation() -> None:
    """Enter the steps a new city starts with, where it has none at all."""
    if not EscalationStep.objects.exists():
        EscalationStep.objects.bulk_create(
            EscalationStep(level=level, percent=percent, tell=list(tell))
            for level, percent, tell in SHIPPED_STEPS
        )


@journal.deed()
def escalate(keys: Iterable[int], *, at: datetime) -> list[Call]:
    """Say who is told of clocks that turned, each share once, and date their next turn.

    Shares passed meanwhile collapse into one call for everybody they concern.
    """
    rows = Clock.objects.select_for_update().filter(pk__in=list(keys), stopped_at__isnull=True)
    clocks = list(rows.filter(paused_at__isnull=True).order_by("pk"))
    waiting = _waiting({clock.instance_id for clock in clocks})
    with organisation.remembering():
        return [
            call
            for clock in clocks
            if (call := _call(clock, waiting.get(clock.instance_id, []), at)) is not None
        ]


def _call(clock: Clock, tasks: list[Task], at: datetime) -> Call | None:
    days = calendar()
    fitting = [rung for rung in rungs() if rung.fits(clock)]
    before = clock.reached
    reached = reached_by(clock, at, days, {WARNED, DUE, *(rung.percent for rung in fitting)})
    clock.reached = max(before, reached)
    changed = {"reached": clock.reached}
    turn_at = later_turn(clock, days, clock.reached) if reached >= DUE else clock.turn_at
    Clock.objects.filter(pk=clock.pk).update(**changed, turn_at=turn_at)
    fresh = [rung for rung in fitting if before < rung.percent <= reached]
    concerned = [task for task in tasks if _concerns(clock, task)]
    people = {who for rung in fresh for task in concerned for who in _told(rung, task)}
    if not people:
        return None
    return Call(
        clock=clock.pk,
        task=concerned[0],
        stage=clock.stage,
        level=clock.level,
        percent=max(rung.percent for rung in fresh),
        due_at=clock.due_at,
        is_over=reached >= DUE,
        people=tuple(sorted(people)),
        holders=tuple({who for task in concerned for who in _holders(task)}),
    )


def _waiting(instances: set[int]) -> dict[int, list[Task]]:
    found: dict[int, list[Task]] = {}
    for task in kept.tasks(instance_id__in=instances, state=TaskState.OPEN):
        found.setdefault(task.instance_id, []).append(task)
    return found


def _concerns(clock: Clock, task: Task) -> bool:
    if clock.task_id or task.request:
        return task.pk == clock.task_id
    if clock.level == ClockLevel.POST:
        return task.step == clock.stage
    step = drawing_of(task.instance.procedure).steps.get(task.step)
    return clock.level == ClockLevel.WHOLE or (step is not None and step.stage == clock.stage)


def _told(rung: Rung, task: Task) -> Iterator[int]:
    for who in rung.tell:
        if who == HOLDER:
            yield from _holders(task)
        elif who == HEAD:
            yield from organisation.heads(task.role, task.body_id, task.area_path)
        else:
            role = who.removeprefix(ROLE)
            body = organisation.answering_body(role, task.area_path)
            yield from organisation.holders(role, body, task.area_path)


def _holders(task: Task) -> list[int]:
    if task.holder_id:
        return [task.holder_id]
    return organisation.holders(task.role, task.body_id, task.area_path)


@journal.deed()
def set_escalation(
    *,
    level: str = "",
    stage: str = "",
    percent: int,
    tell: Iterable[str],
    by: journal.Actor,
    at: datetime | None = None,
) -> EscalationStep:
    """Say who is told at a share of a limit; the same share of the same clocks has one step.

    Clocks take it up at their next turn. Raises Invalid for an unusable share or receiver.
    """
    tell = list(dict.fromkeys(tell))
    if percent not in (WARNED, DUE) and not DUE < percent <= MOST_PERCENT:
        raise Invalid(
            "Steps come at 80 %%, at 100 %% or later, up to %(most)s %%.", most=MOST_PERCENT
        )
    if level and level not in ClockLevel.values:
        raise Invalid("Choose whose limit it is.")
    roles = organisation.role_codes()
    if not tell or any(who not in (HOLDER, HEAD) and not _is_role(who, roles) for who in tell):
        raise Invalid("Choose who is told.")
    row, _ = EscalationStep.objects.update_or_create(
        level=level, stage=stage, percent=percent, defaults={"tell": tell, "is_active": True}
    )
    event = events.EscalationChanged(row.pk, level, stage, percent, tell)
    journal.publish(event, by=by, at=at)
    return row


@journal.deed()
def drop_escalation(key: int, *, by: journal.Actor, at: datetime | None = None) -> None:
    """Take a step of escalation away."""
    row = EscalationStep.objects.filter(pk=key).first()
    if row is None:
        raise NotFound
    row.delete()
    event = events.EscalationChanged(key, row.level, row.stage, row.percent)
    journal.publish(event, by=by, at=at)


def _is_role(who: str, roles: frozenset[str]) -> bool:
    return who.startswith(ROLE) and who.removeprefix(ROLE) in roles
