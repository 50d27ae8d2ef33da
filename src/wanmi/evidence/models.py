"""Media under their digest, and what they are evidence of."""

from typing import ClassVar

from django.db import models


class Media(models.Model):
    """One uploaded original. The file lies under its SHA-256 and is never overwritten.

    `claims` is what the file says of itself (EXIF time, place, device): a
    claim, not a fact. The display copy carries no metadata.
    """

    sha256 = models.CharField(max_length=64, db_index=True)
    size_bytes = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=60)
    name = models.CharField(max_length=160, blank=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    original = models.CharField(max_length=200)
    display = models.CharField(max_length=200, blank=True)
    thumbnail = models.CharField(max_length=200, blank=True)
    claims = models.JSONField(default=dict)
    salt = models.CharField(max_length=32)
    uploaded_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    uploaded_at = models.DateTimeField()


class Attachment(models.Model):
    """A medium attached to a subject for a purpose (near, far, reference, before, after)."""

    media = models.ForeignKey(Media, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=80)
    purpose = models.CharField(max_length=20)
    step = models.CharField(max_length=60, blank=True)
    attached_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    attached_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["subject"], name="attachment_by_subject")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject", "media", "purpose"], name="a_medium_is_attached_once"
            )
        ]


class Upload(models.Model):
    """A file that arrives in pieces (tus 1.0); its medium once it is whole.

    `sha256` is what the sender says the whole file has; `said` what they say of its making.
    """

    name = models.CharField(max_length=32, unique=True)
    sender_key = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    file_name = models.CharField(max_length=160, blank=True)
    said = models.JSONField(default=dict)
    size_bytes = models.PositiveBigIntegerField()
    offset = models.PositiveBigIntegerField(default=0)
    uploaded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    touched_at = models.DateTimeField(db_index=True)
    media = models.ForeignKey(Media, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["uploaded_by", "sender_key"],
                condition=~models.Q(sender_key=""),
                name="an_upload_is_begun_once_for_a_key",
            ),
            models.CheckConstraint(
                condition=models.Q(offset__lte=models.F("size_bytes")),
                name="an_upload_holds_no_more_than_its_size",
            ),
        ]
