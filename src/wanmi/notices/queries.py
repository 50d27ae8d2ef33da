"""A person's inbox, how much is unread; quiet hours, layers; letters about a subject."""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.db.models import Q, QuerySet

from .email import IDENTITY
from .models import Letter, LetterState, Notice, PushWish, QuietHours, ReminderLayer, Rhythm
from .quiet import quiet_until
from .reminding import recipients, subjects

__all__ = [
    "Letter",
    "LetterState",
    "Notice",
    "QuietHours",
    "ReminderLayer",
    "Rhythm",
    "inbox",
    "is_rung",
    "layers",
    "letter_called",
    "letter_numbered",
    "letters_about",
    "quiet_hours",
    "quiet_until",
    "recipients",
    "subjects",
    "told",
    "unread_count",
    "unsent_letters",
]


def told(user_id: int) -> QuerySet[Notice]:
    """Return a person's notices whose time has come; those of quiet hours wait until their end."""
    shown = Q(shown_from__isnull=True) | Q(shown_from__lte=datetime.now(UTC))
    return Notice.objects.filter(shown, user_id=user_id)


def inbox(user_id: int, *, before: int | None = None, limit: int = 50) -> list[Notice]:
    """Return a person's notices, newest first, those before a given one: one query."""
    rows = told(user_id).order_by("-id")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows[:limit])


def unread_count(user_id: int) -> int:
    """Return how many notices a person has not read."""
    return told(user_id).filter(read_at__isnull=True).count()


def quiet_hours(user_id: int) -> QuietHours | None:
    """Return when a person wants to be left in peace."""
    return QuietHours.objects.filter(pk=user_id).first()


def layers() -> list[ReminderLayer]:
    """Return the layers of reminders, in the order they were made."""
    return list(ReminderLayer.objects.prefetch_related("people").order_by("id"))


def letters_about(subjects: Iterable[str]) -> list[Letter]:
    """Return the letters about some subjects, oldest first."""
    return list(Letter.objects.filter(about__in=list(subjects)).order_by("id"))


def unsent_letters() -> QuerySet[Letter]:
    """Return the letters that have not left: waiting, on their way, failed."""
    return Letter.objects.exclude(state=LetterState.SENT)


def letter_called(identity: str) -> Letter | None:
    """Return the e-mail we sent under a Message-ID."""
    key = IDENTITY.match(identity.strip())
    if key is None:
        return None
    rows = Letter.objects.filter(pk=int(key[1]), channel="email")
    return rows.filter(outside_id=identity.strip()).first()


def letter_numbered(key: int, channel: str) -> Letter | None:
    """Return a letter of a channel by its key."""
    return Letter.objects.filter(pk=key, channel=channel).first()


def is_rung(topic: str) -> bool:
    """Say whether any browser is rung about a topic."""
    return PushWish.objects.filter(topic=topic).exists()
