"""A view kept of a list, and which one opens first for whom."""

from typing import ClassVar

from django.db import models


class SavedView(models.Model):
    """Filters and order of a list as they stand in its address, under a name.

    Shared with a post, whoever holds the post finds it too. It opens nothing:
    each reader's list is still that of their own areas and duties.
    """

    owner = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    listing = models.CharField(max_length=30)
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=1000)
    post = models.ForeignKey(
        "organisation.Post", on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["owner", "listing", "name"], name="a_person_names_a_view_once"
            )
        ]


class FirstView(models.Model):
    """The view that opens first when a person opens a list."""

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    listing = models.CharField(max_length=30)
    view = models.ForeignKey(SavedView, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "listing"], name="one_view_opens_first")
        ]
