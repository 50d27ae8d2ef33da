"""Controls are rows a city edits; an ended one stays for the record."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class ControlEffect(models.TextChoices):
    """What holds for the classes of a control, where and while it holds."""

    NO_REPORT = "no_report", "Not reported by patrols"
    SHORTER_LIMIT = "shorter_limit", "Shorter handling limit"
    SAME_TIME = "same_time", "Checked at the same time of day"


class Control(models.Model):
    """One rule for classes in an area, between two days and at times of the day, city time.

    `classes` holds "kind/code" of minor or major classes, none for all;
    `weekdays` 1 (Monday) to 7, none for all. A time of day may pass midnight.
    """

    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True)
    effect = models.CharField(max_length=16, choices=ControlEffect)
    area_path = models.CharField(max_length=160)
    classes = models.JSONField(default=list)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    weekdays = models.JSONField(default=list)
    from_time = models.TimeField(null=True)
    to_time = models.TimeField(null=True)
    limit_value = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    limit_type = models.CharField(max_length=12, blank=True)
    minutes = models.PositiveSmallIntegerField(default=60)
    """How far from the reported time of day a check may lie, in minutes."""
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_shorter_limit_says_how_short",
                condition=~Q(effect="shorter_limit") | Q(limit_value__isnull=False),
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["effect"], name="control_in_force", condition=Q(ended_at__isnull=True)
            )
        ]
