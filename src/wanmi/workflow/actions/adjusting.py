"""Asking for an adjustment, deciding on it level by level, withdrawing it.

The effect of a kind is offered by whoever knows it: extension and suspension
here, return, void and appeal by the room of the subject.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import IntegrityError, transaction

from wanmi.accounts.queries import User
from wanmi.journal import actions as journal
from wanmi.kernel.digests import new_salt, salted_digest
from wanmi.kernel.errors import Conflict, Invalid, NotAllowed
from wanmi.kernel.text import clean_text
from wanmi.organisation import queries as organisation

from .. import events
from ..drawing import Outcome
from ..fitting import asks
from ..models import (
    Adjustment,
    AdjustmentRule,
    AdjustmentState,
    Approval,
    Clock,
    Instance,
    Task,
    TaskState,
)
from ..requests import OPINION_FORMS, RequestKind, offer_request
from .beside import close_beside, drop_beside, open_beside, task_news
from .subjects import tell_overlays
from .taking import AlreadyDone, require_open_to


class UnknownAdjustment(Invalid):
    """There is no adjustment %(kind)s."""

    code = "unknown_adjustment"


class MayNotAsk(NotAllowed):
    """Your post cannot ask for this now."""

    code = "may_not_ask"


class TooLateToAsk(Conflict):
    """The deadline is over; this can only be asked before it."""

    code = "too_late_to_ask"


class AskedOftenEnough(Conflict):
    """This has been granted as often as the rules allow."""

    code = "asked_often_enough"


class AlreadyAsked(Conflict):
    """A request of this kind is waiting for a decision."""

    code = "already_asked"


class NotTheTime(Conflict):
    """This cannot be asked at the present step."""

    code = "not_the_time"


Guard = Callable[[Instance, dict[str, Any], datetime], None]
Apply = Callable[[Adjustment, User, datetime], None]
Levels = Callable[[list[str], dict[str, Any]], list[str]]


@dataclass(frozen=True)
class Adjuster:
    """What a kind of adjustment checks beyond its rule, and what it does once agreed.

    `levels` may add deciders to those of the rule for what was asked; `entered`
    keeps what came along with the request.
    """

    apply: Apply
    guard: Guard = lambda instance, asked, at: None
    levels: Levels = lambda levels, asked: levels
    entered: Apply = lambda adjustment, by, at: None


_adjusters: dict[str, Adjuster] = {}


def offer_adjustment(kind: str, adjuster: Adjuster) -> None:
    """Say what a kind of adjustment does."""
    _adjusters[kind] = adjuster


@journal.deed()
def ask(
    instance: Instance,
    kind: str,
    reason: str,
    *,
    by: User,
    asked: dict[str, Any] | None = None,
    at: datetime | None = None,
) -> Adjustment:
    """Ask for an adjustment of a running subject.

    A chain without levels left takes effect at once. Raises UnknownAdjustment,
    MayNotAsk, NotTheTime, TooLateToAsk, AskedOftenEnough, AlreadyAsked, or what
    the kind's own guard refuses.
    """
    at = at or datetime.now(UTC)
    reason = clean_text(reason, max_length=2000)
    if len(reason) < 2:
        raise Invalid("Give a reason.")
    rule = AdjustmentRule.objects.filter(kind=kind, is_active=True).first()
    if rule is None or kind not in _adjusters:
        raise UnknownAdjustment(kind=kind)
    instance = Instance.objects.select_for_update().get(pk=instance.pk)
    task, role = _standing(instance, rule, by)
    _check_rule(instance, rule, at)
    adjuster = _adjusters[kind]
    adjuster.guard(instance, asked or {}, at)
    levels = [level for level in adjuster.levels(rule.levels, asked or {}) if level != role]
    adjustment = _enter(instance, rule, task, levels, reason, asked or {}, by, at)
    adjuster.entered(adjustment, by, at)
    opened = _open_level(adjustment, rule, at) if levels else []
    digest = salted_digest(adjustment.salt, reason)
    event = events.AdjustmentAsked(instance.subject, adjustment.pk, kind, digest, opened)
    journal.publish(event, by=by, area_path=instance.area_path, at=at)
    if not levels:
        _settle(adjustment, AdjustmentState.APPROVED, by, at)
    tell_overlays(instance)
    return adjustment


@journal.deed()
def decide(
    task: Task, *, agree: bool, opinion: str, by: User, at: datetime | None = None
) -> Adjustment:
    """Decide on the level a request waits at; the last agreement lets it take effect."""
    at = at or datetime.now(UTC)
    held = require_open_to(task, by)
    instance = Instance.objects.select_for_update().get(pk=task.instance_id)
    adjustment = Adjustment.objects.get(pk=int(task.request.partition(":")[2]))
    close_beside(task, "agree" if agree else "refuse", by=by, at=at)
    salt = new_salt()
    Approval.objects.create(
        adjustment=adjustment,
        level=adjustment.level,
        role=task.role,
        is_agreed=agree,
        opinion=opinion,
        salt=salt,
        decided_by=by,
        decided_for_id=held.for_id,
        decided_at=at,
    )
    level, opened = adjustment.level, []
    if not agree:
        _settle(adjustment, AdjustmentState.REFUSED, by, at)
    elif adjustment.level + 1 < len(adjustment.levels):
        adjustment.level += 1
        adjustment.save(update_fields=["level"])
        rule = AdjustmentRule.objects.get(kind=adjustment.kind)
        opened = _open_level(adjustment, rule, at)
    else:
        _settle(adjustment, AdjustmentState.APPROVED, by, at)
    digest = salted_digest(salt, opinion) if opinion else ""
    event = events.AdjustmentDecided(
        instance.subject,
        adjustment.pk,
        adjustment.kind,
        level,
        agree,
        adjustment.state,
        digest,
        opened,
        held.for_id,
    )
    journal.publish(event, by=by, area_path=instance.area_path, at=at)
    tell_overlays(instance)
    return adjustment


@journal.deed()
def withdraw(adjustment: Adjustment, *, by: User, at: datetime | None = None) -> None:
    """Take a waiting request back; only its asker may."""
    at = at or datetime.now(UTC)
    if adjustment.asked_by_id != by.pk:
        raise NotAllowed
    mine = Adjustment.objects.filter(pk=adjustment.pk, state=AdjustmentState.PENDING)
    if not mine.update(state=AdjustmentState.WITHDRAWN, settled_at=at):
        raise AlreadyDone
    withdraw_requests(adjustment.instance, at, only=f"adjustment:{adjustment.pk}")
    event = events.AdjustmentWithdrawn(adjustment.subject, adjustment.pk, adjustment.kind)
    journal.publish(event, by=by, area_path=adjustment.instance.area_path, at=at)
    tell_overlays(adjustment.instance)


def withdraw_requests(instance: Instance, at: datetime, only: str = "") -> None:
    """Take the open tasks of requests out of the inboxes."""
    rows = Task.objects.filter(instance=instance, state=TaskState.OPEN).exclude(request="")
    if only:
        rows = rows.filter(request=only)
    drop_beside(rows, at)


def _standing(instance: Instance, rule: AdjustmentRule, by: User) -> tuple[Task | None, str]:
    """Return the open task and the role by which a person may ask."""
    scope = organisation.scope_of(by)
    tasks = Task.objects.filter(instance=instance, state=TaskState.OPEN, request="")
    if rule.stages:
        tasks = tasks.filter(step__in=rule.stages)
        if not tasks.exists():
            raise NotTheTime
    current = tasks.order_by("-id").first()
    if current is None:
        current = Task.objects.filter(instance=instance, request="").order_by("-id").first()
    for held in scope.holdings:
        near = instance.area_path.startswith(held.area_path)
        mine = held.role not in {"department", "handler"} or held.body_id == instance.data.get(
            "department"
        )
        if held.role in rule.askers and near and mine and asks(held):
            return current, held.role
    raise MayNotAsk


def _check_rule(instance: Instance, rule: AdjustmentRule, at: datetime) -> None:
    if rule.after_end != (instance.ended_at is not None):
        raise NotTheTime
    running = Clock.objects.filter(instance=instance, level="stage", stopped_at__isnull=True)
    if rule.before_deadline and running.filter(due_at__lt=at, paused_at__isnull=True).exists():
        raise TooLateToAsk
    granted = Adjustment.objects.filter(
        instance=instance,
        kind=rule.kind,
        state__in=[AdjustmentState.APPROVED, AdjustmentState.ENDED],
    ).count()
    if rule.most_approved is not None and granted >= rule.most_approved:
        raise AskedOftenEnough


def _enter(
    instance: Instance,
    rule: AdjustmentRule,
    task: Task | None,
    levels: list[str],
    reason: str,
    asked: dict[str, Any],
    by: User,
    at: datetime,
) -> Adjustment:
    try:
        with transaction.atomic():
            return Adjustment.objects.create(
                instance=instance,
                subject=instance.subject,
                kind=rule.kind,
                task=task,
                reason=reason,
                salt=new_salt(),
                asked=asked,
                levels=levels,
                asked_by=by,
                asked_at=at,
            )
    except IntegrityError as error:
        raise AlreadyAsked from error


def _open_level(adjustment: Adjustment, rule: AdjustmentRule, at: datetime) -> list[dict[str, Any]]:
    role = adjustment.levels[adjustment.level]
    instance = adjustment.instance
    body = instance.data.get("department") if role == "department" else None
    task = open_beside(
        instance,
        f"adjustment:{adjustment.pk}",
        step=f"decide_{rule.kind}",
        name_zh=f"审批{rule.name_zh}",
        name_en=f"Decide on {rule.name_en.lower()}",
        role=role,
        body_id=body,
        barred_id=adjustment.asked_by_id,
        at=at,
    )
    return [task_news(task)]


def _settle(adjustment: Adjustment, state: AdjustmentState, by: User, at: datetime) -> None:
    adjustment.state = state
    adjustment.settled_at = at
    adjustment.save(update_fields=["state", "settled_at"])
    if state == AdjustmentState.APPROVED:
        _adjusters[adjustment.kind].apply(adjustment, by, at)


def _settle_task(task: Task, outcome: str, given: dict[str, Any], by: User, at: datetime) -> None:
    decide(task, agree=outcome == "agree", opinion=given.get("opinion", ""), by=by, at=at)


offer_request(
    "adjustment",
    RequestKind(
        (
            Outcome("agree", "同意", "Agree", "opinion", "primary"),
            Outcome("refuse", "不同意", "Refuse", "reason", "danger"),
        ),
        OPINION_FORMS,
        _settle_task,
    ),
)
