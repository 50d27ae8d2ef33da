"""Who may sign in, the tokens they carry, and the devices bound to them."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wanmi.shell.pages import spoken


class UserManager(BaseUserManager["User"]):
    """Finds people by the name they sign in with."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=username)


class User(AbstractBaseUser):
    """A person's credentials. What they may do stands in their posts (organisation)."""

    username = models.CharField(max_length=60, unique=True)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=10, blank=True)
    theme = models.CharField(max_length=10, blank=True)
    is_active = models.BooleanField(default=True)
    failed_attempts = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    objects: ClassVar[UserManager] = UserManager()

    def __str__(self) -> str:
        return self.name_zh or self.username

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return spoken(self.name_zh or self.username, self.name_en)


class Token(models.Model):
    """A bearer token; only its SHA-256 digest is kept."""

    digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    label = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    @property
    def dialog(self) -> str:
        """The id of the dialog that asks whether to end it."""
        return f"end-{self.pk}"


class DeviceState(models.TextChoices):
    """Whether a device may be used."""

    WAITING = "waiting", _("Waiting for approval")
    BOUND = "bound", _("Bound")
    REVOKED = "revoked", pgettext_lazy("device", "Revoked")


class Device(models.Model):
    """A phone bound to a person: it holds a private key, we hold the public one.

    `thumbprint` is that of RFC 7638 over the key (SHA-256, hexadecimal).
    """

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    label = models.CharField(max_length=120)
    public_key = models.JSONField()
    thumbprint = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, choices=DeviceState, default=DeviceState.WAITING)
    registered_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    """Who approved or revoked it; nobody where signing in bound it."""
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["user", "-id"], name="device_by_user")]


class Binding(models.TextChoices):
    """How a device becomes a person's own."""

    SIGN_IN = "sign_in", _("By signing in on it")
    APPROVAL = "approval", _("By an administrator's approval")


class DeviceRule(models.Model):
    """The one row that says how devices are bound and when the terminal locks itself."""

    binding = models.CharField(max_length=10, choices=Binding, default=Binding.SIGN_IN)
    lock_minutes = models.PositiveSmallIntegerField(default=10)
    """Minutes without a touch until the PIN is asked for again."""
    pin_required = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="there_is_one_device_rule", condition=models.Q(pk=1))
        ]
