"""Adjustments: extension, suspension, return, void, appeal as request objects with approvals.

They lie over a case and are no states of it: a request waits, is decided level
by level, and its effect happens when the last level agrees.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from .procedures import Instance
from .tasks import Task


class AdjustmentRule(models.Model):
    """Who may ask for an adjustment, who decides, how often and how long; edited by the city.

    `askers` and `levels` are lists of role codes; a level held by the asker is
    passed over. `stages` are the clock stages in which it may be asked, none
    for any. `longest_days` counts natural days.
    """

    kind = models.CharField(max_length=30, unique=True)
    name_zh = models.CharField(max_length=40)
    name_en = models.CharField(max_length=60)
    askers = models.JSONField(default=list)
    levels = models.JSONField(default=list)
    stages = models.JSONField(default=list)
    most_approved = models.PositiveSmallIntegerField(null=True)
    longest_days = models.PositiveSmallIntegerField(null=True)
    before_deadline = models.BooleanField(default=False)
    after_end = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)


class AdjustmentState(models.TextChoices):
    """How far a request has come."""

    PENDING = "pending", "Pending"
    APPROVED = "approved", "Approved"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"
    ENDED = "ended", "Ended"


class Adjustment(models.Model):
    """One request. `levels` is the chain as it was when asked; `level` the one deciding now."""

    instance = models.ForeignKey(Instance, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=80)
    kind = models.CharField(max_length=30)
    task = models.ForeignKey(Task, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(
        max_length=10, choices=AdjustmentState, default=AdjustmentState.PENDING
    )
    reason = models.TextField()
    salt = models.CharField(max_length=32)
    asked = models.JSONField(default=dict)
    levels = models.JSONField(default=list)
    level = models.PositiveSmallIntegerField(default=0)
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["instance", "kind"],
                condition=Q(state="pending"),
                name="one_request_of_a_kind_waits_at_a_time",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["subject"], name="adjustment_by_subject")]


class Approval(models.Model):
    """One level's decision on a request."""

    adjustment = models.ForeignKey(Adjustment, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=30)
    is_agreed = models.BooleanField()
    opinion = models.TextField(blank=True)
    salt = models.CharField(max_length=32)
    decided_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    decided_for = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    """The holder of the post, where a deputy decided."""
    decided_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["adjustment", "level"], name="a_level_decides_once")
        ]
