"""Telling people, and marking what they have read; letters; who hears of what on live pages.

Also browsers that are rung, when people are left in peace, and the layers of reminders.
"""

from datetime import UTC, datetime, time

from wanmi.accounts import queries as accounts

from .letters import (
    Channel,
    Undeliverable,
    UnknownChannel,
    came_back,
    forget_letters,
    handed_over,
    has_channel,
    knows_channel,
    offer_channel,
    post_letter,
    send_again,
)
from .live.hearing import let_hear
from .models import Letter, Notice, QuietHours
from .push.ringing import ring
from .push.subscribing import (
    Browser,
    UnusableSubscription,
    drop_topic,
    subscribe,
    topic_of_user,
    unsubscribe,
)
from .push.subscribing import token as push_token
from .queries import told
from .quiet import use_calendar
from .reminding import (
    Digest,
    drop_layer,
    enter_layers,
    offer_digest,
    remind,
    set_layer,
    take_layers,
)
from .telling import gather, tell
from .wording import Wording, fill, offer_wording, placeholders

__all__ = [
    "Browser",
    "Channel",
    "Digest",
    "Letter",
    "Undeliverable",
    "UnknownChannel",
    "UnusableSubscription",
    "Wording",
    "came_back",
    "drop_layer",
    "drop_topic",
    "enter_layers",
    "fill",
    "forget_letters",
    "gather",
    "handed_over",
    "has_channel",
    "knows_channel",
    "let_hear",
    "mark_all_read",
    "mark_read",
    "offer_channel",
    "offer_digest",
    "offer_wording",
    "placeholders",
    "post_letter",
    "push_token",
    "remind",
    "ring",
    "send_again",
    "set_layer",
    "set_quiet_hours",
    "subscribe",
    "take_layers",
    "tell",
    "topic_of_user",
    "unsubscribe",
    "use_calendar",
]


def mark_read(key: int, *, by: accounts.User, at: datetime | None = None) -> Notice | None:
    """Mark one of a person's own notices as read; None if it is not theirs."""
    notice = Notice.objects.filter(pk=key, user=by).first()
    if notice is not None and notice.read_at is None:
        notice.read_at = at or datetime.now(UTC)
        Notice.objects.filter(pk=key, read_at__isnull=True).update(read_at=notice.read_at)
    return notice


def mark_all_read(*, by: accounts.User, at: datetime | None = None) -> int:
    """Mark all of a person's notices as read; return how many were not."""
    unread = told(by.pk).filter(read_at__isnull=True)
    return unread.update(read_at=at or datetime.now(UTC))


def set_quiet_hours(
    *, by: accounts.User, from_time: time, to_time: time, days_off: bool = False
) -> QuietHours:
    """Say when a person is left in peace, city time; the same time twice is no time of day."""
    row, _ = QuietHours.objects.update_or_create(
        user=by,
        defaults={"from_time": from_time, "to_time": to_time, "is_quiet_on_days_off": days_off},
    )
    return row
