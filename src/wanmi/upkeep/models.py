"""Changes of what is under upkeep: one row each, from draft to undone."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class State(models.TextChoices):
    """How far a change has come."""

    DRAFT = "draft", "Draft"
    WAITING = "waiting", "Waiting for its day"
    APPLIED = "applied", "Applied"
    WITHDRAWN = "withdrawn", "Withdrawn"
    FAILED = "failed", "Could not be applied"


class Change(models.Model):
    """One change of one thing: what it is to be, what it was, from which day of the city on.

    `content` and `before` are None where the thing is not there (a new one, or
    one taken out). `follows` is the last change the writer has seen.
    """

    matter = models.CharField(max_length=40)
    item = models.CharField(max_length=80)
    content = models.JSONField(null=True)
    before = models.JSONField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    follows = models.BigIntegerField(default=0)
    from_day = models.DateField(null=True)
    note = models.CharField(max_length=200, blank=True)
    undoes = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField()
    settled_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["matter", "item"],
                condition=Q(state="draft"),
                name="one_draft_of_a_thing_at_a_time",
            ),
            models.CheckConstraint(
                name="a_change_in_force_has_its_day",
                condition=~Q(state__in=["waiting", "applied"]) | Q(from_day__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["matter", "item", "-id"], name="change_by_thing"),
        ]
