"""Surveys, their shares and what was found."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class SurveyState(models.TextChoices):
    """Where a survey stands."""

    ARRANGING = "arranging", _("Being arranged")
    RUNNING = "running", _("Being carried out")
    REPORTING = "reporting", _("Report being written")
    CLOSED = "closed", _("Closed")
    REFUSED = "refused", _("Turned down")
    CALLED_OFF = "called_off", _("Called off")


class ShareState(models.TextChoices):
    """Where a share of a survey stands."""

    COLLECTING = "collecting", _("Being counted")
    REVIEWING = "reviewing", _("Being reviewed")
    ACCEPTED = "accepted", _("Accepted")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Survey(models.Model):
    """A class of parts or events counted in an area within a period.

    Days are the city's, the last one included. The class is kept as it was
    called when the survey was ordered; `figures` is what the report rests on.
    """

    number = models.CharField(max_length=20, unique=True, null=True)
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=5)
    category_code = models.CharField(max_length=8)
    category_zh = models.CharField(max_length=120)
    category_en = models.CharField(max_length=200, blank=True)
    area_path = models.CharField(max_length=160)
    words = models.TextField(blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    split_by = models.CharField(max_length=12, blank=True)
    state = models.CharField(max_length=12, choices=SurveyState, default=SurveyState.ARRANGING)
    ordered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField()
    conclusion = models.TextField(blank=True)
    advice = models.TextField(blank=True)
    figures = models.JSONField(default=dict)
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["area_path", "-id"], name="survey_by_area")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_survey_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            )
        ]


class SurveyShare(models.Model):
    """What one area's collectors count for a survey."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="+")
    area_path = models.CharField(max_length=160)
    area_code = models.CharField(max_length=20)
    area_zh = models.CharField(max_length=80)
    area_en = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=12, choices=ShareState, default=ShareState.COLLECTING)
    counted = models.PositiveIntegerField(null=True)
    faulty = models.PositiveIntegerField(null=True)
    remarks = models.TextField(blank=True)
    collector = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["survey", "area_path"], name="an_area_has_one_share_of_a_survey"
            )
        ]


class SurveyFinding(models.Model):
    """A case that was reported because a survey came upon it."""

    share = models.ForeignKey(SurveyShare, on_delete=models.PROTECT, related_name="findings")
    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="+")
    found_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField()
