"""What the public sees: released matters, redacted photographs, complaints about them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Release(models.Model):
    """A matter as everybody may see it: what its reporter agreed to and a clerk let out.

    `code` names it in public and leads to nothing else. The point is rounded
    (CGCS2000 degrees). A withdrawn one is shown to nobody and stays for the record.
    """

    code = models.CharField(max_length=16, unique=True)
    contact = models.OneToOneField("intake.Contact", on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    place = models.CharField(max_length=120, blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    area_path = models.CharField(max_length=160, blank=True)
    released_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["-id"], name="release_shown", condition=Q(withdrawn_at=None)),
            models.Index(fields=["area_path"], name="release_by_path"),
        ]

    def __str__(self) -> str:
        return self.code


class ReleasedPicture(models.Model):
    """A photograph made unreadable where it must be; the original stays evidence, unseen.

    `boxes` are the parts that were hidden: x, y, width, height as shares of the picture.
    """

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="pictures")
    original = models.ForeignKey("evidence.Media", on_delete=models.PROTECT, related_name="+")
    copy = models.ForeignKey("evidence.Media", on_delete=models.PROTECT, related_name="+")
    boxes = models.JSONField(default=list)
    released_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["release", "original"], name="a_photograph_is_released_once"
            )
        ]


class Complaint(models.Model):
    """Somebody says that a released matter should not be shown."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="complaints")
    words = models.TextField()
    salt = models.CharField(max_length=32)
    at = models.DateTimeField()
    settled_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["id"], name="complaint_open", condition=Q(settled_at=None))
        ]
