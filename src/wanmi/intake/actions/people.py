"""Senders: kept apart, blocked when they abuse the doors, forgotten when their time is over."""

from dataclasses import dataclass
from datetime import UTC, datetime

from wanmi.accounts.queries import User
from wanmi.journal import actions as journal
from wanmi.kernel.errors import NotAllowed, NotFound
from wanmi.kernel.text import clean_line

from .. import events, models, rules


class Blocked(NotAllowed):
    """Messages from this sender are no longer taken; the bureau can be reached by phone."""

    code = "sender_blocked"


@dataclass(frozen=True)
class Sender:
    """Who speaks, as far as they said; `chat` is another platform's name for them."""

    name: str = ""
    phone: str = ""
    email: str = ""
    chat: str = ""
    language: str = "zh-hans"

    def row(self) -> models.Sender | None:
        """Return the row of what was said, None of somebody anonymous. Raises UnusableText."""
        given = {
            "name": clean_line(self.name, max_length=60),
            "phone": rules.plain_phone(self.phone),
            "email": clean_line(rules.plain_email(self.email), max_length=254),
            "chat": clean_line(self.chat, max_length=120),
        }
        return models.Sender(**given) if any(given.values()) else None


def sender_of(contact: models.Contact) -> Sender:
    """Return who brought a matter, as far as it is still known."""
    row = contact.said_by
    said = (row.name, row.phone, row.email, row.chat) if row else ("",) * 4
    return Sender(*said, language=contact.language)


def require_welcome(row: models.Sender | None) -> None:
    """Refuse somebody one of whose addresses is blocked. Raises Blocked."""
    handles = rules.handles(row) if row is not None else []
    if handles and models.Block.objects.filter(handle__in=handles).exists():
        raise Blocked


@journal.deed()
def block(
    sender: models.Sender, reason: str, *, by: User, at: datetime | None = None
) -> list[models.Block]:
    """Take nothing more from any of somebody's addresses. Raises NotFound of none."""
    at = at or datetime.now(UTC)
    handles = rules.handles(sender)
    if not handles:
        raise NotFound
    rows = []
    for handle in handles:
        row, is_new = models.Block.objects.get_or_create(
            handle=handle,
            defaults={"reason": clean_line(reason), "blocked_by": by, "blocked_at": at},
        )
        if is_new:
            journal.publish(events.SenderBlocked(row.pk), by=by, at=at)
        rows.append(row)
    return rows


@journal.deed()
def lift(row: models.Block, *, by: User, at: datetime | None = None) -> None:
    """Take a block back."""
    key = row.pk
    row.delete()
    journal.publish(events.SenderLetIn(key), by=by, at=at)


@journal.deed()
def forget(contact: models.Contact, *, by: User | None, at: datetime | None = None) -> None:
    """Delete who brought a matter; the matter stays. Nothing happens a second time."""
    deleted, _ = models.Sender.objects.filter(contact=contact).delete()
    if deleted:
        journal.publish(events.SenderForgotten(contact.pk, contact.number), by=by, at=at)
