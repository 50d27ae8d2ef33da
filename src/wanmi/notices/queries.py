"""A person's inbox: newest first, and how many are unread; letters about a subject."""

from collections.abc import Iterable

from django.db.models import QuerySet

from .models import Letter, LetterState, Notice

__all__ = [
    "Letter",
    "LetterState",
    "Notice",
    "inbox",
    "letters_about",
    "unread_count",
    "unsent_letters",
]


def inbox(user_id: int, *, before: int | None = None, limit: int = 50) -> list[Notice]:
    """Return a person's notices, newest first, those before a given one: one query."""
    rows = Notice.objects.filter(user_id=user_id).order_by("-id")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows[:limit])


def unread_count(user_id: int) -> int:
    """Return how many notices a person has not read."""
    return Notice.objects.filter(user_id=user_id, read_at__isnull=True).count()


def letters_about(subjects: Iterable[str]) -> list[Letter]:
    """Return the letters about some subjects, oldest first."""
    return list(Letter.objects.filter(about__in=list(subjects)).order_by("id"))


def unsent_letters() -> QuerySet[Letter]:
    """Return the letters that have not left: waiting, on their way, failed."""
    return Letter.objects.exclude(state=LetterState.SENT)
