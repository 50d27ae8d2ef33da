"""Bringing: what comes from another system is one matter once, and stays in its thread."""

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from wanmi.evidence import actions as evidence
from wanmi.intake import actions as intake
from wanmi.intake import queries as contacts
from wanmi.journal import actions as journal
from wanmi.kernel.errors import Refused

LONGEST = 4800
"""Characters of a message that are taken; room is left for notes below them."""


MESSAGES = journal.RateLimit("exchange.messages", 30, 3600)
"""Messages one person may bring by text message or chat within an hour."""


@dataclass(frozen=True)
class Brought:
    """A message of another system; `outside_id` is what that system calls it.

    `thread` is the matter it goes on about; without one it is a new matter.
    """

    door: str
    outside_id: str
    words: str
    sender: intake.Sender
    title: str = ""
    place: intake.Place | None = None
    media: Sequence[int] = ()
    thread: contacts.Contact | None = None


def bring(brought: Brought, *, at: datetime | None = None) -> contacts.Contact:
    """Take a message in once, however often it is sent; return the matter that holds it.

    Raises Blocked, Invalid without words.
    """

    def do() -> tuple[int, dict[str, int]]:
        known = contacts.taken(brought.door, brought.outside_id)
        return 200, {"contact": (known or _take(brought, at)).pk}

    # Two deliveries at the same moment: the second waits for the first.
    digest = hashlib.sha256(brought.outside_id.encode(errors="replace")).hexdigest()
    key = f"{brought.door}:{digest}"
    _, answer = journal.answer_once(key, {}, by=f"partner:{brought.door}", do=do)
    return contacts.followed().select_related("case", "sender").get(pk=answer["contact"])


def admit(brought: Brought) -> None:
    """Count a message of a person; one that came before is not counted again. Raises TooOften.

    Call it outside a deed: a refusal there would undo the count.
    """
    if contacts.taken(brought.door, brought.outside_id) is None:
        MESSAGES.take(f"{brought.door}:{brought.sender.phone or brought.sender.chat}")


def _take(brought: Brought, at: datetime | None) -> contacts.Contact:
    if brought.thread is not None:
        return intake.note_message(
            brought.thread,
            brought.words,
            media=brought.media,
            outside_id=brought.outside_id,
            at=at,
        )
    return intake.receive(
        brought.door,
        brought.words,
        title=brought.title,
        sender=brought.sender,
        place=brought.place,
        media=brought.media,
        outside_id=brought.outside_id,
        at=at,
    )


def plain(text: str, *, longest: int = LONGEST) -> str:
    """Return text without characters that cannot be kept, cut to a length."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return kept.strip()[:longest]


def keep(files: Sequence[tuple[str, bytes]]) -> tuple[list[int], list[tuple[str, Refused]]]:
    """Store files as media; return their keys, and those refused with the refusal.

    What a file is is told from its bytes. Call it outside a transaction.
    """
    kept, refused = [], []
    for name, content in files:
        try:
            kept.append(evidence.store(BytesIO(content), by=None, name=name).pk)
        except Refused as refusal:
            refused.append((plain(name, longest=80), refusal))
    return kept, refused
