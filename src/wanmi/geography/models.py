"""Areas of every kind, the grids a duty grid is made of, and named places."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class AreaKind(models.TextChoices):
    """Levels of the land, from the country's provinces down to the unit grid."""

    PROVINCE = "province", _("Province")
    CITY = "city", _("City")
    DISTRICT = "district", _("District")
    STREET = "street", _("Street or town")
    COMMUNITY = "community", _("Community or village")
    UNIT_GRID = "unit_grid", _("Unit grid")
    DUTY_GRID = "duty_grid", _("Duty grid")


class Area(models.Model):
    """A division, unit grid or duty grid, valid between two dates.

    `path` holds the codes of all ancestors and its own, each followed by "/":
    scope is a prefix of it. Components of the code stand in columns and are
    never cut out of it (GB/T 30428.1; local codes deviate). Boundaries are
    WKB in CGCS2000 degrees; `area_m2` in square metres.
    """

    kind = models.CharField(max_length=12, choices=AreaKind)
    code = models.CharField(max_length=20)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120, blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    path = models.CharField(max_length=160)
    division_code = models.CharField(max_length=6, blank=True)
    street_code = models.CharField(max_length=4, blank=True)
    community_code = models.CharField(max_length=4, blank=True)
    sequence = models.CharField(max_length=4, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    boundary = models.BinaryField(null=True)
    west = models.FloatField(null=True)
    south = models.FloatField(null=True)
    east = models.FloatField(null=True)
    north = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    cell = models.BigIntegerField(null=True)
    area_m2 = models.FloatField(null=True)
    land_use = models.CharField(max_length=20, blank=True)
    region_class = models.CharField(max_length=8, blank=True)
    responsible_body = models.CharField(max_length=18, blank=True)
    is_draft = models.BooleanField(default=False)
    note = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "code"],
                condition=Q(valid_to__isnull=True),
                name="one_valid_area_per_kind_and_code",
            ),
            models.CheckConstraint(
                name="area_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["path"], name="area_by_path"),
            models.Index(fields=["code"], name="area_by_code"),
            models.Index(fields=["parent", "kind"], name="area_by_parent"),
            models.Index(fields=["kind", "cell"], name="area_by_cell"),
        ]

    def __str__(self) -> str:
        return f"{self.name_zh} {self.code}"

    @property
    def name(self) -> str:
        """Return the name in the reader's language."""
        english = (get_language() or "").startswith("en")
        return (self.name_en or self.name_zh) if english else self.name_zh


class DutyGridMember(models.Model):
    """A unit grid given to a duty grid between two dates."""

    duty_grid = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    unit_grid = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit_grid"],
                condition=Q(valid_to__isnull=True),
                name="a_unit_grid_stands_in_one_duty_grid",
            )
        ]


class PlaceKind(models.TextChoices):
    """Types of base place (GB/T 30428.3)."""

    REGION = "region", _("Region")
    ZONE = "zone", _("Zone")
    BLOCK = "block", _("Block")
    STREET_LANE = "street_lane", _("Street or lane")
    DOOR_PLATE = "door_plate", _("Door or building plate")
    POI = "poi", _("Point of interest")


class Place(models.Model):
    """A named place with a locating point (CGCS2000 degrees) and, where known, a shape."""

    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=12, choices=PlaceKind)
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160, blank=True)
    aliases = models.JSONField(default=list)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    number = models.CharField(max_length=20, blank=True)
    shape = models.BinaryField(null=True)
    lon = models.FloatField()
    lat = models.FloatField()
    cell = models.BigIntegerField(db_index=True)
    grid_code = models.CharField(max_length=20, blank=True)
    area_path = models.CharField(max_length=160, blank=True, db_index=True)
    words = models.TextField(blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    source = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["kind", "name_zh"], name="place_by_name")]


class AreasVersion(models.Model):
    """A token that changes whenever areas do: one row, read by every process that keeps them.

    A random token and no counter, since a change that was rolled back must not
    leave its number to a different change.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    token = models.CharField(max_length=32)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="areas_have_one_version", condition=Q(id=1))
        ]


class PointCount(models.Model):
    """How many points of a map layer lie in a cell: kept, so that a low zoom need not count.

    `level` is the zoom of `cell`; a row counts the points of one street (or of
    the deepest area above it) so that scope still applies. `lon`, `lat`: the
    mean of the points; `worst`: the highest lamp (0 none, 1 in time, 2 soon, 3 overdue).
    """

    layer = models.CharField(max_length=20)
    level = models.PositiveSmallIntegerField()
    cell = models.BigIntegerField()
    area_path = models.CharField(max_length=160, blank=True)
    count = models.PositiveIntegerField()
    worst = models.PositiveSmallIntegerField()
    lon = models.FloatField()
    lat = models.FloatField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["layer", "level", "cell", "area_path"],
                name="one_count_per_layer_cell_and_area",
            )
        ]


class KeptLayer(models.Model):
    """A map layer whose counts are kept, and the moment up to which lamps are counted."""

    layer = models.CharField(max_length=20, primary_key=True)
    counted_at = models.DateTimeField()
