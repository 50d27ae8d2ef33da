"""What pages show of matters, worked out so that templates only choose and repeat."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from wanmi.evidence import queries as evidence
from wanmi.kernel.personal import mask, mask_word
from wanmi.organisation import queries as organisation
from wanmi.shell.pages import spoken
from wanmi.workflow import queries as workflow

from . import queries, words
from .models import Contact, Direction, Message, Sender


@dataclass(frozen=True)
class Utterance:
    """A message as the timeline component shows it."""

    title: str
    at: datetime
    opinion: str
    actor: str = ""
    post: str = ""
    phase: str = ""
    took_s: float | None = None
    late: bool = False
    current: bool = False
    media: Sequence[Any] = ()


@dataclass(frozen=True)
class Person:
    """Who brought a matter, as far as the reader may know it."""

    name: str
    phone: str
    email: str
    chat: str
    is_masked: bool


def purpose(contact: Contact) -> str:
    """Return the purpose in the reader's language."""
    return str(words.PURPOSES[contact.purpose])


def state(contact: Contact) -> str:
    """Return the state in the reader's language."""
    return str(words.STATES[contact.state])


def door_name(code: str) -> str:
    """Return the name of a door; its code where it is no longer open."""
    found = {each.code: each for each in queries.doors()}.get(code)
    return spoken(found.name_zh, found.name_en) if found else code


def person(sender: Sender | None, *, is_masked: bool) -> Person | None:
    """Return who brought a matter, names and addresses masked unless the reader asked."""
    if sender is None:
        return None
    show = _masked if is_masked else str
    name, phone = show(sender.name), show(sender.phone)
    return Person(name, phone, show(sender.email), show(sender.chat), is_masked)


def whole(contact: Contact, scope: organisation.Scope) -> dict[str, Any]:
    """Return everything the page of a matter shows."""
    unmasked = scope.may(organisation.duties.SEE_CONTACTS, contact.area_path)
    sender = contact.said_by
    return {
        "contact": contact,
        "purpose": purpose(contact),
        "state": state(contact),
        "door": door_name(contact.door),
        "words": contact.words if unmasked else mask(contact.words),
        "person": person(sender, is_masked=True),
        "may_see_sender": sender is not None
        and scope.may(organisation.duties.SEE_REPORTER, contact.area_path),
        "pieces": [_piece(each) for each in evidence.of_subject(f"contact:{contact.pk}")],
        "moments": utterances(contact, unmasked=unmasked),
        "opinions": _opinions(contact),
        "rating": words.RATINGS.get(contact.rating, ""),
        "mark": f"{contact.lon},{contact.lat}" if contact.lon is not None else "",
    }


def utterances(contact: Contact, *, unmasked: bool) -> list[Utterance]:
    """Return every word of a matter, newest first."""
    messages = queries.messages_of(contact)
    return [_utterance(message, unmasked=unmasked) for message in reversed(messages)]


def _utterance(message: Message, *, unmasked: bool) -> Utterance:
    said = message.words if unmasked else mask(message.words)
    return Utterance(_title(message), message.at, said, str(message.by) if message.by else "")


def _title(message: Message) -> str:
    if message.direction == Direction.IN:
        return gettext("They added")
    title = gettext("Answer") if message.is_final else gettext("Update")
    if message.letter is None:
        return title
    return f"{title} · {words.LETTERS[message.letter.state]}"


def _opinions(contact: Contact) -> list[workflow.FlowStep]:
    """Return what departments said when they were asked."""
    flow = workflow.flow_of(f"contact:{contact.pk}")
    return [line for line in flow if line.step == "opinion" and line.opinion]


def _piece(piece: evidence.Evidence) -> dict[str, Any]:
    return {
        "url": piece.display_url if piece.is_picture else piece.original_url,
        "thumb": piece.thumbnail_url if piece.is_picture else "",
        "kind": piece.content_type.partition("/")[0] if not piece.is_picture else "image",
        "label": gettext("Handed in"),
        "at": piece.attached_at,
    }


def _masked(word: str) -> str:
    return mask_word(word, "mobile" if word.isdigit() else "") if word else ""
