"""Stage clocks and their pauses."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from .procedures import Instance
from .tasks import Task


class Clock(models.Model):
    """A stage's time limit: start, deadline, pauses and result.

    `limit_type` as in GB/T 30428.8; the lamp is green to `warn_at` (80 % of the
    limit), yellow to `due_at`, red after.
    """

    instance = models.ForeignKey(Instance, on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, null=True, related_name="+")
    stage = models.CharField(max_length=60)
    limit_value = models.DecimalField(max_digits=8, decimal_places=2)
    limit_type = models.CharField(max_length=12)
    started_at = models.DateTimeField()
    warn_at = models.DateTimeField()
    due_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    paused_seconds = models.PositiveIntegerField(default=0)
    granted_seconds = models.PositiveIntegerField(default=0)
    """Counted seconds granted by extensions, beside the limit."""
    warned_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    is_overdue = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"], name="clock_running_by_due", condition=Q(stopped_at__isnull=True)
            ),
            models.Index(fields=["instance"], name="clock_by_instance"),
            models.Index(
                fields=["warn_at"],
                name="clock_to_warn",
                condition=Q(
                    stopped_at__isnull=True, paused_at__isnull=True, warned_at__isnull=True
                ),
            ),
            models.Index(
                fields=["due_at"],
                name="clock_to_escalate",
                condition=Q(
                    stopped_at__isnull=True, paused_at__isnull=True, escalated_at__isnull=True
                ),
            ),
        ]


class ClockPause(models.Model):
    """A stretch in which a clock stood still; open while it still does."""

    clock = models.ForeignKey(Clock, on_delete=models.CASCADE, related_name="+")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["clock"],
                condition=Q(ended_at__isnull=True),
                name="a_clock_is_paused_once_at_a_time",
            )
        ]
