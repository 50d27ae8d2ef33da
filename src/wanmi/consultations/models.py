"""Consultations and the opinions asked for."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class ConsultationState(models.TextChoices):
    """Where a consultation stands."""

    GATHERING = "gathering", _("Opinions being gathered")
    CONCLUDING = "concluding", _("Conclusion being drawn")
    CONCLUDED = "concluded", _("Concluded")
    CANCELLED = "cancelled", _("Cancelled")


class OpinionState(models.TextChoices):
    """Where a department's opinion stands."""

    ASKED = "asked", _("Not answered yet")
    GIVEN = "given", _("Given")
    WITHDRAWN = "withdrawn", _("No longer asked")


class Position(models.TextChoices):
    """What a department says."""

    AGREE = "agree", _("Agrees")
    OBJECT = "object", _("Objects")
    SUGGEST = "suggest", _("Suggests otherwise")
    NOT_OURS = "not_ours", _("Not concerned")


class Consultation(models.Model):
    """A question put to several departments, about a case or an area."""

    number = models.CharField(max_length=20, unique=True, null=True)
    topic = models.CharField(max_length=120)
    question = models.TextField()
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, null=True, related_name="+")
    area_path = models.CharField(max_length=160, blank=True)
    lead = models.ForeignKey(
        "organisation.Body", on_delete=models.PROTECT, null=True, related_name="+"
    )
    """The centre that gathers and concludes."""
    state = models.CharField(
        max_length=12, choices=ConsultationState, default=ConsultationState.GATHERING
    )
    round = models.PositiveIntegerField(default=1)
    opened_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    conclusion = models.TextField(blank=True)
    salt = models.CharField(max_length=32)
    acting = models.ForeignKey(
        "organisation.Body", on_delete=models.PROTECT, null=True, related_name="+"
    )
    """The department that is to act on the conclusion."""
    concluded_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["area_path", "-id"], name="consultation_by_area")]


class Opinion(models.Model):
    """What one department is asked in a round, and what it said."""

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="opinions"
    )
    round = models.PositiveIntegerField()
    body = models.ForeignKey("organisation.Body", on_delete=models.PROTECT, related_name="+")
    question = models.TextField()
    state = models.CharField(max_length=10, choices=OpinionState, default=OpinionState.ASKED)
    position = models.CharField(max_length=10, choices=Position, blank=True)
    words = models.TextField(blank=True)
    given_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    given_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["consultation", "round", "body"], name="a_department_is_asked_once_a_round"
            )
        ]
