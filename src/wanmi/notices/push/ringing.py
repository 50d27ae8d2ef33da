"""Ringing: what a browser is told, and by which job.

A ring says no more than that there is something, and opens the page that says
what: it stands on locked screens. About a topic (a matter, an alert) it is a
letter like any other. For an inbox it is a job alone, one at a time for each
browser, however much was told meanwhile: the notice itself is in the inbox.
"""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import translation

from wanmi.accounts.queries import User
from wanmi.journal import actions as journal
from wanmi.journal.events import Entry, listen

from ..events import NoticeTold
from ..letters import Channel, Undeliverable, offer_channel, post_letter
from ..models import Letter, Notice, PushAddress, PushWish
from ..queries import unread_count
from ..quiet import quiet_until
from . import keys, reaching, sealing
from .subscribing import topic_of_user

CHANNEL = "push"
JOB = "notices.ring_inbox"
FORGET = "notices.forget_rings"
KEPT_DAYS = 30
TTL_SECONDS = 86_400
_GONE = frozenset({404, 410})
_TRY_AGAIN = frozenset({408, 425, 429})


class Gone(Undeliverable):
    """The browser does not want to be rung any more."""


def ring(
    topic: str,
    title: str,
    words: str,
    *,
    link: str = "",
    by: journal.Actor = None,
    at: datetime | None = None,
) -> list[Letter]:
    """Ring every browser that asked to be rung about a topic; inside the deed around it.

    Title and words are English msgids of the calling room, said in each
    browser's language, and hold no personal data: they are seen on locked
    screens. `link` is a path of ours; a wish may name its own.
    """
    rows = PushWish.objects.filter(topic=topic).select_related("address")
    return [_post(row, title, words, link=link, by=by, at=at) for row in rows]


def _post(
    wish: PushWish, title: str, words: str, *, link: str, by: journal.Actor, at: datetime | None
) -> Letter:
    with translation.override(wish.address.language):
        said = translation.gettext(title), translation.gettext(words)
    return post_letter(
        CHANNEL,
        str(wish.address_id),
        said[1],
        title=said[0],
        link=wish.link or link,
        about=wish.topic,
        language=wish.address.language,
        by=by,
        at=at,
    )


def send(letter: Letter) -> str:
    """Carry a letter to its browser."""
    address = PushAddress.objects.filter(pk=int(letter.address)).first()
    if address is None:
        raise Undeliverable("the browser does not want to be rung any more")
    deliver(address, letter.title, letter.words, letter.link, tag=letter.about)
    return ""


def deliver(address: PushAddress, title: str, words: str, link: str, *, tag: str) -> None:
    """Hand a ring to the push service of a browser.

    Raises Undeliverable where trying again is idle; a browser that is gone is forgotten.
    """
    said = {"title": title, "body": words, "url": link, "tag": tag}
    body = sealing.seal(
        json.dumps(said, ensure_ascii=False).encode(),
        sealing.unb64(address.p256dh),
        sealing.unb64(address.auth),
    )
    headers = {
        "TTL": str(TTL_SECONDS),
        "Urgency": "normal",
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "Authorization": sealing.authorization(keys.key(), address.endpoint, _contact()),
    }
    try:
        status = reaching.post(address.endpoint, body, headers)
    except reaching.Forbidden as refusal:
        address.delete()
        raise Undeliverable(f"forbidden address {refusal}") from refusal
    if status in _GONE:
        address.delete()
        raise Gone(str(status))
    if 400 <= status < 500 and status not in _TRY_AGAIN:
        raise Undeliverable(str(status))
    if not 200 <= status < 300:
        raise OSError(f"the push service answers {status}")


def _contact() -> str:
    """Return whom a push service may write to when our messages trouble it (RFC 8292 §2.1)."""
    given = str(settings.DEFAULT_FROM_EMAIL)
    return f"mailto:{given.rpartition('<')[2].rstrip('>')}"


@listen(NoticeTold, name="notices.ring_inboxes")
def ring_inboxes(entry: Entry) -> None:
    """Have the browsers of those who were told something rung; in quiet hours when they end."""
    people = {topic_of_user(key): key for key in entry.data["users"]}
    wishes = list(PushWish.objects.filter(topic__in=people))
    if not wishes:
        return
    now = datetime.now(UTC)
    quiet = quiet_until([people[wish.topic] for wish in wishes], now)
    for wish in wishes:
        due_at = quiet.get(people[wish.topic], now)
        journal.schedule(JOB, {"wish": wish.pk}, due_at=due_at, key=f"ring:{wish.pk}")


def ring_inbox(payload: dict[str, Any]) -> None:
    """Tell one browser how much its person has not read; a job abroad."""
    wish = PushWish.objects.select_related("address").filter(pk=payload["wish"]).first()
    person = int(wish.topic.partition(":")[2]) if wish else 0
    unread = unread_count(person)
    if wish is None or not unread or not User.objects.filter(pk=person, is_active=True).exists():
        return
    with translation.override(wish.address.language):
        title = translation.gettext("Wanmi")
        words = translation.ngettext(
            "%(n)s notice you have not read", "%(n)s notices you have not read", unread
        )
    try:
        deliver(
            wish.address, title, words % {"n": unread}, wish.link or _newest(person), tag="inbox"
        )
    except Undeliverable:
        # The inbox has it; nobody has to be told that a browser is gone.
        return


def _newest(person: int) -> str:
    """Return where the only unread notice leads, the inbox where there are several."""
    unread = Notice.objects.filter(user_id=person, read_at=None).values_list("link", flat=True)[:2]
    return unread[0] if len(unread) == 1 and unread[0] else "/notices"


def forget_rings(payload: dict[str, Any]) -> None:
    """Drop what alerts sent a month ago, by whatever way: nobody answers for it any more."""
    before = datetime.now(UTC) - timedelta(days=KEPT_DAYS)
    Letter.objects.filter(about__startswith="alert:", created_at__lt=before).delete()


def offer() -> None:
    """Add Web Push to the ways out."""
    offer_channel(Channel(CHANNEL, send, lambda: True))
    journal.offer_job(JOB, ring_inbox, abroad=True)
    journal.offer_job(FORGET, forget_rings, every_seconds=86_400)
