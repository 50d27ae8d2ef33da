"""A person's inbox: newest first, and how many are unread."""

from .models import Notice

__all__ = ["Notice", "inbox", "unread_count"]


def inbox(user_id: int, *, before: int | None = None, limit: int = 50) -> list[Notice]:
    """Return a person's notices, newest first, those before a given one: one query."""
    rows = Notice.objects.filter(user_id=user_id).order_by("-id")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows[:limit])


def unread_count(user_id: int) -> int:
    """Return how many notices a person has not read."""
    return Notice.objects.filter(user_id=user_id, read_at__isnull=True).count()
