"""Alarms from the street, and what the centre asks of people in the street."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AlarmState(models.TextChoices):
    """Where an alarm stands."""

    OPEN = "open", pgettext_lazy("alarm", "Nobody has answered")
    ACKNOWLEDGED = "acknowledged", pgettext_lazy("alarm", "Answered")
    CLOSED = "closed", pgettext_lazy("alarm", "Closed")


class Alarm(models.Model):
    """A person pressed the button (护身符); degrees CGCS2000, empty without a position.

    `key` is the telephone's own, so that a repeated call for help is one alarm.
    """

    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=AlarmState, default=AlarmState.OPEN)
    area_path = models.CharField(max_length=160)
    raised_at = models.DateTimeField()
    received_at = models.DateTimeField()
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    accuracy_m = models.FloatField(null=True)
    level = models.PositiveSmallIntegerField(default=0)
    """How often it was passed upwards because nobody answered."""
    acknowledged_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    acknowledged_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "key"], name="an_alarm_is_raised_once"),
            models.CheckConstraint(
                name="an_alarm_is_closed_with_a_note",
                condition=Q(closed_at__isnull=True) | ~Q(note=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person"], name="alarm_open", condition=Q(closed_at__isnull=True)),
            models.Index(fields=["area_path", "raised_at"], name="alarm_by_area"),
        ]


class Group(models.Model):
    """People who are called together; `area_path` says whose group it is."""

    name = models.CharField(max_length=60)
    area_path = models.CharField(max_length=160)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["area_path", "name"], name="groups_of_an_area_differ")
        ]

    def __str__(self) -> str:
        return self.name


class GroupMember(models.Model):
    """A person in a group."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "person"], name="a_group_holds_a_person_once")
        ]


class CalloutKind(models.TextChoices):
    """A message is read; a call-out is accepted or declined."""

    MESSAGE = "message", _("Message")
    CALLOUT = "callout", _("Call-out")


class Callout(models.Model):
    """What the centre said to some people at once; its place in degrees CGCS2000, if any."""

    kind = models.CharField(max_length=8, choices=CalloutKind)
    words = models.TextField()
    area_path = models.CharField(max_length=160)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, null=True, related_name="+")
    sent_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["area_path", "-id"], name="callout_by_area")]


class Answer(models.TextChoices):
    """What somebody who was called said; empty while they said nothing."""

    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")


class Receipt(models.Model):
    """A call-out as one person has it."""

    callout = models.ForeignKey(Callout, on_delete=models.CASCADE, related_name="receipts")
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=8, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["callout", "person"], name="a_person_is_called_once")
        ]
        indexes: ClassVar = [models.Index(fields=["person", "-callout"], name="receipt_by_person")]
