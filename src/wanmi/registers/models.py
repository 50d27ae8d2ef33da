"""Parts, every change made to them, and changes that are proposed."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wanmi.shell.pages import spoken


class PartState(models.TextChoices):
    """States of a part (GB/T 47678.5 table 2)."""

    INTACT = "intact", _("Intact")
    DAMAGED = "damaged", _("Damaged")
    LOST = "lost", _("Lost")
    ABANDONED = "abandoned", _("Abandoned")
    REMOVED = "removed", _("Removed")


class Part(models.Model):
    """A public facility with a code and a place; point in CGCS2000 degrees, shape as WKB."""

    identifier = models.CharField(max_length=20, unique=True)
    category = models.ForeignKey("catalogue.Category", on_delete=models.PROTECT, related_name="+")
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=100, blank=True)
    division_code = models.CharField(max_length=6)
    sequence = models.PositiveIntegerField()
    department_code = models.CharField(max_length=18, blank=True)
    department_name = models.CharField(max_length=100, blank=True)
    owner_code = models.CharField(max_length=18, blank=True)
    owner_name = models.CharField(max_length=100, blank=True)
    maintainer_code = models.CharField(max_length=18, blank=True)
    maintainer_name = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=10, choices=PartState, default=PartState.INTACT)
    initial_date = models.DateField()
    change_date = models.DateField(null=True)
    data_source = models.CharField(max_length=30, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    position_class = models.CharField(max_length=1, blank=True)
    shape = models.BinaryField(null=True)
    lon = models.FloatField()
    lat = models.FloatField()
    cell = models.BigIntegerField(db_index=True)
    grid_code = models.CharField(max_length=20, blank=True)
    area_path = models.CharField(max_length=160, blank=True, db_index=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["division_code", "category", "sequence"],
                name="part_numbers_are_never_reused",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["sequence"], name="part_by_number")]

    def __str__(self) -> str:
        return f"{self.identifier} {self.name_zh}"

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return spoken(self.name_zh, self.name_en)

    @property
    def is_retired(self) -> bool:
        """Whether the part has been taken out for good."""
        return self.state == PartState.REMOVED


class PartNumber(models.Model):
    """The last sequence number given to a class in a division; numbers are never given again."""

    division_code = models.CharField(max_length=6)
    category = models.ForeignKey("catalogue.Category", on_delete=models.PROTECT, related_name="+")
    last = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["division_code", "category"], name="one_count_per_division_and_class"
            )
        ]


class Operation(models.TextChoices):
    """What was done to a part."""

    STATE = "state", _("State changed")
    MOVE = "move", _("Moved")
    CORRECT = "correct", _("Corrected")
    RETIRE = "retire", _("Taken out")
    IMPORT = "import", _("Changed by an import")


class PartChange(models.Model):
    """One change of a part with its reason; the history of the register."""

    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    operation = models.CharField(max_length=20, choices=Operation)
    reason = models.CharField(max_length=400, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["part", "-id"], name="change_by_part")]


class RequestKind(models.TextChoices):
    """What is proposed for a part."""

    ADD = "add", _("Add")
    MOVE = "move", pgettext_lazy("part", "Move")
    STATE = "state", _("Change the state")
    CORRECT = "correct", _("Correct the facts")
    RETIRE = "retire", _("Take out")


class RequestState(models.TextChoices):
    """Where a proposed change of the register stands."""

    WAITING = "waiting", _("Waiting for a decision")
    APPROVED = "approved", _("Approved and written")
    REFUSED = "refused", pgettext_lazy("part", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("part", "Taken back")


class PartRequest(models.Model):
    """A change of the register proposed by somebody and decided by somebody else.

    `before` is what the fields in `after` were when the part was seen; the
    point is where the part is proposed to stand, in degrees CGCS2000. A part
    to be added has no row of the register until the request is approved.
    """

    number = models.CharField(max_length=20, unique=True, null=True)
    kind = models.CharField(max_length=10, choices=RequestKind)
    part = models.ForeignKey(Part, on_delete=models.PROTECT, null=True, related_name="+")
    category = models.ForeignKey("catalogue.Category", on_delete=models.PROTECT, related_name="+")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.CharField(max_length=400)
    origin = models.CharField(max_length=40, blank=True)
    """What it was proposed for, as in "survey_share:7"; empty for itself."""
    lon = models.FloatField()
    lat = models.FloatField()
    cell = models.BigIntegerField()
    area_path = models.CharField(max_length=160)
    owner = models.ForeignKey(
        "organisation.Body", on_delete=models.PROTECT, null=True, related_name="+"
    )
    """The owning department that decides first; without one the centre does."""
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.WAITING)
    proposed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    words = models.TextField(blank=True)
    change = models.OneToOneField(PartChange, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["area_path", "-id"], name="part_request_by_area"),
            models.Index(fields=["part", "-id"], name="part_request_by_part"),
            models.Index(fields=["origin"], name="part_request_by_origin"),
        ]

    def __str__(self) -> str:
        return self.number or ""

    @property
    def subject(self) -> str:
        """The name of the request as tasks and evidence know it."""
        return f"part_request:{self.pk}"

    @property
    def name(self) -> str:
        """What the part is or will be called, in the reader's language."""
        if self.part is not None:
            return self.part.name
        given = spoken(self.after.get("name_zh", ""), self.after.get("name_en", ""))
        return given or self.category.name
