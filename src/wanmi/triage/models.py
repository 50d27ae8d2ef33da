"""What was learnt and when, and what people made of what was suggested."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class State(models.TextChoices):
    """How far the training of a version has come."""

    ASKED = "asked", "Asked for"
    RUNNING = "running", "Being trained"
    READY = "ready", "Trained"
    FAILED = "failed", "Failed"


class Model(models.Model):
    """A version of what was learnt: from how many examples, how it did on those held out.

    `figures` has one entry a target ("category", "department", "urgency"), as
    `measuring.Figures` says. At most one version is in force.
    """

    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    percent = models.PositiveSmallIntegerField(default=0)
    """How much of the training is done, for who waits."""
    seed = models.PositiveIntegerField(default=1)
    asked_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    """Who asked for it; None where it was the city's own rhythm or a command."""
    asked_at = models.DateTimeField()
    trained_at = models.DateTimeField(null=True)
    own_examples = models.PositiveIntegerField(default=0)
    starter_examples = models.PositiveIntegerField(default=0)
    newest_case = models.BigIntegerField(default=0)
    """The key of the newest case it knows; later ones are new to it."""
    figures = models.JSONField(default=dict)
    weights = models.BinaryField(null=True)
    is_in_force = models.BooleanField(default=False)
    in_force_since = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["is_in_force"],
                condition=Q(is_in_force=True),
                name="one_version_is_in_force",
            ),
            models.CheckConstraint(
                name="what_is_in_force_was_trained",
                condition=Q(is_in_force=False) | Q(weights__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"v{self.pk}"


class Judgement(models.Model):
    """Somebody was shown suggestions and chose: an example for the next training.

    `words` are masked. `rank` is the place of the choice among those shown, 0
    where it was none of them. `suggested` is [[label, probability], …].
    """

    model = models.ForeignKey(Model, on_delete=models.PROTECT, related_name="+")
    target = models.CharField(max_length=10)
    words = models.TextField()
    area_path = models.CharField(max_length=160, blank=True)
    said_at = models.DateTimeField()
    suggested = models.JSONField()
    chosen = models.CharField(max_length=60)
    rank = models.PositiveSmallIntegerField()
    judged_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    judged_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["target", "-id"], name="judgement_by_target")]
