"""Tasks as the API answers them, whatever they are about."""

from typing import Any

from wanmi.kernel.coordinates import convert

from . import presenting
from .clocks import lamp_of
from .models import Task
from .presenting import Line, either
from .steps import actions_of


def task_answer(task: Task, line: Line, row: Any, *, with_actions: bool = True) -> dict[str, Any]:
    """Return a task with its subject and, where the caller may do them, its actions."""
    lamp = lamp_of(task.due_at, task.warn_at)
    return {
        "id": task.pk,
        "case": line.about.get("case"),
        "subject": {
            "kind": presenting.kind_of(task.subject),
            "number": line.number,
            "title": line.title,
            "words": line.words,
            "place": line.place,
            "lon": line.lon,
            "lat": line.lat,
            "gcj02": gcj02(line.lon, line.lat),
            "at": line.at,
            "link": line.link,
        },
        "step": task.step,
        "name": either(task.name_zh, task.name_en),
        "role": task.role,
        "holder": task.holder.username if task.holder else None,
        "opened_at": task.opened_at,
        "deadline": task.due_at,
        "lamp": lamp.value if lamp else None,
        "actions": [
            {
                "name": action.name,
                "label": either(action.label_zh, action.label_en),
                "tone": action.tone,
                "fields": presenting.filled_form(task, action.name, row),
            }
            for action in (actions_of(task) if with_actions else [])
        ],
    }


def gcj02(lon: float | None, lat: float | None) -> list[float] | None:
    """Return a point of CGCS2000 degrees as maps of phones in China want it (GCJ-02)."""
    if lon is None or lat is None:
        return None
    return [round(each, 6) for each in convert(lon, lat, "cgcs2000", "gcj02")]
