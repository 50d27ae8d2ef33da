"""Taking a message in: into its thread, or as a new matter; what programs answer, never."""

import logging
import re

from django.conf import settings
from django.utils.translation import gettext, override

from wanmi.intake import actions as intake
from wanmi.intake import queries as contacts
from wanmi.kernel.errors import Refused
from wanmi.notices import actions as notices
from wanmi.notices import queries as letters

from ..bringing import Brought, bring, keep
from .reading import Mail, read, read_heads

log = logging.getLogger(__name__)
DOOR = "email"
_CODE = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z]{10}(?![0-9A-Za-z])")
"""What a tracking code looks like in a subject."""


def take(raw: bytes, *, size_bytes: int | None = None) -> contacts.Contact | None:
    """Take a message in; None of what a program sent, which opens no matter.

    `size_bytes` is what the whole weighs where only its beginning was fetched.
    Raises Blocked.
    """
    size = size_bytes or len(raw)
    mail = read_heads(raw) if size_bytes or size > settings.MAIL_MAX_BYTES else read(raw)
    if mail.is_automatic:
        _settle_failures(mail)
        return None
    with override(settings.LANGUAGE_CODE):
        return bring(_brought(mail, size))


def _settle_failures(mail: Mail) -> None:
    for identity, reason in mail.failed.items():
        letter = letters.letter_called(identity)
        if letter is not None:
            notices.came_back(letter, reason)


def _brought(mail: Mail, size: int) -> Brought:
    known = contacts.taken(DOOR, mail.identity)
    # Files of a message that is here already are not stored again.
    media, refused = ([], []) if known else keep(mail.files)
    return Brought(
        DOOR,
        mail.identity,
        _words(mail, refused, size),
        intake.Sender(mail.name, email=mail.address),
        title=mail.subject,
        media=media,
        thread=_thread(mail),
    )


def _words(mail: Mail, refused: list[tuple[str, Refused]], size: int) -> str:
    """Return the words with a note for all that did not come with them."""
    said = mail.words or mail.subject or gettext("(a message without words)")
    notes = [
        gettext("Not taken: %(name)s. %(reason)s")
        % {"name": name, "reason": refusal.sentence(gettext)}
        for name, refusal in refused[:10]
    ]
    if mail.left:
        note = gettext("Parts of this message (%(size)s MB) were not opened; ask for them.")
        notes.append(note % {"size": f"{size / 1_000_000:.1f}"})
    below = "\n".join(notes)
    return f"{said[: 4900 - len(below)]}\n\n{below}" if notes else said


def _thread(mail: Mail) -> contacts.Contact | None:
    """Return the matter a message goes on about.

    A reference counts only from the address the matter came from, since our
    Message-IDs can be guessed; a tracking code cannot.
    """
    for code in _CODE.findall(mail.subject):
        found = contacts.by_code(code)
        if found is not None:
            return found
    for identity in reversed(mail.references):
        found = _matter_of(identity)
        person = found.said_by if found else None
        if person is not None and person.email == mail.address:
            return found
    return None


def _matter_of(identity: str) -> contacts.Contact | None:
    letter = letters.letter_called(identity)
    if letter is None:
        return contacts.taken(DOOR, identity)
    kind, _, key = letter.about.partition(":")
    rows = contacts.followed().select_related("case", "sender")
    return rows.filter(pk=int(key)).first() if kind == "contact" else None
