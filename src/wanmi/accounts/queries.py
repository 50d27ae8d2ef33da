"""Looking people up."""

from .models import User

__all__ = ["User", "by_username", "people"]


def by_username(username: str) -> User | None:
    """Return the active account with this sign-in name."""
    return User.objects.filter(username=username, is_active=True).first()


def people(ids: set[int]) -> dict[int, User]:
    """Return the accounts with these keys, in one query."""
    return {user.pk: user for user in User.objects.filter(pk__in=ids)}
