"""Entering steps: their tasks and clocks, and where an instance stands then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wanmi.journal import actions as journal
from wanmi.kernel.limits import Limit
from wanmi.organisation import queries as organisation

from .. import clocks, engine
from ..drawing import Drawing, Step
from ..models import Clock, Instance, Task
from .subjects import calendar


@dataclass(frozen=True)
class Moved:
    """Where an instance stands after a deed: the marks of the open step or of the end."""

    instance: Instance
    tasks: list[Task]
    marks: dict[str, str]
    end: str
    due_at: datetime | None
    warn_at: datetime | None

    def opened(self) -> list[dict[str, Any]]:
        """Return the opened tasks as they are told in events."""
        return [
            {
                "task": task.pk,
                "step": task.step,
                "role": task.role,
                "body": task.body_id,
                "holder": task.holder_id,
            }
            for task in self.tasks
        ]


def enter(
    instance: Instance,
    drawing: Drawing,
    progress: engine.Progress,
    fresh: list[engine.Opened],
    running: dict[clocks.Key, Clock],
    at: datetime,
    keys: Sequence[int] = (),
) -> Moved:
    """Open the tasks of fresh steps, with keys if drawn, beside the clocks that run."""
    steps = [drawing.steps[each.step] for each in progress.opened]
    running = _turn_clocks(instance, clocks.wanted(drawing, steps, instance.data), running, at)
    tasks = [
        _task(instance, drawing.steps[each.step], each.engine_id, running, at) for each in fresh
    ]
    for task, key in zip(tasks, keys, strict=False):
        task.pk = key
    journal.insert(*tasks)
    latest = drawing.steps[progress.opened[-1].step]
    clock = clocks.of_stage(running, latest)
    due_at, warn_at = (clock.due_at, clock.warn_at) if clock else (None, None)
    return Moved(instance, tasks, latest.marks, "", due_at, warn_at)


def _turn_clocks(
    instance: Instance,
    limits: dict[clocks.Key, Limit],
    running: dict[clocks.Key, Clock],
    at: datetime,
) -> dict[clocks.Key, Clock]:
    """Stop the clocks of what is left behind, start those of what is entered."""
    clocks.stop([clock for key, clock in running.items() if key not in limits], at)
    current = {key: clock for key, clock in running.items() if key in limits}
    entered = {key: limit for key, limit in limits.items() if key not in current}
    current |= clocks.new_clocks(instance, entered, calendar(), at)
    fresh = [clock for clock in current.values() if clock.pk is None]
    journal.insert(*fresh, needs_keys=False)
    return current


def _task(
    instance: Instance,
    step: Step,
    engine_id: str,
    running: dict[clocks.Key, Clock],
    at: datetime,
) -> Task:
    data, clock = instance.data, clocks.nearest(running, step)
    body = data.get(step.body_from) if step.body_from else None
    holder = data.get(step.holder_from) if step.holder_from else None
    return journal.new_row(
        Task,
        instance=instance,
        subject=instance.subject,
        step=step.id,
        name_zh=step.name_zh,
        name_en=step.name_en,
        role=step.role,
        body_id=body or organisation.answering_body(step.role, instance.area_path),
        area_path=instance.area_path,
        holder_id=holder,
        claimed_at=at if holder else None,
        barred_id=data.get(step.barred_from) if step.barred_from else None,
        opened_at=at,
        due_at=clock.due_at if clock else None,
        warn_at=clock.warn_at if clock else None,
        engine_id=engine_id,
    )
