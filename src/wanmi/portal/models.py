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


class Alert(models.Model):
    """Somebody wants to hear of what is released in an area, of some classes; no account.

    Whoever holds `token` may read and stop it. `corners` is a drawn area (WGS-84 degrees), else
    `area_path` a division's. To an address nothing but the question is sent until it is
    confirmed by what that letter alone holds. `told_until` is the release up to which it was told,
    `due_at` when it may be told next.
    """

    token = models.CharField(max_length=32, unique=True)
    email = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=8)
    site = models.CharField(max_length=200)
    area_code = models.CharField(max_length=20, blank=True)
    area_path = models.CharField(max_length=160, blank=True)
    corners = models.JSONField(default=list)
    categories = models.JSONField(default=list)
    every_days = models.PositiveSmallIntegerField(default=1)
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    told_until = models.DateTimeField()
    due_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="alert_due"),
            models.Index(fields=["email"], name="alert_by_email", condition=~Q(email="")),
        ]
