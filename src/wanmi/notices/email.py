"""E-mail as a way out, through Django's mail settings (WANMI_EMAIL_*)."""

import re
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage

from .letters import Channel, Undeliverable, offer_channel
from .models import Letter

IDENTITY = re.compile(r"<letter\.(\d{1,18})@[^<>\s]*>$")
"""Our own Message-IDs; the number is the letter's key."""
PERMANENT = 500
"""SMTP answers from here on are refusals for good (RFC 5321 §4.2.1)."""


def send(letter: Letter) -> str:
    """Send a letter; return its Message-ID, by which an answer finds its thread.

    The identity is drawn from the letter, so that a letter sent twice after a
    crash is one message to the reader's program.
    """
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    identity = f"<letter.{letter.pk}@{domain}>"
    headers = {"Message-ID": identity, "Content-Language": letter.language}
    # Programs that answer for people on leave keep silent then (RFC 3834).
    headers["Auto-Submitted"] = "auto-generated"
    if letter.reference:
        headers |= {"In-Reply-To": letter.reference, "References": letter.reference}
    if letter.unsubscribe:
        headers |= {
            "List-Unsubscribe": f"<{letter.unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    body = f"{letter.words}\n\n{letter.link}" if letter.link else letter.words
    message = EmailMessage(letter.title, body, to=[letter.address], headers=headers)
    try:
        message.send()
    except SMTPRecipientsRefused as refusal:
        code, answer = next(iter(refusal.recipients.values()))
        if code >= PERMANENT:
            raise Undeliverable(f"{code} {answer.decode(errors='replace')}") from refusal
        raise
    return identity


def is_ready() -> bool:
    """Say whether the city has set up how e-mail leaves."""
    return bool(settings.EMAIL_HOST) or "smtp" not in settings.EMAIL_BACKEND


def offer() -> None:
    """Add e-mail to the ways out."""
    offer_channel(Channel("email", send, is_ready))
