"""Browsers that asked to be rung, and what about."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from django.core import signing

from wanmi.journal import actions as journal
from wanmi.kernel.errors import Invalid
from wanmi.kernel.text import clean_line

from ..models import PushAddress, PushWish
from .reaching import looks_right
from .sealing import read_point, unb64

MOST_BROWSERS = 10
"""Browsers one topic rings; the oldest gives way."""
TOKEN_SECONDS = 30 * 86_400
_SALT = "wanmi.notices.push"
_SECRET_BYTES = 16


class UnusableSubscription(Invalid):
    """Your browser gave no address of a push service that can be used."""

    code = "unusable_subscription"


@dataclass(frozen=True)
class Browser:
    """What `PushSubscription.toJSON()` says of a browser: where it is reached, and its keys."""

    endpoint: str
    p256dh: str
    auth: str
    language: str = "zh-hans"


def token(topic: str) -> str:
    """Return what lets whoever sees it be rung about a topic ("contact:12"); good for 30 days."""
    return signing.dumps(topic, salt=_SALT)


def topic_of(text: str) -> str:
    """Return the topic of a token. Raises UnusableSubscription of one that is not ours or old."""
    try:
        return str(signing.loads(text, salt=_SALT, max_age=TOKEN_SECONDS))
    except signing.BadSignature as error:
        raise UnusableSubscription from error


def topic_of_user(key: int) -> str:
    """Return the topic of a person's inbox."""
    return f"user:{key}"


@journal.deed()
def subscribe(
    browser: Browser, topic: str, *, link: str = "", at: datetime | None = None
) -> PushWish:
    """Have a browser rung about a topic; twice is once.

    `link` is the page of ours that opens. A browser rings for one inbox alone:
    whoever signed in last. Raises UnusableSubscription.
    """
    at = at or datetime.now(UTC)
    address = _address(browser, at)
    if topic.startswith("user:"):
        others = PushWish.objects.filter(address=address, topic__startswith="user:")
        others.exclude(topic=topic).delete()
    link = clean_line(link, max_length=200)
    wish, _ = PushWish.objects.update_or_create(
        address=address, topic=topic, defaults={"link": link if _is_path(link) else "", "at": at}
    )
    _make_room(topic)
    return wish


@journal.deed()
def unsubscribe(endpoint: str, topic: str = "") -> None:
    """Ring a browser no more about a topic, or about nothing; what is gone is gone."""
    wishes = PushWish.objects.filter(address__digest=digest(endpoint))
    (wishes.filter(topic=topic) if topic else wishes).delete()
    _sweep()


@journal.deed()
def drop_topic(topic: str) -> None:
    """Ring nobody about a topic any more."""
    PushWish.objects.filter(topic=topic).delete()
    _sweep()


def is_subscribed(endpoint: str, topic: str) -> bool:
    """Say whether a browser is rung about a topic."""
    return PushWish.objects.filter(address__digest=digest(endpoint), topic=topic).exists()


def digest(endpoint: str) -> str:
    """Return what an endpoint is found by."""
    return hashlib.sha256(endpoint.encode(errors="replace")).hexdigest()


def _address(browser: Browser, at: datetime) -> PushAddress:
    if not looks_right(browser.endpoint):
        raise UnusableSubscription
    try:
        read_point(unb64(browser.p256dh))
        is_secret = len(unb64(browser.auth)) == _SECRET_BYTES
    except ValueError as error:
        raise UnusableSubscription from error
    if not is_secret:
        raise UnusableSubscription
    given = {
        "endpoint": browser.endpoint,
        "p256dh": browser.p256dh.rstrip("="),
        "auth": browser.auth.rstrip("="),
        "language": browser.language[:8],
        "at": at,
    }
    row, _ = PushAddress.objects.update_or_create(digest=digest(browser.endpoint), defaults=given)
    return row


def _make_room(topic: str) -> None:
    old = PushWish.objects.filter(topic=topic).order_by("-at", "-pk").values_list("pk", flat=True)
    PushWish.objects.filter(pk__in=list(old[MOST_BROWSERS : MOST_BROWSERS + 50])).delete()


def _sweep() -> None:
    """Forget the addresses nobody wants to be rung at."""
    PushAddress.objects.filter(wishes=None).delete()


def _is_path(link: str) -> bool:
    return link.startswith("/") and not link.startswith("//") and "\\" not in link
