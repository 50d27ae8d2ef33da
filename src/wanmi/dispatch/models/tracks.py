"""Positions, packed; where everybody was last; what was visited, and what stood out."""

from typing import ClassVar

from django.db import models


class Terminal(models.Model):
    """A person's telephone, as it names itself; its sequence numbers only grow."""

    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    device = models.CharField(max_length=64)
    seen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "device"], name="a_terminal_is_somebodys")
        ]


class TrackPart(models.Model):
    """Positions of a stint that arrived together, as packed columns (`packing`).

    A row of its own for each position would be twenty times as large; nobody asks for one.
    """

    terminal = models.ForeignKey(
        Terminal, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    stint = models.ForeignKey(
        "dispatch.Stint", on_delete=models.PROTECT, null=True, related_name="+"
    )
    """None of what was sent off duty, while an alarm was open."""
    alarm = models.ForeignKey(
        "dispatch.Alarm", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    first_sequence = models.BigIntegerField()
    last_sequence = models.BigIntegerField()
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    count = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["terminal", "last_sequence"], name="track_by_terminal"),
            models.Index(fields=["ends_at"], name="track_by_age"),
        ]


class Whereabouts(models.Model):
    """Where a person was last; one row each, gone when the last track of theirs is."""

    person = models.OneToOneField(
        "accounts.User", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    stint = models.ForeignKey("dispatch.Stint", on_delete=models.PROTECT, null=True)
    at = models.DateTimeField()
    lon = models.FloatField()
    lat = models.FloatField()
    accuracy_m = models.FloatField(null=True)
    speed_ms = models.FloatField(null=True)
    battery = models.SmallIntegerField(null=True)


class Visit(models.Model):
    """How long a stint's person was in a unit grid: the fold of its positions."""

    stint = models.ForeignKey(
        "dispatch.Stint", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    person = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    day = models.DateField()
    grid = models.ForeignKey(
        "geography.Area", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    seconds = models.PositiveIntegerField()
    positions = models.PositiveIntegerField()
    first_at = models.DateTimeField()
    latest_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stint", "grid"], name="a_stint_visits_a_grid_once")
        ]
        indexes: ClassVar = [
            # Everything coverage asks for, in the order it is asked: the table is not read.
            models.Index(
                fields=["person", "grid", "day", "seconds", "positions", "latest_at"],
                name="visit_for_coverage",
            ),
        ]


class LapseKind(models.TextChoices):
    """What stood out in a track."""

    STAY = "stay", "Stayed in one place"
    LEAVE = "leave", "Left the duty grid"
    SILENCE = "silence", "Sent no position"


class Lapse(models.Model):
    """A stretch of a stint that broke a rule (停留、离岗、失联); open while `ends_at` is empty."""

    stint = models.ForeignKey("dispatch.Stint", on_delete=models.CASCADE, related_name="lapses")
    kind = models.CharField(max_length=8, choices=LapseKind)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    seconds = models.PositiveIntegerField()
    lon = models.FloatField()
    lat = models.FloatField()
    distance_m = models.PositiveIntegerField(default=0)
    """How far outside the duty grid at most; 0 of a stay."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["stint", "kind", "begins_at"], name="a_lapse_is_found_once"
            )
        ]
