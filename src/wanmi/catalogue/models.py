"""Editions of the catalogue, their classes and filing standards, and the working calendar."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanmi.shell.pages import spoken

from .words import limit_words


class Edition(models.Model):
    """A published catalogue of parts and events, valid between two dates."""

    code = models.CharField(max_length=20, unique=True)
    standard = models.CharField(max_length=40)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120)
    minor_digits = models.PositiveSmallIntegerField()
    certainty = models.CharField(max_length=12, default="found")
    source = models.TextField(blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    def __str__(self) -> str:
        return self.standard

    @property
    def name(self) -> str:
        """The title in the reader's language."""
        return spoken(self.name_zh, self.name_en)

    @property
    def is_confirmed(self) -> bool:
        """Whether its dates were read in a source."""
        return self.certainty == Certainty.FOUND


class Certainty(models.TextChoices):
    """How sure a fact of the catalogue is; all but "found" are shown as to be confirmed."""

    FOUND = "found", _("Found")
    INFERRED = "inferred", _("Inferred")
    RECALLED = "recalled", _("Recalled")


class CategoryKind(models.TextChoices):
    """A part is an object with a code; an event (2026: matter) is a happening."""

    PART = "part", _("Part")
    EVENT = "event", _("Event")


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
    department_en = models.CharField(max_length=120, blank=True)
    symbol = models.CharField(max_length=40)
    is_extension = models.BooleanField(default=False)
    of_part = models.BooleanField(default=False)
    """True for the matters of 2026 that say a part is out of order; they share the part's code."""
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

    def __str__(self) -> str:
        return f"{self.code} {self.name_zh}"

    @property
    def code(self) -> str:
        """Major and minor class together, as in "01001" (2026) or "0101" (older)."""
        return self.major_code + self.minor_code

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return spoken(self.name_zh, self.name_en)

    @property
    def major(self) -> str:
        """The name of the major class in the reader's language."""
        return spoken(self.major_zh, self.major_en)

    @property
    def department(self) -> str:
        """Who usually answers for it, in the reader's language."""
        return spoken(self.department_zh, self.department_en)

    @property
    def is_confirmed(self) -> bool:
        """Whether the class was read in a source, not inferred or recalled."""
        return self.certainty == Certainty.FOUND


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

    @property
    def condition(self) -> str:
        """When a case is filed, in the reader's language."""
        return spoken(self.condition_zh, self.condition_en)

    @property
    def closing(self) -> str:
        """What must be true before it is closed, in the reader's language."""
        return spoken(self.closing_zh, self.closing_en)

    @property
    def limit(self) -> str:
        """How long handling may take, in words of the reader's language."""
        return limit_words(self.limit_value, self.limit_type)

    @property
    def is_confirmed(self) -> bool:
        """Whether the row was read in a source, not inferred or recalled."""
        return self.certainty == Certainty.FOUND


class DefaultLimit(models.Model):
    """The handling limit of a class without a filing standard, by kind; a city sets its own."""

    kind = models.CharField(max_length=5, choices=CategoryKind, unique=True)
    limit_value = models.DecimalField(max_digits=6, decimal_places=2)
    limit_type = models.CharField(max_length=12)
    certainty = models.CharField(max_length=12, default="found")
    source = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_default_limit_is_longer_than_nothing", condition=Q(limit_value__gt=0)
            )
        ]

    @property
    def limit(self) -> str:
        """The limit in words of the reader's language."""
        return limit_words(self.limit_value, self.limit_type)

    @property
    def is_confirmed(self) -> bool:
        """Whether the city has set it, or it was read in a source."""
        return self.certainty == Certainty.FOUND


class CalendarDay(models.Model):
    """A day on which the city departs from the statutory calendar."""

    day = models.DateField(unique=True)
    is_working = models.BooleanField()
    note = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return self.day.isoformat()


class WorkPeriod(models.Model):
    """A season with its own working hours, minutes since midnight in the city's time zone."""

    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    spans = models.JSONField()
    """[[480, 720], [840, 1080]] is 08:00–12:00 and 14:00–18:00."""

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return spoken(self.name_zh, self.name_en)
