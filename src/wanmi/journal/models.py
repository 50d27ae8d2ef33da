"""The chain of events, its head, and the rows by which news travels on."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class JournalEntry(models.Model):
    """One event that happened; never changed, never deleted.

    Holds no personal data: a name, phone or free text stands in its own row
    and only its salted digest stands here. `number` is gapless and follows the
    order of commits, since the head row is locked while it is drawn.
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=80)
    subject = models.CharField(max_length=80)
    actor = models.CharField(max_length=80)
    area_path = models.CharField(max_length=160, blank=True)
    data = models.JSONField()
    previous_hash = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["subject", "number"], name="entry_by_subject"),
            models.Index(fields=["kind", "number"], name="entry_by_kind"),
        ]


class JournalHead(models.Model):
    """The last number and hash: one row, locked by whoever appends."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(default=0)
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="journal_has_one_head", condition=Q(id=1))
        ]


class ListenerPosition(models.Model):
    """How far a listener has heard; moved in the transaction of what it did."""

    name = models.CharField(max_length=120, primary_key=True)
    number = models.BigIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)


class Job(models.Model):
    """Work to be done at least once: leased, retried with back-off, re-dated if periodic."""

    name = models.CharField(max_length=120)
    key = models.CharField(max_length=200, unique=True, null=True)
    payload = models.JSONField(default=dict)
    due_at = models.DateTimeField()
    every_seconds = models.PositiveIntegerField(null=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"],
                name="job_open_by_due",
                condition=Q(done_at__isnull=True, dead_at__isnull=True),
            )
        ]


class IdempotencyKey(models.Model):
    """An answer already given, so that a repeated request gets it again."""

    actor = models.CharField(max_length=80)
    key = models.CharField(max_length=120)
    request_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    answer = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["actor", "key"], name="one_answer_per_actor_and_key")
        ]


class Allowance(models.Model):
    """Until when the allowance of a rate limit's key is used up, in seconds since 1970.

    `key` is a keyed digest, never an address or a name.
    """

    key = models.CharField(max_length=64, primary_key=True)
    used_until = models.FloatField(db_index=True)
