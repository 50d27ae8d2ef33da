"""What layers of reminders count: one's own tasks, the cases of a body, of an area."""

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from wanmi.accounts import queries as accounts
from wanmi.geography import queries as geography
from wanmi.notices import actions as notices
from wanmi.organisation import queries as organisation
from wanmi.workflow import queries as tasks

from .models import Case

OWN = gettext_noop("%(waiting)s tasks wait for you: %(overdue)s overdue, %(soon)s due soon.")
BODY = gettext_noop("%(name)s: %(waiting)s cases open, %(overdue)s overdue, %(soon)s due soon.")
AREA = gettext_noop(
    "%(name)s: %(waiting)s cases open, %(overdue)s overdue,"
    " %(replies)s supervisions without a reply."
)

SHIPPED_LAYERS: tuple[dict[str, Any], ...] = (
    {
        "name_zh": "经办人每日提醒",
        "name_en": "Daily, who works tasks",
        "about": "tasks",
        "roles": ["acceptor", "duty_leader", "dispatcher", "department", "handler", "supervisor"],
        "every": "day",
        "at_time": time(8, 30),
    },
    {
        "name_zh": "专业部门每周提醒",
        "name_en": "Weekly, departments",
        "about": "body",
        "roles": ["department"],
        "every": "week",
        "at_time": time(9),
    },
    {
        "name_zh": "领导和街道每周提醒",
        "name_en": "Weekly, leaders and streets",
        "about": "area",
        "roles": ["leader", "street"],
        "every": "week",
        "at_time": time(9),
    },
)
"""Layers a new city starts with."""


def offer() -> None:
    """Offer what can be counted."""
    notices.offer_digest("tasks", _("Tasks that wait for the person"), own_tasks)
    notices.offer_digest("body", _("Open cases of the person's department"), of_bodies)
    notices.offer_digest("area", _("Open cases of the person's area"), of_areas)


def own_tasks(users: list[int], now: datetime) -> dict[int, notices.Digest]:
    """Return how many tasks wait for each person."""
    found = {}
    for user, scope in _scopes(users):
        if scope.may(organisation.duties.WORK_TASKS):
            rows = tasks.inbox(scope).order_by()
            numbers = rows.aggregate(waiting=Count("pk"), **_lamps(now))
            link = f"{reverse('tasks:desk')}?tab=todo"
            found[user] = notices.Digest(OWN, numbers, link, numbers["waiting"])
    return found


def of_bodies(users: list[int], now: datetime) -> dict[int, notices.Digest]:
    """Return how many cases the departments of each person have open, and how many are late."""
    found = {}
    for user, scope in _scopes(users):
        bodies = {held.body_id for held in scope.holdings}
        rows = Case.objects.filter(ended_at__isnull=True, department_id__in=bodies)
        numbers = rows.aggregate(waiting=Count("pk"), **_lamps(now))
        body = organisation.body(min(bodies)) if bodies else None
        if body is not None:
            params = {**numbers, "name": {"zh": body.name_zh, "en": body.name_en}}
            link = _list(department=body.code) if len(bodies) == 1 else _list()
            found[user] = notices.Digest(BODY, params, link, numbers["waiting"])
    return found


def of_areas(users: list[int], now: datetime) -> dict[int, notices.Digest]:
    """Return how many cases each person's area has open, late, and without a reply."""
    found = {}
    for user, scope in _scopes(users):
        paths = scope.areas(organisation.duties.SEE_CASES)
        if not paths:
            continue
        within = scope.within(organisation.duties.SEE_CASES)
        numbers = Case.objects.filter(within, ended_at__isnull=True).aggregate(
            waiting=Count("pk"), overdue=_lamps(now)["overdue"]
        )
        replies = tasks.supervisions(scope).filter(replied_at__isnull=True).count()
        params = {**numbers, "replies": replies, "name": _name(paths[0])}
        link = _list(area=paths[0]) if len(paths) == 1 else _list()
        found[user] = notices.Digest(AREA, params, link, numbers["waiting"] + replies)
    return found


def _scopes(users: list[int]) -> Iterator[tuple[int, organisation.Scope]]:
    for key, user in accounts.people(set(users)).items():
        yield key, organisation.scope_of(user)


def _lamps(now: datetime) -> dict[str, Count]:
    return {
        "overdue": Count("pk", filter=Q(due_at__lt=now)),
        "soon": Count("pk", filter=Q(due_at__gte=now, warn_at__lte=now)),
    }


def _list(**more: str) -> str:
    """Return the address of the list of late cases, narrowed further."""
    asked = {"open": "true", "lamp": "red", "sort": "due", **{k: v for k, v in more.items() if v}}
    return f"{reverse('cases:list')}?{urlencode(asked)}"


def _name(path: str) -> dict[str, str]:
    names = geography.names_of(path)
    if not names:
        return {"zh": "全市", "en": "The whole city"}
    return {"zh": names[-1].name_zh, "en": names[-1].name_en}
