"""Editions of the catalogue, their classes and filing standards, and the working calendar."""

from typing import ClassVar

from django.db import models


class Edition(models.Model):
    """A published catalogue of parts and events, valid between two dates."""

    code = models.CharField(max_length=20, unique=True)
    standard = models.CharField(max_length=40)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120)
    minor_digits = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)


class CategoryKind(models.TextChoices):
    """A part is an object with a code; an event (2026: matter) is a happening."""

    PART = "part", "Part"
    EVENT = "event", "Event"


class Category(models.Model):
    """A minor class. Part and event codes overlap, so the kind is in the key."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=5, choices=CategoryKind)
    major_code = models.CharField(max_length=2)
    major_zh = models.CharField(max_length=40)
    major_en = models.CharField(max_length=80)
    minor_code = models.CharField(max_length=3)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=100)
    department_zh = models.CharField(max_length=120, blank=True)
    symbol = models.CharField(max_length=40)
    is_extension = models.BooleanField(default=False)
    certainty = models.CharField(max_length=12, default="found")
    source = models.TextField(blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["edition", "kind", "major_code", "minor_code", "valid_from"],
                name="one_class_per_edition_kind_and_code",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "name_zh"], name="category_by_name")]


class CaseStandard(models.Model):
    """Filing condition → handling limit → closing condition (GB/T 30428.8)."""

    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    condition_no = models.PositiveSmallIntegerField()
    condition_key = models.CharField(max_length=40)
    condition_zh = models.CharField(max_length=120)
    condition_en = models.CharField(max_length=160)
    limit_value = models.DecimalField(max_digits=6, decimal_places=2)
    limit_type = models.CharField(max_length=12)
    closing_key = models.CharField(max_length=40)
    closing_zh = models.CharField(max_length=120)
    closing_en = models.CharField(max_length=160)
    region_class = models.CharField(max_length=8, blank=True)
    certainty = models.CharField(max_length=12, default="found")
    source = models.TextField(blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["category", "condition_no", "region_class", "valid_from"],
                name="conditions_of_a_class_are_numbered",
            )
        ]


class CalendarDay(models.Model):
    """A day on which the city departs from the statutory calendar."""

    day = models.DateField(unique=True)
    is_working = models.BooleanField()
    note = models.CharField(max_length=120, blank=True)


class WorkPeriod(models.Model):
    """A season with its own working hours, minutes since midnight in the city's time zone."""

    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    spans = models.JSONField()
    """[[480, 720], [840, 1080]] is 08:00–12:00 and 14:00–18:00."""
