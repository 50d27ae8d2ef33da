"""Asking: whose key this is, which keys there are."""

from datetime import UTC, datetime

from .actions import digest_of
from .models import ClientKey

__all__ = ["ClientKey", "client_keys", "holder_of"]


def holder_of(key: str, *, at: datetime | None = None) -> ClientKey | None:
    """Return the program that holds a key, and note the day it was used."""
    row = ClientKey.objects.filter(digest=digest_of(key), revoked_at__isnull=True).first()
    today = (at or datetime.now(UTC)).date()
    if row is not None and row.last_used_on != today:
        # Once a day, so that reading a key is no write.
        ClientKey.objects.filter(pk=row.pk).update(last_used_on=today)
    return row


def client_keys() -> list[ClientKey]:
    """Return every key, those still good first."""
    rows = ClientKey.objects.select_related("created_by").order_by("-id")
    return sorted(rows, key=lambda row: row.revoked_at is not None)
