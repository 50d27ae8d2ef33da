"""Looking people up."""

from typing import cast

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from . import actions
from .binding import is_revoked, require_bound
from .devices import rule as device_rule
from .models import Binding, Device, DeviceRule, DeviceState, Token, User

__all__ = [
    "Binding",
    "Device",
    "DeviceRule",
    "DeviceState",
    "Token",
    "User",
    "account",
    "anybody",
    "by_username",
    "caller",
    "device_rule",
    "devices_of",
    "every_device",
    "is_revoked",
    "people",
    "reader",
    "require_bound",
    "tokens_of",
]


def caller(request: HttpRequest) -> User | None:
    """Return who sends a request, by bearer token or by session; None for nobody."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme:
        return actions.bearer(secret.strip()) if scheme.lower() == "bearer" else None
    user = request.user
    return user if isinstance(user, User) and user.is_active else None


def reader(request: HttpRequest) -> User:
    """Return who reads a page or calls the API, where only signed-in people come."""
    return cast(User, request.user)


def by_username(username: str) -> User | None:
    """Return the active account with this sign-in name."""
    return User.objects.filter(username=username, is_active=True).first()


def account(username: str) -> User | None:
    """Return the account with this sign-in name, locked or not."""
    return User.objects.filter(username=username).first()


def people(ids: set[int]) -> dict[int, User]:
    """Return the accounts with these keys, in one query."""
    return {user.pk: user for user in User.objects.filter(pk__in=ids)}


def anybody() -> bool:
    """Say whether there is any account at all."""
    return User.objects.exists()


def tokens_of(user: User) -> QuerySet[Token]:
    """Return the tokens of a person that open something today, the newest first."""
    living = Token.objects.filter(user=user, revoked_at__isnull=True)
    return living.filter(expires_at__gt=timezone.now()).order_by("-pk")


def devices_of(user: User) -> QuerySet[Device]:
    """Return the devices of a person that are not revoked, the newest first."""
    return every_device().filter(user=user).exclude(state=DeviceState.REVOKED)


def every_device() -> QuerySet[Device]:
    """Return all devices with their people, the newest first: for who looks after accounts."""
    return Device.objects.select_related("user", "decided_by").order_by("-pk")
