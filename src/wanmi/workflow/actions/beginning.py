"""Beginning an instance: what its first step is, and its rows."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from wanmi.accounts.queries import User
from wanmi.journal import actions as journal

from .. import clocks, engine, kept
from ..drawing import Drawing
from ..models import Clock, FlowStep, Instance, Procedure, Task
from ..steps import drawing_of
from .entering import Moved, enter
from .subjects import calendar


@dataclass(frozen=True)
class Opening:
    """How a procedure will begin: the marks of its first step and that step's clock."""

    procedure: Procedure
    data: dict[str, Any]
    progress: engine.Progress
    marks: dict[str, str]
    due_at: datetime | None
    warn_at: datetime | None
    begun: dict[clocks.Key, Clock] = field(default_factory=dict)


def prepare(code: str, data: dict[str, Any], at: datetime) -> Opening:
    """Say how the newest version of a procedure begins with this data at this moment.

    `data` steers the drawing and names bodies and people. The opening of a
    drawing depends only on its data, so the engine is asked once per kind of
    opening and its answer kept.
    """
    procedure = kept.newest(code)
    progress = _opening(procedure, json.dumps(data, sort_keys=True))
    drawing = drawing_of(procedure)
    step = drawing.steps[progress.opened[-1].step]
    begun = clocks.new_clocks(None, clocks.wanted(drawing, [step], data), calendar(), at)
    clock = clocks.of_stage(begun, step)
    due_at, warn_at = (clock.due_at, clock.warn_at) if clock else (None, None)
    return Opening(procedure, data, progress, step.marks, due_at, warn_at, begun)


def begin(
    opening: Opening, *, subject: str, area_path: str, by: User | None, at: datetime
) -> Moved:
    """Begin a prepared procedure for a subject inside the caller's deed; the caller publishes."""
    progress = opening.progress
    opened = list(progress.opened)
    key, *tasks = journal.draw_keys(Instance, *[Task] * len(opened))
    instance = journal.new_row(
        Instance,
        id=key,
        procedure=opening.procedure,
        subject=subject,
        area_path=area_path,
        data=opening.data,
        state=progress.state,
        started_at=at,
    )
    drawing = drawing_of(opening.procedure)
    with journal.together():
        journal.insert(instance)
        # Nothing can be open or running yet, so nothing is asked.
        moved = enter(instance, drawing, progress, opened, _begun(opening, instance), at, tasks)
        _log_beginning(moved, drawing, by, at)
    return moved


def _begun(opening: Opening, instance: Instance) -> dict[clocks.Key, Clock]:
    """Return the clocks worked out before as the instance's own: many may begin alike."""
    return {key: clocks.given_to(instance, clock) for key, clock in opening.begun.items()}


def _log_beginning(moved: Moved, drawing: Drawing, by: User | None, at: datetime) -> None:
    """Write the first line of the flow log: who brought the subject in, and who receives it."""
    receiver = moved.tasks[0] if moved.tasks else None
    journal.insert(
        journal.new_row(
            FlowStep,
            instance_id=moved.instance.pk,
            operation="begin",
            step="begin",
            step_zh=drawing.start_zh[:60],
            step_en=drawing.start_en[:80],
            operator_id=by.pk if by else None,
            receiver_zh=receiver.name_zh if receiver else "",
            receiver_en=receiver.name_en if receiver else "",
            received_at=at,
            operated_at=at,
        ),
        needs_keys=False,
    )


_openings: dict[tuple[str, str], engine.Progress] = {}


def _opening(procedure: Procedure, data: str) -> engine.Progress:
    key = (procedure.digest, data)
    if key not in _openings:
        if len(_openings) > 500:
            _openings.clear()
        specs = engine.specs_of(procedure.digest, procedure.drawing)
        _openings[key] = engine.start(specs, json.loads(data))
    return _openings[key]
