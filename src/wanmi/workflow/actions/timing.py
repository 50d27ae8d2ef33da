"""The two adjustments of time: extension and suspension with its automatic end."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils import timezone

from wanmi.accounts.queries import User
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Invalid

from .. import events
from ..models import Adjustment, AdjustmentRule, AdjustmentState, Instance
from ..steps import drawing_of
from .adjusting import Adjuster, offer_adjustment
from .clockwork import grant_time, pause_clocks, resume_clocks
from .subjects import tell_overlays

RESUME = "workflow.resume"


class EndDateMissing(Invalid):
    """Say until which day the case is suspended, at most %(days)d days from now."""

    code = "end_date_missing"


def extend(adjustment: Adjustment, by: User, at: datetime) -> None:
    """Add one original limit to the current deadline of the stage."""
    stage = adjustment.task.step if adjustment.task else ""
    grant_time(adjustment.instance, _stage(adjustment, stage), at)


def suspend(adjustment: Adjustment, by: User, at: datetime) -> None:
    """Stop the clocks until the day asked for; a job lets them go on."""
    ends_at = _end_of(adjustment.asked)
    pause_clocks(adjustment.instance, at)
    Adjustment.objects.filter(pk=adjustment.pk).update(ends_at=ends_at)
    journal.schedule(
        RESUME,
        {"adjustment": adjustment.pk},
        due_at=ends_at,
        key=f"{RESUME}/{adjustment.pk}",
    )


@journal.deed()
def resume(adjustment: Adjustment, *, by: journal.Actor = None, at: datetime | None = None) -> bool:
    """End a suspension; the clocks go on with the time that was left. Happens once."""
    at = at or datetime.now(UTC)
    running = Adjustment.objects.filter(
        pk=adjustment.pk, kind="suspension", state=AdjustmentState.APPROVED
    )
    if not running.update(state=AdjustmentState.ENDED, ends_at=at):
        return False
    instance = Instance.objects.select_for_update().get(pk=adjustment.instance_id)
    resume_clocks(instance, at)
    event = events.Resumed(instance.subject, adjustment.pk)
    journal.publish(event, by=by, area_path=instance.area_path, at=at)
    tell_overlays(instance)
    return True


def _guard_suspension(instance: Instance, asked: dict[str, Any], at: datetime) -> None:
    rule = AdjustmentRule.objects.get(kind="suspension")
    days = rule.longest_days or 365
    try:
        ends_at = _end_of(asked)
    except (KeyError, ValueError) as error:
        raise EndDateMissing(days=days) from error
    if not at < ends_at <= at + timedelta(days=days):
        raise EndDateMissing(days=days)


def _end_of(asked: dict[str, Any]) -> datetime:
    """Return the beginning of the day after the last one of the suspension, city time."""
    last = date.fromisoformat(str(asked["until"]))
    midnight = datetime.combine(last + timedelta(days=1), datetime.min.time())
    return timezone.make_aware(midnight).astimezone(UTC)


def _stage(adjustment: Adjustment, step: str) -> str:
    steps = drawing_of(adjustment.instance.procedure).steps
    return steps[step].stage if step in steps else ""


def _resume_job(payload: dict[str, Any]) -> None:
    resume(Adjustment.objects.get(pk=payload["adjustment"]))


offer_adjustment("extension", Adjuster(apply=extend))
offer_adjustment("suspension", Adjuster(apply=suspend, guard=_guard_suspension))
journal.offer_job(RESUME, _resume_job)
