"""The live figures of a shift: who waits, who speaks, how today has gone."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Avg, Count, F, Q
from django.utils import timezone

from wanmi.organisation import queries as organisation

from . import queries, rules
from .models import AgentState


@dataclass(frozen=True)
class Shift:
    """Figures of the city's day so far; times in seconds, None where nothing was counted."""

    waiting: int
    longest_s: float
    talking: int
    ready: int
    busy: int
    away: int
    calls: int
    answered: int
    lost: int
    answered_percent: float | None
    wait_s: float | None
    talk_s: float | None
    unsettled: int
    callbacks: int
    callbacks_late: int


def shift(scope: organisation.Scope, now: datetime) -> Shift:
    """Count the day so far."""
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = queries.visible(scope).filter(rang_at__gte=today).select_related(None).order_by()
    told = rows.aggregate(
        calls=Count("pk"),
        answered=Count("pk", filter=Q(answered_at__isnull=False)),
        lost=Count("pk", filter=Q(answered_at__isnull=True, ended_at__isnull=False)),
        talking=Count("pk", filter=Q(answered_at__isnull=False, ended_at__isnull=True)),
        unsettled=Count("pk", filter=Q(ended_at__isnull=False, settled_at__isnull=True)),
        wait=Avg(F("answered_at") - F("rang_at")),
        talk=Avg(F("ended_at") - F("answered_at")),
    )
    queue, people = queries.waiting_calls(scope), queries.agents(scope)
    due = queries.callbacks(scope)
    states = [agent.state for agent in people]
    return Shift(
        waiting=len(queue),
        longest_s=max((queries.waited_s(call, now) for call in queue), default=0),
        talking=told["talking"],
        ready=states.count(AgentState.READY),
        busy=states.count(AgentState.BUSY),
        away=states.count(AgentState.BREAK),
        calls=told["calls"],
        answered=told["answered"],
        lost=told["lost"],
        answered_percent=rules.share(told["answered"], told["calls"]),
        wait_s=_seconds(told["wait"]),
        talk_s=_seconds(told["talk"]),
        unsettled=told["unsettled"],
        callbacks=len(due),
        callbacks_late=sum(row.due_at < now for row in due),
    )


def _seconds(span: timedelta | None) -> float | None:
    return round(span.total_seconds()) if span is not None else None
