"""Bodies on three levels, their posts, and who holds a post."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wanmi.shell.pages import spoken


class BodyKind(models.TextChoices):
    """Supervision and command are two axes; they are never one body's two hats by accident."""

    BUREAU = "bureau", _("Bureau")
    SUPERVISION_CENTRE = "supervision_centre", _("Supervision centre")
    COMMAND_CENTRE = "command_centre", _("Command centre")
    DEPARTMENT = "department", _("Handling department")
    STREET_OFFICE = "street_office", _("Street office")
    BRIGADE = "brigade", _("Enforcement brigade")
    COMPANY = "company", _("Company under contract")


class Level(models.TextChoices):
    """City, district and street level."""

    CITY = "city", pgettext_lazy("level", "City")
    DISTRICT = "district", pgettext_lazy("level", "District")
    STREET = "street", pgettext_lazy("level", "Street")


class Body(models.Model):
    """An organisation that answers for an area: `area_path` and everything below it."""

    code = models.CharField(max_length=40, unique=True)
    credit_code = models.CharField(max_length=18, blank=True)
    kind = models.CharField(max_length=20, choices=BodyKind)
    level = models.CharField(max_length=10, choices=Level)
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=160, blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    area_path = models.CharField(max_length=160, db_index=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["credit_code"],
                condition=~Q(credit_code=""),
                name="one_body_per_social_credit_code",
            )
        ]

    def __str__(self) -> str:
        return self.name_zh

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return spoken(self.name_zh, self.name_en)


class Role(models.Model):
    """What a kind of post may do: a list of duties (rights by name)."""

    code = models.CharField(max_length=30, unique=True)
    name_zh = models.CharField(max_length=40)
    name_en = models.CharField(max_length=60)
    duties = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.name_zh

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return spoken(self.name_zh, self.name_en)


class Shipped(models.Model):
    """A duty or role that a release has brought into this installation ("duty cases.see").

    What stands here was offered once; if the city has taken it away since, it stays away.
    """

    name = models.CharField(max_length=80, primary_key=True)
    at = models.DateTimeField(auto_now_add=True)


class Post(models.Model):
    """A place in a body that carries a role; tasks go to posts, not to names."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="+")
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True)
    area_path = models.CharField(max_length=160)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["body", "role", "area_path", "name_zh"], name="posts_of_a_body_differ"
            )
        ]

    def __str__(self) -> str:
        return self.name_zh

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return spoken(self.name_zh, self.name_en)


class Appointment(models.Model):
    """A person holding a post between two dates."""

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "post"],
                condition=Q(valid_to__isnull=True),
                name="a_person_holds_a_post_once",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["user", "valid_to"], name="appointment_by_user")]


class Deputy(models.Model):
    """Somebody who works certain tasks of a post in its holder's place between two dates.

    It ends by itself after `valid_to`, with the appointment, or when it is withdrawn.
    """

    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    works = models.JSONField(default=list)
    note = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField()
    named_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_deputy_ends_after_beginning",
                condition=Q(valid_to__gte=models.F("valid_from")),
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["user", "valid_to"],
                name="deputy_by_user",
                condition=Q(withdrawn_at__isnull=True),
            )
        ]


class DutyGridPost(models.Model):
    """The post that is responsible for a duty grid."""

    duty_grid = models.OneToOneField("geography.Area", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")


from .saved.models import FirstView, SavedView  # noqa: E402, F401  # tables of this room
