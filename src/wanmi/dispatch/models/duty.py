"""Who is to patrol what when, who did, and what was put right afterwards."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class Shift(models.Model):
    """A person is to patrol a duty grid between two moments; `area_path` is the grid's."""

    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    duty_grid = models.ForeignKey("geography.Area", on_delete=models.PROTECT, related_name="+")
    area_path = models.CharField(max_length=160)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    planned_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_shift_ends_after_it_begins", condition=Q(ends_at__gt=F("begins_at"))
            ),
            models.UniqueConstraint(
                fields=["person", "begins_at"],
                condition=Q(withdrawn_at__isnull=True),
                name="a_person_begins_one_shift_at_a_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["begins_at", "area_path"], name="shift_by_day"),
            models.Index(fields=["person", "begins_at"], name="shift_by_person"),
        ]


class Stint(models.Model):
    """A person was on duty from one moment to another; open while `signed_off_at` is empty.

    Points are degrees CGCS2000; `on_distance_m` and `off_distance_m` say how far outside
    the duty grid they lie, 0 inside, empty where there is no grid or no point.
    """

    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, null=True, related_name="+")
    duty_grid = models.ForeignKey(
        "geography.Area", on_delete=models.PROTECT, null=True, related_name="+"
    )
    area_path = models.CharField(max_length=160)
    day = models.DateField()
    signed_on_at = models.DateTimeField()
    on_lon = models.FloatField(null=True)
    on_lat = models.FloatField(null=True)
    on_distance_m = models.PositiveIntegerField(null=True)
    signed_off_at = models.DateTimeField(null=True)
    off_lon = models.FloatField(null=True)
    off_lat = models.FloatField(null=True)
    off_distance_m = models.PositiveIntegerField(null=True)
    is_entered = models.BooleanField(default=False)
    """A leader entered it by hand, since the person could not sign on."""
    unfolded_since = models.DateTimeField(null=True)
    """Since when there are positions that visits and lapses do not know yet."""
    positions = models.PositiveIntegerField(default=0)
    walked_m = models.PositiveIntegerField(default=0)
    inside_s = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(signed_off_at__isnull=True),
                name="a_person_is_on_duty_once",
            ),
            models.CheckConstraint(
                name="a_stint_ends_after_it_begins",
                condition=Q(signed_off_at__isnull=True) | Q(signed_off_at__gte=F("signed_on_at")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["day", "area_path"], name="stint_by_day"),
            models.Index(fields=["person", "signed_on_at"], name="stint_by_person"),
            models.Index(
                fields=["area_path"], name="stint_open", condition=Q(signed_off_at__isnull=True)
            ),
            models.Index(
                fields=["unfolded_since"],
                name="stint_to_fold",
                condition=Q(unfolded_since__isnull=False),
            ),
        ]


class Break(models.Model):
    """A pause within a stint; nobody is missed meanwhile."""

    stint = models.ForeignKey(Stint, on_delete=models.PROTECT, related_name="breaks")
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["stint"],
                condition=Q(ends_at__isnull=True),
                name="a_stint_has_one_open_break",
            )
        ]


class Correction(models.Model):
    """What a leader put right about a stint, and why; never changed."""

    stint = models.ForeignKey(Stint, on_delete=models.PROTECT, related_name="corrections")
    before_on = models.DateTimeField(null=True)
    before_off = models.DateTimeField(null=True)
    after_on = models.DateTimeField()
    after_off = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
