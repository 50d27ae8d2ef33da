"""Programs of others that may bring something, by the key they show."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class ClientKey(models.Model):
    """A key that a program shows when it brings reports; only its digest is kept."""

    name = models.CharField(max_length=80)
    contact = models.EmailField(blank=True)
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=8)
    """The first characters, by which people tell keys apart."""
    created_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    last_used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(revoked_at__isnull=True),
                name="a_program_has_one_key_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return self.name


class WorkOrder(models.Model):
    """An order of another platform: one matter with three limits, signed for or returned.

    Its words, its person and its answer are the contact's. Moments in UTC; an
    empty moment has not been reached.
    """

    contact = models.OneToOneField("intake.Contact", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=100, unique=True)
    """What the platform calls it."""
    received_at = models.DateTimeField()
    sign_by = models.DateTimeField()
    contact_by = models.DateTimeField()
    reply_by = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    contacted_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_returned_order_has_its_reason",
                condition=Q(returned_at__isnull=True) | ~Q(reason=""),
            )
        ]

    def __str__(self) -> str:
        return self.number
