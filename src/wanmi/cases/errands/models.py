"""The errand: one row for everything asked beside the drawing."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class ErrandState(models.TextChoices):
    """How far an errand has come."""

    WAITING = "waiting", "Waiting"
    ANSWERED = "answered", "Answered"
    DECLINED = "declined", "Declined"
    WAIVED = "waived", "Waived"
    RECALLED = "recalled", "Recalled"


class Errand(models.Model):
    """Somebody was asked for something about a case, beside its drawing.

    `words` and `reply` are free text and stand here only; the journal holds
    their salted digests. `details` is what a kind keeps, such as the time of
    day a check must be made at.
    """

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=ErrandState, default=ErrandState.WAITING)
    words = models.TextField(blank=True)
    salt = models.CharField(max_length=32)
    body = models.ForeignKey(
        "organisation.Body", on_delete=models.PROTECT, null=True, related_name="+"
    )
    post = models.ForeignKey(
        "organisation.Post", on_delete=models.PROTECT, null=True, related_name="+"
    )
    given_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    given_at = models.DateTimeField()
    task = models.ForeignKey("workflow.Task", on_delete=models.PROTECT, null=True, related_name="+")
    details = models.JSONField(default=dict)
    outcome = models.CharField(max_length=30, blank=True)
    reply = models.TextField(blank=True)
    settled_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_settled_errand_says_when",
                condition=Q(state="waiting") | Q(settled_at__isnull=False),
            )
        ]
        indexes: ClassVar = [models.Index(fields=["case", "id"], name="errand_by_case")]


class OutsideLink(models.Model):
    """The link by which somebody without an account answers an errand, once.

    `addressee` is personal data and stands here only; `seed` is a part of the
    signed token, so that a link cannot be made from a key alone.
    """

    errand = models.OneToOneField(Errand, on_delete=models.PROTECT, related_name="link")
    seed = models.CharField(max_length=32)
    addressee = models.CharField(max_length=60)
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
