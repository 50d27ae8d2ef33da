"""Urging: reminders, and supervision that must be answered."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from .procedures import Instance
from .tasks import Task

MOST_REPLY_DAYS = 30
"""The longest time a supervised body may be given to answer, in working days."""


class UrgeKind(models.TextChoices):
    """Two levels: a reminder asks for nothing, supervision requires a reply."""

    REMIND = "remind", "Reminder"
    SUPERVISE = "supervise", "Supervision"


class Urge(models.Model):
    """A leader, centre or street urges whoever holds a subject."""

    instance = models.ForeignKey(Instance, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=80)
    area_path = models.CharField(max_length=160, blank=True)
    kind = models.CharField(max_length=10, choices=UrgeKind)
    ground = models.CharField(max_length=20, blank=True)
    words = models.TextField()
    salt = models.CharField(max_length=32)
    body = models.ForeignKey(
        "organisation.Body", on_delete=models.PROTECT, null=True, related_name="+"
    )
    urged_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    urged_at = models.DateTimeField()
    task = models.ForeignKey(Task, on_delete=models.PROTECT, null=True, related_name="+")
    reply_due_at = models.DateTimeField(null=True)
    reply = models.TextField(blank=True)
    replied_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    replied_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["subject"], name="urge_by_subject"),
            models.Index(
                fields=["area_path"],
                name="urge_waiting_for_reply",
                condition=Q(kind="supervise", replied_at__isnull=True),
            ),
        ]
