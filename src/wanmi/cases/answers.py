"""Cases as the API answers them."""

from typing import Any

from django.db.models import PositiveSmallIntegerField

from wanmi.geography import queries as geography
from wanmi.organisation import queries as organisation
from wanmi.workflow import queries as tasks
from wanmi.workflow.queries import in_chinese

from . import queries, showing
from .models import Case, Control, Errand, Shirking

LINE = [
    "pk",
    "number",
    "phase",
    "state",
    "kind",
    "category_code",
    "category_zh",
    "category_en",
    "description",
    "address",
    "source",
    "lon",
    "lat",
    "is_located",
    "grid_code",
    "due_at",
    "warn_at",
    "is_urgent",
    "reported_at",
    "ended_at",
]
"""The columns of a line; a list fetches no others."""


def brief(case: Any) -> dict[str, Any]:
    """Return a case, or just the columns of a line of it, as a line of a list."""
    lamp = tasks.lamp_of(case.due_at, case.warn_at) if case.ended_at is None else None
    return {
        "id": case.pk,
        "number": case.number,
        "phase": case.phase,
        "state": case.state,
        "kind": case.kind,
        "category": case.category_code,
        "category_name": case.category_zh if in_chinese() else case.category_en,
        "description": case.description,
        "address": case.address,
        "source": case.source,
        "lon": case.lon,
        "lat": case.lat,
        "is_located": case.is_located,
        "grid_code": case.grid_code,
        "lamp": lamp.value if lamp else None,
        "deadline": case.due_at,
        "is_urgent": case.is_urgent,
        "reported_at": case.reported_at,
        "ended_at": case.ended_at,
    }


def full(case: Case, scope: organisation.Scope) -> dict[str, Any]:
    """Return a case with clocks, tasks, timeline and media (design: HTTP interface)."""
    whole = queries.whole(case)
    line = showing.line_of(showing.rows([case])[0])
    return {
        **brief(case),
        "tracking_code": case.tracking_code,
        "area": area_names(case.area_path),
        "area_path": case.area_path,
        "part": case.part.identifier if case.part else None,
        "department": case.department.code if case.department else None,
        "rule": case.rule,
        "rework_count": case.rework_count,
        "clocks": [_clock(each) for each in whole.clocks],
        "tasks": [
            tasks.task_answer(each, line, case, with_actions=tasks.may_take(scope, each))
            for each in whole.tasks
        ],
        "timeline": [_line(each) for each in whole.flow],
        "media": [_medium(each) for each in whole.media],
        "facts": _facts(whole.facts),
    }


def _facts(facts: queries.CaseFacts | None) -> dict[str, int] | None:
    """Return the 0/1 facts an ended case is evaluated by, None while it runs."""
    if facts is None:
        return None
    return {
        field.name: getattr(facts, field.name)
        for field in facts._meta.fields
        if isinstance(field, PositiveSmallIntegerField)
    }


def area_names(path: str) -> dict[str, str | None]:
    """Return district, street and community of a path by name in the reader's language."""
    names = {name.kind: name for name in geography.names_of(path)}
    chinese = in_chinese()
    return {
        kind: (names[kind].name_zh if chinese else names[kind].name_en or names[kind].name_zh)
        if kind in names
        else None
        for kind in ("district", "street", "community")
    }


def _clock(clock: tasks.Clock) -> dict[str, Any]:
    running = clock.stopped_at is None
    lamp = tasks.lamp_of(clock.due_at, clock.warn_at) if running else None
    return {
        "level": clock.level,
        "stage": clock.stage,
        "limit": f"{clock.limit_value.normalize():f} {clock.limit_type}",
        "started_at": clock.started_at,
        "deadline": clock.due_at,
        "stopped_at": clock.stopped_at,
        "is_overdue": clock.is_overdue or (lamp is not None and lamp == "red"),
        "lamp": lamp.value if lamp else None,
    }


def _line(line: tasks.FlowStep) -> dict[str, Any]:
    chinese = in_chinese()
    return {
        "operation": line.operation,
        "step": line.step,
        "name": line.step_zh if chinese else line.step_en,
        "outcome": line.outcome,
        "outcome_name": line.outcome_zh if chinese else line.outcome_en,
        "opinion": line.opinion,
        "operator": str(line.operator) if line.operator else None,
        "post": (line.post.name_zh if chinese else line.post.name_en) if line.post else None,
        "receiver": line.receiver_zh if chinese else line.receiver_en,
        "received_at": line.received_at,
        "at": line.operated_at,
        "seconds_used": line.seconds_used,
        "is_overdue": line.is_overdue,
    }


def _medium(piece: Any) -> dict[str, Any]:
    return {
        "id": piece.id,
        "sha256": piece.sha256,
        "content_type": piece.content_type,
        "purpose": piece.purpose,
        "step": piece.step,
        "at": piece.attached_at,
        "claims": piece.claims,
        "url": piece.display_url,
        "thumbnail": piece.thumbnail_url,
    }


def adjustment(row: tasks.Adjustment) -> dict[str, Any]:
    """Return a request with what each level decided."""
    return {
        "id": row.pk,
        "kind": row.kind,
        "state": row.state,
        "reason": row.reason,
        "asked": row.asked,
        "asked_by": str(row.asked_by),
        "asked_at": row.asked_at,
        "ends_at": row.ends_at,
        "waiting_for": row.levels[row.level] if row.state == "pending" else None,
        "approvals": [
            {
                "role": each.role,
                "is_agreed": each.is_agreed,
                "opinion": each.opinion,
                "by": str(each.decided_by),
                "acted_for": str(each.decided_for) if each.decided_for else None,
                "at": each.decided_at,
            }
            for each in tasks.approvals_of(row)
        ],
    }


def urge(row: tasks.Urge) -> dict[str, Any]:
    """Return a reminder or supervision with its reply."""
    body = row.body
    return {
        "id": row.pk,
        "kind": row.kind,
        "ground": row.ground,
        "words": row.words,
        "by": str(row.urged_by),
        "at": row.urged_at,
        "body": (body.name_zh if in_chinese() else body.name_en or body.name_zh) if body else None,
        "reply_due_at": row.reply_due_at,
        "reply": row.reply,
        "replied_by": str(row.replied_by) if row.replied_by else None,
        "replied_at": row.replied_at,
    }


def errand(row: Errand, scope: organisation.Scope) -> dict[str, Any]:
    """Return what was asked beside the drawing, with its answer; the link to who may recall it."""
    link = queries.link_of(row) if queries.may_end(row, scope) else None
    return {
        "id": row.pk,
        "kind": row.kind,
        "name": queries.errand_label(row.kind),
        "state": row.state,
        "words": row.words,
        "body": row.body.code if row.body else None,
        "by": str(row.given_by) if row.given_by else None,
        "at": row.given_at,
        "task": row.task_id,
        "link": queries.link_path(link) if link else None,
        "due_at": row.task.due_at if row.task else None,
        "outcome": row.outcome,
        "reply": row.reply,
        "settled_by": str(row.settled_by) if row.settled_by else None,
        "settled_at": row.settled_at,
    }


def shirking(row: Shirking) -> dict[str, Any]:
    """Return a return that was called groundless."""
    return {
        "id": row.pk,
        "request": row.request_id,
        "body": row.body.code,
        "words": row.words,
        "by": str(row.determined_by),
        "at": row.determined_at,
    }


def control(row: Control) -> dict[str, Any]:
    """Return a control of an area and its times."""
    return {
        "id": row.pk,
        "name": row.name_zh if in_chinese() else row.name_en or row.name_zh,
        "effect": row.effect,
        "area_path": row.area_path,
        "classes": row.classes,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "weekdays": row.weekdays,
        "from_time": row.from_time,
        "to_time": row.to_time,
        "limit": f"{row.limit_value.normalize():f} {row.limit_type}" if row.limit_value else None,
        "minutes": row.minutes if row.effect == "same_time" else None,
    }
