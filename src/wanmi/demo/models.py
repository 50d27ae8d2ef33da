"""The mark that makes a database a demo database."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class DemoCity(models.Model):
    """The one demo city of a database: what it was drawn from and how far it is built.

    Without this row the demo password opens nothing.
    """

    seed = models.PositiveIntegerField()
    size = models.CharField(max_length=10)
    begun_at = models.DateTimeField()
    built_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(id=1), name="a_database_holds_one_demo_city")
        ]
