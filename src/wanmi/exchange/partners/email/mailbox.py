"""The mailbox (IMAP, RFC 9051): what is unread is taken and marked read, one by one."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from imaplib import IMAP4, IMAP4_SSL
from typing import Any

from django.conf import settings

from wanmi.journal import actions as journal
from wanmi.kernel.errors import Refused

from .taking import take

log = logging.getLogger(__name__)
JOB = "exchange.read_mailbox"
TIMEOUT_SECONDS = 30
MOST_AT_ONCE = 50


def offer_work() -> None:
    """Have the workers look into the mailbox."""
    journal.offer_job(JOB, _poll, every_seconds=settings.IMAP_EVERY_SECONDS, abroad=True)


def _poll(payload: dict[str, Any]) -> None:
    if settings.IMAP_HOST:
        read_mailbox()


def read_mailbox() -> int:
    """Take what is unread; return how many messages were taken.

    A message that breaks is left unread and flagged; it is not tried again
    until somebody takes the flag away, so that it never stops the others.
    """
    with _opened() as box:
        _, found = box.uid("SEARCH", "UNSEEN", "UNFLAGGED")
        taken = 0
        for uid in (found[0] or b"").decode().split()[:MOST_AT_ONCE]:
            taken += _take_one(box, uid)
    return taken


@contextmanager
def _opened() -> Iterator[IMAP4]:
    way = IMAP4_SSL if settings.IMAP_SSL else IMAP4
    box = way(settings.IMAP_HOST, settings.IMAP_PORT, timeout=TIMEOUT_SECONDS)
    try:
        box.login(settings.IMAP_USER, settings.IMAP_PASSWORD)
        box.select(settings.IMAP_FOLDER)
        yield box
    finally:
        with suppress(OSError, IMAP4.error):
            box.logout()


def _take_one(box: IMAP4, uid: str) -> int:
    size = _size(box, uid)
    # A message that is too large shows its head; the whole stays in the mailbox.
    is_large = size > settings.MAIL_MAX_BYTES
    part = "BODY.PEEK[HEADER]" if is_large else "BODY.PEEK[]"
    try:
        raw = _literal(box.uid("FETCH", uid, f"({part})")[1])
        take(raw, size_bytes=size if is_large else None)
    except Refused as refusal:
        log.warning("mail %s was refused: %s", uid, refusal)
    except Exception:
        log.exception("mail %s broke and was flagged", uid)
        box.uid("STORE", uid, "+FLAGS", r"(\Flagged)")
        return 0
    box.uid("STORE", uid, "+FLAGS", r"(\Seen)")
    return 1


def _size(box: IMAP4, uid: str) -> int:
    _, answer = box.uid("FETCH", uid, "(RFC822.SIZE)")
    found = re.search(rb"RFC822\.SIZE (\d+)", answer[0] if answer and answer[0] else b"")
    return int(found[1]) if found else 0


def _literal(answer: list[Any]) -> bytes:
    return next((part[1] for part in answer if isinstance(part, tuple)), b"")
