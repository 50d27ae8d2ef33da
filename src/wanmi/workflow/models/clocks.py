"""Stage clocks and their pauses."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from .procedures import Instance
from .tasks import Task


class ClockLevel(models.TextChoices):
    """Whose limit a clock measures; the clocks of an instance run and stand still together."""

    POST = "post", "One post"
    STAGE = "stage", "A stage"
    WHOLE = "whole", "The whole procedure"


class Clock(models.Model):
    """A time limit: start, deadline, pauses and result.

    `stage` names the step of a post's own limit, the stage (the department's
    limit covers all steps of its stage), or the whole procedure. `limit_type`
    as in GB/T 30428.8; the lamp is green to `warn_at` (80 % of the limit),
    yellow to `due_at`, red after.
    """

    instance = models.ForeignKey(Instance, on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey(
        Task, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    """Set where it times one task beside the drawing: a reply, a decision."""
    level = models.CharField(max_length=5, choices=ClockLevel, default=ClockLevel.STAGE)
    stage = models.CharField(max_length=60)
    body = models.ForeignKey(
        "organisation.Body", on_delete=models.PROTECT, null=True, related_name="+"
    )
    """Whose clock it is, where a stage was handed over between bodies."""
    limit_value = models.DecimalField(max_digits=8, decimal_places=2)
    limit_type = models.CharField(max_length=12)
    started_at = models.DateTimeField()
    warn_at = models.DateTimeField()
    due_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    paused_seconds = models.PositiveIntegerField(default=0)
    granted_seconds = models.PositiveIntegerField(default=0)
    """Counted seconds granted by extensions, beside the limit."""
    turn_at = models.DateTimeField(null=True)
    """When the sweeper takes it next: at 80 %, at 100 %, at a later step; none when all is told."""
    reached = models.PositiveSmallIntegerField(default=0)
    """The highest share of the limit in percent that people were told of."""
    warned_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    is_overdue = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["task"], name="clock_by_task", condition=Q(task__isnull=False)),
            models.Index(
                fields=["turn_at"],
                name="clock_to_turn",
                condition=Q(turn_at__isnull=False, stopped_at__isnull=True, paused_at__isnull=True),
            ),
        ]


class EscalationStep(models.Model):
    """Who is told when a clock has used a share of its limit; edited by the city.

    `percent` is 80 (the lamp turns yellow), 100 (red) or any later share.
    `tell` lists "holder" (who has the task), "head" (the next post up) and
    "role:leader" (that role in the nearest body going up). An empty `level`
    means every clock, an empty `stage` every stage.
    """

    level = models.CharField(max_length=5, choices=ClockLevel, blank=True)
    stage = models.CharField(max_length=60, blank=True)
    percent = models.PositiveSmallIntegerField()
    tell = models.JSONField(default=list)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["level", "stage", "percent"], name="one_escalation_step_per_share"
            )
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
