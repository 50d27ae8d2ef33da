"""Procedures and their versions, and running instances."""

from typing import ClassVar

from django.db import models


class Procedure(models.Model):
    """One version of a BPMN drawing with its forms; running instances are pinned to it."""

    code = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120)
    drawing = models.TextField()
    forms = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    restores = models.PositiveIntegerField(null=True)
    """The earlier version this one brings back, if it does."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code", "version"], name="versions_of_a_procedure_differ"
            )
        ]


class ProcedureDraft(models.Model):
    """The next version of a procedure while somebody draws it; one at a time.

    `version` guards against two people saving over each other.
    """

    code = models.CharField(max_length=60, unique=True)
    drawing = models.TextField()
    forms = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    saved_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()


class DecisionTable(models.Model):
    """One version of a DMN decision table with the sample rows it was tested with.

    A sample is {"given": {input: value}, "expected": {output: value}}.
    """

    code = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120)
    source = models.TextField()
    samples = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code", "version"], name="versions_of_a_decision_table_differ"
            )
        ]


class Instance(models.Model):
    """A procedure running for a subject ("case:12").

    `state` is the engine's own, kept beside our rows and rebuilt from the
    finished tasks when it is lost; `version` guards against two writers.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=80, unique=True)
    area_path = models.CharField(max_length=160, blank=True)
    data = models.JSONField(default=dict)
    state = models.BinaryField(null=True)
    version = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=60, blank=True)


class InstanceMove(models.Model):
    """A running instance was moved to another version of its procedure."""

    instance = models.ForeignKey(Instance, on_delete=models.PROTECT, related_name="+")
    from_procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="+")
    to_procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="+")
    moved_at = models.DateTimeField()
    moved_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["instance", "id"], name="moves_by_instance")]
